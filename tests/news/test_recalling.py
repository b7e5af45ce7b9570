"""A record shows what stood around the text at its moment, not what stands there today."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import LogEntry
from accounts.recording import record
from accounts.targeting import define_audience
from news import documenting, targeting, writing
from news.blogging import change_blog, open_blog
from news.confirming import ask_for_confirmation, stop_asking
from news.curating import change_topic, plant_topic
from news.models import Article
from news.recalling import recall
from news.surrounding import surround
from tests.cast import assign, make_person

from .conftest import hours
from .making import pdf


def at(hour):
    return time_machine.travel(hours(hour), tick=False)


def vid(article, hour):
    return f"{article.get_absolute_url()}?vid={timezone.localtime(hours(hour)).strftime('%Y-%m-%dT%H:%M:%S')}"


def main_of(page):
    """The page without the words of its own frame, where the reader's name stands."""
    return page.text.partition("<main")[2].partition("</main>")[0]


def test_author_topics_and_audience_are_those_of_then(cast, client_as, published):
    article = published(author=cast.olof)
    old, new = plant_topic(name="Skola", by=cast.ada), plant_topic(name="Vård", by=cast.ada)
    surround(article, by=cast.karin, topics=[old])
    with at(2):
        surround(article, by=cast.karin, topics=[new], author=cast.ulla)
        targeting.retarget(
            article,
            by=cast.gunnar,
            audience=cast.audiences.social,
            restricted=True,
            embargoed=False,
            owner=cast.maja,
        )
    with at(4):
        client = client_as(cast.karin)
        then, now = (main_of(client.get(vid(article, hour))) for hour in (-3, -1))
    for word in ("Av Olof Ek", ">Skola<", "Karin Berg</a> ansvarar", "Riktad till Alla"):
        assert word in then and word not in now, word
    for word in ("Av Ulla Öberg", ">Vård<", "Maja Lind</a> ansvarar", "Bara för Socialförvaltningen"):
        assert word in now and word not in then, word
    assert "vet inte" not in then


def test_the_file_of_a_document_is_the_one_of_then(cast, client_as, start, publish):
    article = start()
    document = documenting.add_document(pdf("plan.pdf", b"Gammal"), by=cast.karin)
    draft, link = article.newest_version, f'<a href="{document.get_absolute_url()}">Planen</a>'
    words = {"title": draft.title, "lead": "", "body": f"<p>{link}</p>"}
    writing.save_draft(draft, revision=draft.revision, by=cast.karin, **words)
    publish(article)
    with at(2):
        documenting.replace_file(document, pdf("plan2.pdf", b"Ny"), by=cast.karin)
    with at(4):
        client, page = client_as(cast.karin), vid(article, -3)
        asked = page.partition("?")[2]
        shown = client.get(page).text
        address = f"{document.get_absolute_url()}?{asked}"
        assert (
            shown.count(f"{document.get_absolute_url()}?vid=") == 2
        )  # in the text, and in the list below it
        assert b"Gammal" in b"".join(client.get(address))
        assert b"Ny" in b"".join(client.get(document.get_absolute_url()))
        assert client.get(f"{document.get_absolute_url()}?vid=nyss").status_code == 404
        # A reader of the text may have the newest file, and knows nothing of the older ones.
        reader = client_as(cast.per)
        assert reader.get(document.get_absolute_url()).status_code == 200
        assert reader.get(address).status_code == 404


def test_who_held_the_office_then_is_told(cast, client_as, published):
    blog = open_blog(name="Socialchefens blogg", unit=cast.units.social, office="Socialchef", by=cast.ada)
    article = published(kind=Article.Kind.BLOG, unit=cast.units.social, blog=blog, author=cast.olof)
    post = cast.olof.assignments.get()
    post.ends_on = timezone.localdate() + timedelta(days=1)
    post.save()
    nora = make_person("nora", "Nora", "Nilsson")
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        assign(nora, cast.units.social, "Socialchef", is_manager=True)
        then, now = (client_as(cast.karin).get(vid(article, hour)).text for hour in (-71, 0))
    assert "Nora Nilsson" not in then
    assert "skrivs i dag av Nora Nilsson" in now


def rename(client, thing, **fields):
    """As an administrator does it in the back office, where it is logged."""
    address = reverse(f"admin:accounts_{thing._meta.model_name}_change", args=[thing.pk])
    form = client.get(address).context["adminform"].form
    sent = {name: value for name, value in form.initial.items() if value is not None} | fields
    rows = {"assignments-TOTAL_FORMS": 0, "assignments-INITIAL_FORMS": 0}
    assert client.post(address, sent | rows).status_code == 302


