"""Whose words a text is, the blogs of the offices, earlier mandate periods, and what to read beside it."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import Mandate
from news import writing
from news.blogging import BlogExists, open_blog
from news.curating import plant_topic
from news.models import Article, beside
from news.surrounding import AuthorNotInService, surround
from tests.cast import assign, make_person

pytestmark = pytest.mark.django_db


def page_of(client, article):
    return client.get(article.get_absolute_url()).content.decode()


@pytest.fixture
def blog(cast):
    return open_blog(name="Socialchefens blogg", unit=cast.units.social, office="Socialchef", by=cast.ada)


def test_whoever_comes_next_continues_the_blog_and_older_posts_keep_their_author(
    cast, blog, client_as, published
):
    fields = {"kind": Article.Kind.BLOG, "unit": cast.units.social, "blog": blog, "author": cast.olof}
    older = published("Vi börjar", **fields)
    text = page_of(client_as(cast.per), older)
    assert "Av Olof Ek" in text and "Olof Ek, socialchef" in text and "då socialchef" not in text
    assert client_as(cast.olof).get(reverse("news:new")).status_code == 200

    yesterday = timezone.localdate() - timedelta(days=1)
    post = cast.olof.assignments.get()
    post.starts_on, post.ends_on = yesterday - timedelta(days=900), yesterday
    post.save()
    older.versions.update(published_at=timezone.now() - timedelta(days=30))
    nora = make_person("nora", "Nora", "Nilsson")
    assign(nora, cast.units.social, "Socialchef", is_manager=True)

    text = page_of(client_as(cast.per), older)
    assert "Av Olof Ek, då socialchef" in text
    assert "skrivs i dag av Nora Nilsson" in text
    form = {
        "title": "Vi fortsätter",
        "kind": "blog",
        "blog": blog.pk,
        "unit": cast.units.social.pk,
        "audience": cast.audiences.everyone.pk,
        "form_key": "1" * 32,
    }
    assert client_as(nora).post(reverse("news:new"), form).status_code == 302
    newer = Article.objects.get(versions__title="Vi fortsätter")
    assert (newer.author, newer.blog, newer.owner) == (nora, blog, nora)
    page = client_as(cast.per).get(blog.get_absolute_url()).content.decode()
    assert "Nora Nilsson" in page and "Vi börjar" in page and "Vi fortsätter" not in page
    assert client_as(cast.olof).get(reverse("news:new")).status_code == 403


def test_who_holds_an_office_writes_in_its_blog_alone(cast, blog, client_as):
    form = {
        "title": "En nyhet",
        "kind": "news",
        "blog": blog.pk,
        "unit": cast.units.social.pk,
        "audience": cast.audiences.everyone.pk,
        "form_key": "2" * 32,
    }
    for changes in ({}, {"kind": "blog", "unit": cast.units.schools.pk}, {"kind": "blog", "blog": ""}):
        assert client_as(cast.olof).post(reverse("news:new"), form | changes).status_code == 200
    assert client_as(cast.maja).post(reverse("news:new"), form | {"kind": "blog"}).status_code == 403
    assert not Article.objects.exists()


def test_a_communicator_writes_it_down_for_the_office(cast, blog, client_as):
    form = {
        "title": "Nedskrivet",
        "kind": "blog",
        "blog": blog.pk,
        "unit": cast.units.social.pk,
        "audience": cast.audiences.everyone.pk,
        "form_key": "3" * 32,
    }
    client_as(cast.karin).post(reverse("news:new"), form)
    article = Article.objects.get()
    assert (article.author, article.owner) == (cast.olof, cast.karin)


def test_administrators_open_blogs(cast, blog, client_as):
    form = {"name": "Rektorns", "unit": cast.units.schools.pk, "office": "Rektor", "form_key": "4" * 32}
    assert client_as(cast.karin).post(reverse("news:new_blog"), form).status_code == 403
    assert client_as(cast.ada).post(reverse("news:new_blog"), form).url == "/bloggar/rektorns/"
    with pytest.raises(BlogExists):
        open_blog(name="Rektorns", unit=cast.units.schools, office="Rektor", by=cast.ada)


def test_a_text_says_whose_words_it_is_or_on_whose_behalf(cast, client_as, published):
    article, client = published(), client_as(cast.per)
    assert "För Kommunledningskontoret" in page_of(client, article)
    surround(article, by=cast.karin, author=cast.ulla)
    assert "Av Ulla Öberg, rektor" in page_of(client, article)
    with pytest.raises(AuthorNotInService):
        surround(article, by=cast.karin, author=cast.former)


@pytest.mark.parametrize(
    ("day", "name", "last"),
    [
        (date(2026, 10, 14), "2022–2026", date(2026, 10, 14)),
        (date(2026, 10, 15), "2026–2030", date(2030, 10, 14)),
        (date(2025, 1, 1), "2022–2026", date(2026, 10, 14)),
    ],
)
def test_a_mandate_begins_on_15_october_of_an_election_year(day, name, last):
    assert (str(Mandate.on(day)), Mandate.on(day).last) == (name, last)


def test_a_text_of_an_earlier_mandate_period_says_so(cast, client_as, published):
    for name, day in (("gammal", 14), ("ny", 15)):
        article, at = published(name), timezone.make_aware(datetime(2026, 10, day, 12))
        article.versions.update(live_from=at, published_at=at, updated_at=at)
    with time_machine.travel(datetime(2026, 11, 20, 12), tick=False):
        client = client_as(cast.per)
        old, new = (page_of(client, Article.objects.get(slug=slug)) for slug in ("gammal", "ny"))
        listed = client.get(reverse("news:list")).content.decode()
    assert "en tidigare mandatperiod, 2022–2026" in old
    assert "mandatperiod" not in new
    assert listed.count("mandatperioden 2022–2026") == 1


def test_what_to_read_beside_is_pointed_to_or_shares_a_topic(cast, client_as, published, start):
    topic = plant_topic(name="Skola", by=cast.ada)
    article, pointed, alike = published("Huvudtext"), published("Utpekad"), published("Samma ämne")
    secret = published("Internt", restricted=True, audience=cast.audiences.social)
    published("Något annat")
    surround(article, by=cast.karin, topics=[topic], related=[pointed, secret])
    for other in (alike, secret):
        surround(other, by=cast.karin, topics=[topic])
    titles = [mark.title for mark in beside(article.slug, user=cast.per)]
    assert titles == ["Utpekad", "Samma ämne"]
    assert "Internt" in [mark.title for mark in beside(article.slug, user=cast.maja)]
    text = page_of(client_as(cast.per), article)
    assert text.index('id="beside-title"') < text.index("Utpekad") < text.index("Samma ämne")


def test_an_address_that_leads_nowhere_is_said_beside_its_field(cast, client_as, published):
    article, other = published("Huvudtext"), published("Utpekad")
    address = reverse("news:around", args=[article.pk])
    client = client_as(cast.karin)
    wrong = client.post(address, {"talk": "none", "related": "https://samspel.example/nyheter/finns-inte/"})
    assert wrong.status_code == 409 and "leder inte till någon artikel" in wrong.content.decode()
    client.post(address, {"talk": "none", "related": f"https://samspel.example{other.get_absolute_url()}"})
    assert list(article.related.all()) == [other]


def test_what_to_read_beside_is_named_by_number_too_and_shown_by_its_title(cast, client_as, published, start):
    article, out, draft = published("Huvudtext"), published("Utpekad"), start("Ännu ett utkast")
    writing.open_draft(out, by=cast.karin)
    out.versions.filter(number=2).update(title="Ny rubrik som ingen sett")
    address, client = reverse("news:around", args=[article.pk]), client_as(cast.karin)
    by_number = [f"/lank/artikel/{one.pk}/" for one in (out, draft)]
    assert client.post(address, {"talk": "none", "related": "\n".join(by_number)}).status_code == 302
    assert set(article.related.all()) == {out, draft}
    page = client.get(address).text
    assert "Utpekad" in page and "Ännu ett utkast" in page and "ingen sett" not in page
    secret = start("Hemligt", by=cast.ada, embargoed=True)
    for bad in (f"/lank/artikel/{secret.pk}/", f"/lank/artikel/{'9' * 30}/", "http://[", "a\0b", "/", "1"):
        answer = client.post(address, {"talk": "none", "related": bad})
        assert answer.status_code == 409 and "Hemligt" not in answer.text, bad
    assert set(article.related.all()) == {out, draft}


def test_the_pages_of_blogs_cost_as_much_with_one_row_as_with_thirty(
    cast, blog, client_as, published, django_assert_max_num_queries
):
    for rows in (range(1), range(1, 30)):
        for number in rows:
            published(f"Inlägg {number}", kind="blog", unit=cast.units.social, blog=blog, author=cast.olof)
        for reader in (cast.per, cast.olof, cast.karin):
            client = client_as(reader)
            for address in (reverse("news:blog"), blog.get_absolute_url()):
                with django_assert_max_num_queries(10):
                    assert client.get(address).content.decode().count("news-row-text") == min(rows.stop, 20)
