"""Searching: Swedish words, what one may read, and the clock."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Side
from forums.models import Forum, ProgrammeItem
from news.models import Article, Version
from portal.models import SearchEntry
from tests.cast import assign, make_person
from tests.portal.making import add_version, plan, publish

pytestmark = pytest.mark.django_db


def titles(person, question):
    found = SearchEntry.objects.matching(question).visible_to(person)
    return [entry.title for entry in found.best_first()]


@pytest.mark.parametrize(
    ("written", "sought"),
    [
        ("tilliten", "tillit"),
        ("tillit", "tilliten"),
        ("chefer", "chef"),
        ("chef", "chefernas"),
        ("dialogen", "DIALOG"),
        ("Ängarna", "äng"),
        ("förtroendevalda", "förtroendevald"),
    ],
)
def test_inflected_words_find_each_other(cast, written, sought):
    publish(cast, "Höstens möten", body=f"<p>Vi talade om {written} hela dagen.</p>")
    assert "Höstens möten" in titles(cast.per, sought)


@pytest.mark.parametrize(
    ("written", "other"), [("får", "far"), ("sår", "sar"), ("mäta", "mata"), ("höra", "hora")]
)
def test_rings_and_dots_are_not_dropped(cast, written, other):
    publish(cast, "Rubrik", body=f"<p>Ordet är {written}.</p>")
    assert titles(cast.per, other) == []
    assert titles(cast.per, written) == ["Rubrik"]


def test_a_ring_typed_as_a_letter_of_its_own_is_the_same_letter(cast):
    publish(cast, "Ångström mäter", body="<p>Ljus.</p>")
    assert titles(cast.per, "a\u030angström".title()) == ["Ångström mäter"]


def test_a_word_with_a_soft_hyphen_in_it_is_one_word(cast, client_as):
    publish(cast, "Kommun\u00adfullmäktige samlas", body="<p>Om över\u00adförmyndar\u00adverksamheten.</p>")
    assert titles(cast.per, "kommunfullmäktige") == ["Kommunfullmäktige samlas"]
    for question in ("överförmyndarverksamhet", "kommun\u00adfullmäktige"):
        page = client_as(cast.per).get("/sok/", {"q": question}).text
        assert "<mark>" in page


def test_every_word_must_be_there_and_small_words_do_not_count(cast):
    publish(cast, "Tillit", body="<p>och dialog</p>")
    publish(cast, "Respekt", body="<p>utan dialog</p>")
    assert titles(cast.per, "dialog och tillit") == ["Tillit"]
    assert titles(cast.per, "och") in (["Tillit"], [])


def test_a_word_in_the_title_weighs_more(cast):
    publish(cast, "Vägarna i vinter", body="<p>Bron stängs. Bron lagas. Bron öppnas igen.</p>")
    publish(cast, "Bron stängs", body="<p>Trafiken leds om under hela våren och en bit in på sommaren.</p>")
    assert titles(cast.per, "bron") == ["Bron stängs", "Vägarna i vinter"]


def test_words_of_different_blocks_and_entities_stay_apart(cast):
    publish(cast, "Rubrik", body="<ul><li>skola</li><li>omsorg</li></ul>rad<br>bryts Kött &amp; fisk")
    for word in ("skola", "omsorg", "rad", "bryts", "fisk"):
        assert titles(cast.per, word) == ["Rubrik"]
    assert titles(cast.per, "amp") == []


def test_addresses_and_compounds_are_found_by_their_parts(cast):
    publish(cast, "Ny e-post", body="<p>Skriv till skola@almvik.example, läs almvik.example/start</p>")
    for words in ("e-post", "skola@almvik.example", "almvik", "start"):
        assert "Ny e-post" in titles(cast.per, words)


def test_people_are_found_by_the_beginning_of_a_name_by_title_and_by_unit(cast):
    assert titles(cast.per, "Åkes") == ["Per Åkesson"]
    assert titles(cast.per, "akes") == []
    assert titles(cast.per, "per åk") == ["Per Åkesson"]
    assert titles(cast.per, "enhetschefen") == ["Maja Lind"]
    assert set(titles(cast.per, "kommunstyrelsen")) == {"Elsa Ängman", "Folke Dahl"}


def test_who_has_left_is_not_found(cast):
    assert titles(cast.ada, "Forsman") == []
    assert titles(cast.former, "Åkesson") == []


def test_a_change_of_name_post_or_unit_is_found_at_once(cast):
    cast.per.family_name = "Wåhlin"
    cast.per.save(update_fields=["family_name"])
    assert titles(cast.maja, "wåhlin") == ["Per Wåhlin"]
    assert titles(cast.maja, "åkesson") == []
    assign(cast.per, cast.units.energy, "Ljuddesigner")
    assert titles(cast.maja, "ljuddesigner") == ["Per Wåhlin"]
    cast.per.assignments.get(title="Ljuddesigner").delete()
    assert titles(cast.maja, "ljuddesigner") == []
    cast.units.schools.name = "Bildningsförvaltningen"
    cast.units.schools.save()
    assert "Per Wåhlin" in titles(cast.maja, "bildningsförvaltning")


def test_restricted_texts_are_found_by_their_audience_alone(cast):
    publish(cast, "Flytten", body="<p>omorganisation</p>", audience=cast.audiences.social, restricted=True)
    assert titles(cast.maja, "omorganisation") == ["Flytten"]
    for person in (cast.per, cast.karin, cast.ada, cast.yngve, cast.former):
        assert titles(person, "omorganisation") == []


def test_drafts_and_embargoed_texts_are_found_by_nobody(cast):
    article = publish(cast, "Ute nu", body="<p>offentligt</p>")
    add_version(article, "Ute nu, ändrad", body="<p>hemlighet</p>", state=Version.State.DRAFT)
    other = publish(
        cast, "Spärrad", body="<p>spärrord</p>", embargoed=True, live_from=timezone.now() + timedelta(days=1)
    )
    add_version(other, "Spärrad", body="<p>hemlighet</p>", state=Version.State.DRAFT)
    for person in cast.by_role.values():
        assert titles(person, "hemlighet") == []
        assert titles(person, "spärrord") == []
    assert titles(cast.per, "offentligt") == ["Ute nu"]


def test_the_clock_alone_lets_a_text_out_and_takes_it_back(cast, monkeypatch):
    start = timezone.now()
    article = publish(cast, "Gamla öppettider", body="<p>öppettider</p>")
    add_version(
        article,
        "Nya öppettider",
        body="<p>öppettider ändras</p>",
        live_from=start + timedelta(hours=1),
        live_until=start + timedelta(hours=2),
    )
    assert titles(cast.per, "öppettider") == ["Gamla öppettider"]
    assert titles(cast.per, "ändras") == []
    monkeypatch.setattr(timezone, "now", lambda: start + timedelta(minutes=61))
    assert titles(cast.per, "öppettider") == ["Nya öppettider"]
    monkeypatch.setattr(timezone, "now", lambda: start + timedelta(minutes=121))
    assert titles(cast.per, "öppettider") == []


def test_what_is_in_the_trash_is_not_found(cast):
    article = publish(cast, "Kastad", body="<p>kastanjer</p>")
    Article.objects.filter(pk=article.pk).update(trashed_at=timezone.now())
    assert titles(cast.per, "kastanjer") == []


def test_forums_are_found_once_announced_and_by_their_programme(cast):
    forum = plan(cast, "Chefsforum i november", state=Forum.State.DRAFT)
    assert titles(cast.maja, "chefsforum") == []
    forum.state = Forum.State.ANNOUNCED
    forum.save()
    item = ProgrammeItem.objects.create(
        forum=forum,
        title="Om vargar",
        guests="Professor Granlund",
        starts_at=forum.starts_at,
        ends_at=forum.ends_at,
    )
    for words in ("chefsforumet", "tilliten", "granlund", "varg"):
        assert titles(cast.maja, words) == ["Chefsforum i november – Tillit i vardagen"]
    item.delete()
    assert titles(cast.maja, "varg") == []


def test_a_restricted_forum_is_found_by_those_it_is_for(cast):
    plan(cast, "Slutet möte", restricted=True)
    assert titles(cast.per, "slutet") == []
    assert len(titles(cast.elsa, "slutet")) == 1


def test_the_page_answers_with_articles_forums_and_people_and_their_numbers(cast, client_as):
    publish(cast, "Om ledarskapet", body="<p>Ledarskap i vardagen.</p>")
    publish(cast, "Hemligt ledarskap", audience=cast.audiences.social, restricted=True)
    plan(cast, "Ledarskapsforum", theme="Ledarskapet i morgon")
    assign(make_person("leda", "Leda", "Ledin"), cast.units.office, "Ledarskapskonsult")
    client = client_as(cast.per)
    page = client.get("/sok/", {"q": "ledarskap"})
    html = page.content.decode()
    assert [(name, number) for name, _, number in page.context["kinds"]] == [
        ("articles", 1),
        ("forums", 1),
        ("people", 0),
    ]
    assert "Om <mark>ledarskapet</mark>" in html
    assert "Hemligt" not in html
    assert page.context["total"] == 2
    only = client.get("/sok/", {"q": "ledarskap", "kind": "forums"})
    assert [str(hit.thing) for hit in only.context["hits"]] == ["Ledarskapsforum"]
    assert only.context["total"] == 2


def test_one_writes_at_once_on_the_empty_page_and_reads_on_that_of_hits(cast, client_as):
    client = client_as(cast.per)
    assert " autofocus" in client.get("/sok/").content.decode()
    assert " autofocus" not in client.get("/sok/", {"q": "tillit"}).content.decode()


def test_found_words_are_marked_and_everything_else_is_escaped(cast, client_as):
    publish(cast, "<b>Fet</b> & tillit", body="<p>&lt;script&gt;alert(1)&lt;/script&gt; om tilliten</p>")
    html = client_as(cast.per).get("/sok/", {"q": "tillit"}).content.decode()
    assert "&lt;b&gt;Fet&lt;/b&gt; &amp; <mark>tillit</mark>" in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; om <mark>tilliten</mark>" in html
    assert "<script>alert" not in html


@pytest.mark.parametrize(
    "question",
    [
        "",
        "   ",
        "\0",
        "tillit\0dialog",
        '"',
        "'",
        '"tillit',
        "tillit AND",
        "NEAR(tillit dialog)",
        "title:tillit",
        "NOT",
        "tillit & | ! <-> (",
        "*",
        "til*",
        "-tillit",
        "^tillit",
        "tillit:*A",
        "\\",
        "%_%",
        "🎻 tillit",
        "²",
        "１２３",
        "x" * 1000,
        "tillit " * 200,
        "مرحبا",
        "{{ 7*7 }}",
        "'; DROP TABLE portal_searchentry; --",
    ],
)
def test_nothing_that_can_be_typed_breaks_the_page(cast, client_as, question):
    publish(cast, "Tillit", body="<p>dialog</p>")
    client = client_as(cast.per)
    for kind in ("", "articles", "nonsense"):
        page = client.get("/sok/", {"q": question, "kind": kind, "page": "0x"})
        assert page.status_code == 200


def test_a_page_of_hits_costs_the_same_with_1_and_30(cast, client_as, django_assert_num_queries):
    publish(cast, "Vatten 0", body="<p>vatten</p>")
    client = client_as(cast.per)
    client.get("/sok/", {"q": "vatten"})
    # Session, person, reach, numbers by kind, hits.
    with django_assert_num_queries(5):
        client.get("/sok/", {"q": "vatten"})
    for number in range(1, 31):
        publish(cast, f"Vatten {number}", body="<p>vatten</p>")
    assign(make_person("vatten", "Vatten", "Vatten"), cast.units.office, "Vatten")
    # And once people are among them: people and their posts.
    with django_assert_num_queries(7):
        page = client.get("/sok/", {"q": "vatten"})
    assert len(page.context["hits"]) == 20
    assert page.context["total"] == 32


def test_reindexing_writes_the_same_again(cast):
    publish(cast, "Tillit", body="<p>dialog</p>")
    plan(cast, "Chefsforum")
    before = sorted(SearchEntry.objects.values_list("title", "text"))
    SearchEntry.objects.all().delete()
    assert titles(cast.per, "dialog") == []
    call_command("reindex", verbosity=0)
    assert sorted(SearchEntry.objects.values_list("title", "text")) == before
    assert titles(cast.per, "dialog") == ["Tillit"]


def test_the_daily_round_forgets_the_titles_of_posts_that_ended(cast):
    assign(cast.per, cast.units.energy, "Smed", ends_on=timezone.localdate())
    assert titles(cast.maja, "smed") == ["Per Åkesson"]
    with time_machine.travel(timezone.localtime() + timedelta(days=3)):
        call_command("daily", stdout=StringIO())
        assert titles(cast.maja, "smed") == []
        assert titles(cast.maja, "lärare") == ["Per Åkesson"]


def test_a_post_to_come_is_found_from_its_first_day(cast):
    assign(cast.per, cast.units.energy, "Verkschef", starts_on=timezone.localdate() + timedelta(days=2))
    call_command("reindex", verbosity=0)
    assert titles(cast.maja, "verkschef") == []
    with time_machine.travel(timezone.localtime() + timedelta(days=2)):
        call_command("daily", stdout=StringIO())
        assert titles(cast.maja, "verkschef") == ["Per Åkesson"]


def test_an_elected_member_is_found_too(cast):
    person = make_person("nils", "Nils", "Öster")
    assign(person, cast.units.council, "Ersättare", side=Side.ELECTED)
    assert titles(cast.per, "ersättaren") == ["Nils Öster"]