def test_people_units_and_topics_stand_under_their_names_of_then(cast, client_as, published):
    office, blog = client_as(cast.ada), {"kind": Article.Kind.BLOG, "unit": cast.units.social}
    topic = plant_topic(name="Skola", by=cast.ada)
    record("unit.added", about=cast.units.social, by=cast.ada)
    record("person.enrolled", about=cast.ulla, by=cast.ada)
    blog["blog"] = open_blog(name="Chefens blogg", unit=cast.units.social, office="Rektor", by=cast.ada)
    article = published(author=cast.ulla, **blog)
    surround(article, by=cast.karin, topics=[topic])
    with at(2):
        rename(office, cast.units.social, name="Omsorgsförvaltningen")
        rename(office, cast.ulla, family_name="Öberg Strand")
        rest = {"unit": cast.units.social, "office": "Rektor", "about": ""}
        change_blog(blog["blog"], name="Chefen skriver", by=cast.ada, **rest)
        rest = {"kind": topic.kind, "parent": None, "about": "", "position": 0, "retired": False}
        change_topic(topic, name="Lärande", by=cast.ada, **rest)
    with at(4):
        rename(office, cast.ulla, family_name="Strand")
    with at(6):
        client = client_as(cast.karin)
        first, second, now = (main_of(client.get(vid(article, hour))) for hour in (-5, -3, -1))
    for word in ("Av Ulla Öberg,", "Socialförvaltningen", "Chefens blogg", ">Skola<"):
        assert word in first and word not in second and word not in now, word
    for word in ("Omsorgsförvaltningen", "Chefen skriver", ">Lärande<"):
        assert word in second and word in now and word not in first, word
    assert "Av Ulla Öberg Strand," in second and "Av Ulla Strand," in now
    assert all("hette något annat då" not in page for page in (first, second, now))


def test_what_was_renamed_before_the_log_knew_its_name_is_said(cast, client_as, published):
    article = published(author=cast.ulla)
    with at(2):
        rename(client_as(cast.ada), cast.ulla, given_name="Ulrika")
    with at(4):
        client = client_as(cast.karin)
        then, now = (main_of(client.get(vid(article, hour))) for hour in (-3, -1))
    assert "hette något annat då" in then and "Ulrika Öberg" in then
    assert "hette något annat då" not in now


def test_what_the_log_cannot_tell_is_named(cast, client_as, published):
    article = published(author=cast.olof)
    with at(1):
        surround(article, by=cast.karin, author=cast.ulla)
    with at(2):  # as the log was written before it held what a change takes away
        record("article.surrounded", about=article, by=cast.karin, fields=["topics", "author"])
    with at(3):
        surround(article, by=cast.karin, author=None)
    with at(5):
        told = {hour: recall(article, hours(hour)).unsure for hour in (-4.5, -3.5, -2.5)}
        page = main_of(client_as(cast.karin).get(vid(article, -3.5)))
    assert list(told.values()) == [("topics",), ("author", "topics"), ()]
    assert "Av Ulla Öberg" in page and "Loggen säger inte" in page and "författare, ämnen" in page


def test_everything_around_a_text_is_recalled(cast, published):
    article, other = published("En text"), published("En annan")
    gone = define_audience("Försöksgruppen", rules=[("managers", cast.units.social)], by=cast.ada)
    meant = {"restricted": True, "embargoed": False, "owner": cast.karin}
    with at(1):
        targeting.retarget(article, by=cast.gunnar, audience=gone, **meant)
        surround(article, by=cast.karin, talk=Article.Talk.OPEN, related=[other])
        ask_for_confirmation(article, by=cast.karin)
    with at(3):
        targeting.retarget(article, by=cast.gunnar, audience=cast.audiences.social, **meant)
        surround(article, by=cast.karin, talk=Article.Talk.CLOSED, related=[])
        stop_asking(article, by=cast.karin)
        gone.delete()
    article.refresh_from_db()
    found = [recall(article, hours(hour)) for hour in (0.5, 2, 4)]
    assert [one.article.audience.name for one in found] == ["Alla", "Försöksgruppen", "Socialförvaltningen"]
    assert [one.article.restricted for one in found] == [False, True, True]
    assert [one.article.talk for one in found] == ["none", "open", "closed"]
    assert [one.article.must_read for one in found] == [False, True, False]
    assert [one.related for one in found] == [[], [other], []]


def test_the_log_keeps_keys_and_no_names(cast, published):
    article = published()
    surround(article, by=cast.karin, author=cast.ulla)
    details = LogEntry.objects.about(article).get(event="article.surrounded").details
    assert details == {
        "fields": ["author"],
        "before": {"author": None},
        "after": {"author": cast.ulla.pk},
    }


@pytest.mark.parametrize("rows", [1, 30])
def test_a_record_stays_within_its_queries(cast, client_as, published, django_assert_max_num_queries, rows):
    article, client = published(), client_as(cast.karin)
    topics = [plant_topic(name=f"Ämne {number}", by=cast.ada) for number in range(2)]
    for number in range(rows):
        surround(article, by=cast.karin, topics=[topics[number % 2]])
    address = reverse("news:article", args=[article.slug])
    with django_assert_max_num_queries(20):
        assert client.get(address, {"vid": hours(1).isoformat()}).status_code == 200
