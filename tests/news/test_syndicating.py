"""Atom feeds at addresses of one's own: valid, and only what their holder may read."""

from datetime import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from lxml import etree

from accounts.keying import change_key, key_of, take_key_back
from accounts.models import PersonalKey
from news import writing
from news.curating import plant_topic
from news.models import Article, Version
from news.surrounding import surround
from tests.news.conftest import hours

pytestmark = pytest.mark.django_db

FEED = PersonalKey.Purpose.FEED
ATOM = "{http://www.w3.org/2005/Atom}"


def address(person, kind="nyheter"):
    return reverse("news:feed", args=[key_of(person, FEED).token, kind])


def read(path):
    return etree.fromstring(Client().get(path).content)


def titles(path):
    return [entry.findtext(f"{ATOM}title") for entry in read(path).iter(f"{ATOM}entry")]


def assert_valid(feed):
    """What RFC 4287 asks of a feed (section 4.1.1) and of each entry (4.1.2)."""
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    for holder in [feed, *entries]:
        for name in ("id", "title", "updated"):
            assert len(holder.findall(f"{ATOM}{name}")) == 1, name
            assert holder.findtext(f"{ATOM}{name}").strip()
        assert datetime.fromisoformat(holder.findtext(f"{ATOM}updated")).tzinfo
        assert holder.findtext(f"{ATOM}id").startswith("http")
        assert [link for link in holder.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        assert len(holder.findall(f"{ATOM}summary")) <= 1
    for entry in entries:
        assert entry.findtext(f"{ATOM}author/{ATOM}name")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids))


def test_each_kind_and_topic_has_a_feed_newest_first(cast, published):
    first = published("Första nyheten", lead="Mer <b>&</b> mer")
    published("Andra nyheten")
    published("Ett inlägg", kind=Article.Kind.BLOG)
    published("En sida", kind=Article.Kind.PAGE)
    Version.objects.filter(article=published("Chefsforum")).update(updated_at=hours(-3))
    Article.objects.filter(slug="chefsforum").update(kind=Article.Kind.SUMMARY)
    topic = plant_topic(name="Trygghet", by=cast.ada)
    surround(first, topics=[topic], by=cast.karin)
    Version.objects.filter(article=first).update(updated_at=hours(-2))
    about = reverse("news:topic_feed", args=[key_of(cast.per, FEED).token, topic.slug])
    assert titles(address(cast.per)) == ["Andra nyheten", "Första nyheten", "Chefsforum"]
    assert titles(address(cast.per, "sammanfattningar")) == ["Chefsforum"]
    assert titles(address(cast.per, "blogg")) == ["Ett inlägg"]
    assert titles(address(cast.per, "sidor")) == ["En sida"]
    assert titles(about) == ["Första nyheten"]
    for path in (address(cast.per), address(cast.per, "blogg"), address(cast.per, "sammanfattningar"), about):
        feed = read(path)
        assert_valid(feed)
        (own,) = (link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self")
        assert own.get("href").endswith(path)
    assert read(about).findtext(f"{ATOM}entry/{ATOM}summary") == "Mer &lt;b&gt;&amp;&lt;/b&gt; mer"


def test_what_is_restricted_is_in_its_audiences_feeds_and_leaves_with_them(cast, published, start):
    published("Social hemlighet", audience=cast.audiences.social, restricted=True)
    start("Ett utkast")
    assert titles(address(cast.maja)) == ["Social hemlighet"]
    assert titles(address(cast.per)) == []
    assert_valid(read(address(cast.per)))
    cast.maja.assignments.update(unit=cast.units.office)
    assert titles(address(cast.maja)) == []


def test_a_small_correction_leaves_the_time_of_the_entry(cast, published, publish):
    with time_machine.travel(hours(-5)):
        article = published("Nyhet")
    before = read(address(cast.per)).findtext(f"{ATOM}entry/{ATOM}updated")
    draft = writing.open_draft(article, by=cast.karin)
    words = {"title": "Nyheten", "lead": draft.lead, "body": draft.body, "is_minor": True}
    writing.save_draft(draft, revision=draft.revision, by=cast.karin, **words)
    publish(article)
    entry = read(address(cast.per)).find(f"{ATOM}entry")
    assert (entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}updated")) == ("Nyheten", before)


def test_a_feed_that_has_not_changed_is_not_sent_again(cast, published):
    path = address(cast.per)
    empty = Client().get(path)
    assert Client().get(path, headers={"If-None-Match": empty.headers["ETag"]}).status_code == 304
    published("Nyhet")
    full = Client().get(path, headers={"If-None-Match": empty.headers["ETag"]})
    assert full.status_code == 200
    assert full.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert full.headers["Cache-Control"] == "private, no-cache"


def test_an_address_changed_or_taken_back_opens_nothing(cast):
    old = address(cast.per)
    change_key(cast.per, FEED)
    new = address(cast.per)
    assert [Client().get(path).status_code for path in (old, new)] == [404, 200]
    take_key_back(cast.per, FEED)
    assert Client().get(new).status_code == 404
    calendar = key_of(cast.per, PersonalKey.Purpose.CALENDAR).token
    assert Client().get(reverse("news:feed", args=[calendar, "nyheter"])).status_code == 404
    assert Client().get(address(cast.per, "annat")).status_code == 404


def test_a_text_with_a_letter_that_xml_cannot_hold(cast, published):
    published("Radbrytning\x0bi rubriken")
    assert titles(address(cast.per)) == ["Radbrytningi rubriken"]


def test_it_costs_the_same_with_1_and_30(cast, published, django_assert_num_queries):
    path = address(cast.per)
    published("Nyhet 0")
    with django_assert_num_queries(3):
        assert len(titles(path)) == 1
    for number in range(29):
        published(f"Nyhet {number + 1}")
    with django_assert_num_queries(3):
        assert len(titles(path)) == 30


def test_the_page_of_addresses_makes_changes_and_ends_them(cast, client_as):
    client = client_as(cast.per)
    plant_topic(name="Trygghet", by=cast.ada)
    assert ".atom" not in client.get("/min-sida/floden/").content.decode()
    client.post("/min-sida/floden/", {"do": "make"})
    page = client.get("/min-sida/floden/").content.decode()
    assert address(cast.per) in page
    assert "/amne/trygghet.atom" in page
    number = str(cast.per.keys.get(purpose=FEED).number)
    client.post("/min-sida/floden/", {"do": "change", "number": number})
    client.post("/min-sida/floden/", {"do": "turn_off", "number": number})
    assert cast.per.keys.filter(purpose=FEED).exists(), "what was said of the old address"
    client.post(
        "/min-sida/floden/", {"do": "turn_off", "number": str(cast.per.keys.get(purpose=FEED).number)}
    )
    assert not cast.per.keys.exists()
