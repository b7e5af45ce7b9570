"""What readers open, what they find, and what does not exist for them."""

import re
from datetime import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from news import publishing, writing
from news.models import Article
from tests.quieting import quietly

from .conftest import hours

LONG = "".join(f"<h2>Rubrik {n}</h2><p>Text {n}.</p>" for n in range(4))


def test_an_article_shows_what_a_reader_needs(cast, client_as, published):
    article = published(title="Så blev enkäten", lead="Fler trivs.", body=LONG)
    page = client_as(cast.per).get(article.get_absolute_url())
    text = page.content.decode()
    assert page.status_code == 200
    for words in ("Så blev enkäten", "Fler trivs.", "Text 3.", "Kommunledningskontoret", "Karin Berg"):
        assert words in text
    assert 'href="#h-rubrik-2"' in text
    assert 'id="h-rubrik-2"' in text
    assert "Senast uppdaterad" not in text


def test_a_text_says_when_it_was_published_and_when_last_updated(cast, client_as, start, publish):
    """By the municipality's clock: an hour past midnight there is the day before by the world's."""

    def dates():
        page = client_as(cast.per).get(article.get_absolute_url()).text
        return re.findall(r"<li>(\S[^<]*) <time[^>]*>([^<]*)</time></li>", page)

    def change(body, *, day, **fields):
        draft = writing.open_draft(article, by=cast.karin)
        said = {"title": draft.title, "lead": draft.lead, "body": body} | fields
        writing.save_draft(draft, revision=draft.revision, by=cast.karin, **said)
        publish(article, live_from=timezone.make_aware(datetime(2026, 4, day, 0, 30)))

    article = start()
    publish(article, live_from=timezone.make_aware(datetime(2026, 3, 10, 0, 30)))
    assert dates() == [("Publicerad", "10 mars 2026")]
    change("<p>Arbetet börjar i november.</p>", day=2)
    both = [("Publicerad", "10 mars 2026"), ("Senast uppdaterad", "2 april 2026")]
    assert dates() == both
    change("<p>Arbetet börjar i november!</p>", day=8, is_minor=True)
    assert "november!" in client_as(cast.per).get(article.get_absolute_url()).text and dates() == both


def test_a_reader_of_english_hears_the_text_in_swedish(cast, client_as, published):
    """WCAG 2.2, 3.1.2: the texts are in the municipality's language, whatever the page around them is in."""
    article = published(lead="Fler trivs.", body="<p>Ord.</p>")
    cast.per.language = "en"
    cast.per.save()
    for address, parts in (
        (article.get_absolute_url(), ("h1", "p", "div")),
        (reverse("news:list"), ("h2", "p")),
    ):
        page = client_as(cast.per).get(address).text
        assert '<html lang="en"' in page
        for part in parts:
            assert re.search(rf'<{part}[^>]* lang="sv"', page), (address, part)


def test_a_short_text_has_no_table_of_contents(cast, client_as, published):
    text = client_as(cast.per).get(published().get_absolute_url()).content.decode()
    assert 'class="contents"' not in text


def test_each_kind_has_its_own_address_only(cast, client_as, published):
    slugs = {kind: published(title=f"En {kind}", kind=kind).slug for kind in Article.Kind}
    client = client_as(cast.per)
    homes = {"news": ["news", "summary"], "blog": ["blog"], "page": ["page"]}
    names = {"news": "news:article", "blog": "news:blog_post", "page": "news:page"}
    for home, at_home in homes.items():
        for kind, slug in slugs.items():
            expected = 200 if kind in at_home else 404
            assert client.get(reverse(names[home], args=[slug])).status_code == expected, (home, kind)


def test_the_lists_hold_their_kinds(cast, client_as, published):
    for kind in Article.Kind:
        published(title=f"Titel {kind}", kind=kind)
    client = client_as(cast.per)
    news, blog = (client.get(reverse(name)).content.decode() for name in ("news:list", "news:blog"))
    assert "Titel news" in news and "Titel summary" in news
    assert "Titel blog" not in news and "Titel page" not in news
    assert "Titel blog" in blog and "Titel news" not in blog


@pytest.mark.parametrize("state", ["draft", "scheduled", "ended", "withdrawn", "trashed"])
def test_what_is_not_live_does_not_exist(cast, client_as, start, publish, state):
    article = start(title="Något kommande")
    if state == "scheduled":
        publish(article, live_from=hours(1))
    elif state == "ended":
        publish(article, live_from=hours(-2), live_until=hours(-1))
    elif state in ("withdrawn", "trashed"):
        publish(article)
        {"withdrawn": publishing.withdraw, "trashed": publishing.trash}[state](article, by=cast.karin)
    for person in (cast.per, cast.karin):
        client = client_as(person)
        assert client.get(article.get_absolute_url()).status_code == 404
        assert "Något kommande" not in client.get(reverse("news:list")).content.decode()


def test_a_restricted_article_does_not_exist_for_others(cast, client_as, published):
    article = published(title="Internt", restricted=True, audience=cast.audiences.social)
    inside, outside = client_as(cast.maja), client_as(cast.per)
    assert inside.get(article.get_absolute_url()).status_code == 200
    for client in (outside, client_as(cast.karin)):
        assert client.get(article.get_absolute_url()).status_code == 404
        assert "Internt" not in client.get(reverse("news:list")).content.decode()


def test_a_stranger_is_asked_to_sign_in(client, published):
    answer = client.get(published().get_absolute_url())
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_no_word_of_the_next_version_gets_out(cast, client_as, published):
    article = published(title="Som den var")
    draft = writing.open_draft(article, by=cast.karin)
    writing.save_draft(
        draft,
        revision=draft.revision,
        by=cast.karin,
        title="Hemlig rubrik",
        lead="Hemlig ingress",
        body="<p>Hemligt</p>",
    )
    client = client_as(cast.per)
    for address in (article.get_absolute_url(), reverse("news:list")):
        assert "Heml" not in client.get(address).content.decode()


def test_an_article_costs_at_most_six_queries(cast, client_as, published, django_assert_max_num_queries):
    article = published(body=LONG)
    for person in (cast.per, cast.karin):
        client = client_as(person)
        client.get(article.get_absolute_url())
        with django_assert_max_num_queries(6):
            client.get(article.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 30])
def test_a_list_costs_at_most_ten_queries(cast, client_as, published, django_assert_max_num_queries, rows):
    with quietly():
        for number in range(rows):
            published(title=f"Nummer {number}")
    client = client_as(cast.per)
    with django_assert_max_num_queries(10):
        page = client.get(reverse("news:list"))
    assert page.content.decode().count("news-row-text") == min(rows, 20)


def test_the_list_goes_on_over_pages(cast, client_as, published):
    with quietly():
        for number in range(21):
            published(title=f"Nummer {number}.")
    second = client_as(cast.per).get(reverse("news:list"), {"page": 2}).content.decode()
    assert second.count("news-row-text") == 1
    assert "Nummer 0." in second


def test_the_first_text_of_all_shows_at_once(cast, client_as, published):
    client = client_as(cast.per)
    assert "news-row-text" not in client.get(reverse("news:blog")).content.decode()
    published(kind="blog")
    assert "news-row-text" in client.get(reverse("news:blog")).content.decode()
