"""The draft summary: good Swedish, every figure from the result."""

import re
from datetime import date

import pytest

from accounts.models import Side, Unit
from forums.merging import merge
from forums.models import ProgrammeItem
from forums.noting import hide_note
from forums.phrasing import ELECTED, NOTES, OFFICIALS, TABLES, counted, listed
from forums.summarising import NoResultYet, draft_summary
from forums.wording import concept_for
from news.models import Article
from news.refusals import WriterIsSignatory
from tests.cast import assign

from .room import E, O, make_room

WORDS = "en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv"


@pytest.fixture
def room(cast):
    room = make_room(cast, tables=4, each=5)
    forum = room.forum
    item = forum.programme.create(
        kind=ProgrammeItem.Kind.TALK,
        starts_at=forum.starts_at,
        ends_at=forum.ends_at,
        title="Så bygger vi tillit",
    )
    item.speakers.set([cast.maja])
    room.open(E)
    for table in (1, 2, 3):
        room.write(table, E, f"Vi behöver lita på varandra, säger bord {table}.", "tillit")
    room.write(1, E, "Tänk längre än en mandatperiod i taget.", "långsiktighet")
    room.open(O)
    room.write(4, O, "Lita på att vi kan vårt <b>jobb</b> & gör det.", "tillit", "mandat")
    return room


def draft(room):
    room.close()
    article = draft_summary(room.forum, by=room.cast.karin)
    return article, article.versions.get()


def test_the_draft_is_a_summary_for_the_leaders_to_sign(room):
    article, version = draft(room)
    room.forum.refresh_from_db()
    assert room.forum.summary == article
    assert article.kind == Article.Kind.SUMMARY
    assert (article.audience, article.restricted) == (room.forum.audience, room.forum.restricted)
    assert set(article.signatories.all()) == {room.cast.olof, room.cast.elsa}
    assert version.state == "draft"
    assert draft_summary(room.forum, by=room.cast.karin) == article
    assert Article.objects.count() == 1


def test_the_sentences_are_correct_and_from_the_figures(room):
    _article, version = draft(room)
    text = version.plain_text
    assert "20 personer vid fyra bord samtalade under temat Tillit i styrkedjan." in version.lead
    assert "Flest bord skrev om tillit, långsiktighet och mandat." in version.lead
    assert "15 förtroendevalda och fem tjänstepersoner vid fyra bord skrev fem anteckningar: " in text
    assert "fyra från de förtroendevalda och en från tjänstepersonerna." in text
    assert "tillit : tre bord bland de förtroendevalda och ett bord bland tjänstepersonerna" in text.replace(
        "tillit:", "tillit :"
    )
    assert "skillnaden störst för tillit: tre bord bland de förtroendevalda mot ett bord bland" in text
    assert "Bara de förtroendevalda skrev om långsiktighet (ett bord)." in text
    assert "Bara tjänstepersonerna skrev om mandat (ett bord)." in text
    assert "Elsa Ängman (ordförande) och Olof Ek (socialchef)" in text
    assert "Så bygger vi tillit – Maja Lind" in text


def test_leaders_are_called_by_their_office(room):
    cast, units = room.cast, room.cast.units
    group = Unit.objects.create(
        name="Ledningsgruppen", slug="ledningsgruppen", kind=Unit.Kind.LEADERSHIP_GROUP, parent=units.root
    )
    assign(cast.olof, group, "Ordförande", starts_on=date(2026, 1, 1), is_manager=True)
    assign(cast.olof, units.office, "Projektledare", starts_on=date(2026, 2, 1))
    assign(cast.elsa, units.council, "Ledamot", side=Side.ELECTED, starts_on=date(2026, 1, 1))
    assign(cast.elsa, units.schools, "Rektor", starts_on=date(2022, 1, 1), is_manager=True)
    _article, version = draft(room)
    assert "Elsa Ängman (ordförande) och Olof Ek (socialchef)" in version.plain_text


def test_each_theme_links_to_its_notes(room):
    _article, version = draft(room)
    for word in ("tillit", "långsiktighet", "mandat"):
        address = f"/forum/{room.forum.slug}/resultat/#begrepp-{concept_for(word).pk}"
        assert f'href="{address}"' in version.body


def test_quotations_speak_for_their_table_and_nobody_alone(room):
    _article, version = draft(room)
    quotes = re.findall(r"<blockquote>(.*?)</blockquote>", version.body, re.S)
    assert quotes
    assert all(re.search(r"<footer>Bord \d+</footer>", quote) for quote in quotes)
    # By the figures only officials said "mandat": with its table it would point at the few of them there.
    assert "vårt" not in "".join(quotes)
    assert "mandatperiod" not in "".join(quotes)


def test_markup_in_a_note_is_text(cast):
    room = make_room(cast, anonymous=False)
    room.open(E)
    room.write(1, E, "Ett <script>alert(1)</script> & <b>fetstil</b> i en anteckning.", "tillit")
    _article, version = draft(room)
    assert "<script" not in version.body
    assert "&lt;b&gt;fetstil" in version.body


def test_a_small_room_is_summed_up_without_sides(cast):
    room = make_room(cast, tables=2, each=2)
    room.open(E)
    room.write(1, E, "Vi behöver lita mer på varandra.", "tillit")
    room.open(O)
    room.write(2, O, "Vi behöver våga säga som det är.", "mod")
    _article, version = draft(room)
    text = version.lead + version.plain_text
    assert "fyra personer vid två bord" in text.lower()
    assert "redovisas inte" in text
    assert not re.search(rf"({WORDS}|\d+) (förtroendevald|tjänsteperson)", text)
    assert "bland de förtroendevalda" not in text
    assert "Bara" not in text


def test_later_merges_and_hiding_leave_the_figures(room):
    room.close()
    merge(concept_for("mandat"), into=concept_for("tillit"), by=room.cast.karin)
    hide_note(room.question.notes.first(), reason="Pekar ut någon", by=room.cast.fatima)
    version = draft_summary(room.forum, by=room.cast.karin).versions.get()
    assert "fem anteckningar" in version.plain_text
    assert "Bara tjänstepersonerna skrev om mandat (ett bord)." in version.plain_text


def test_no_draft_before_closing_nor_by_a_leader(room):
    with pytest.raises(NoResultYet):
        draft_summary(room.forum, by=room.cast.karin)
    room.close()
    with pytest.raises(WriterIsSignatory):
        draft_summary(room.forum, by=room.cast.olof)
    room.forum.refresh_from_db()
    assert room.forum.summary is None


def test_an_empty_room_still_has_its_summary(cast):
    room = make_room(cast)
    room.open(E)
    _article, version = draft(room)
    assert "noll personer vid noll bord" in version.lead.lower()


@pytest.mark.parametrize(
    ("number", "noun", "words"),
    [
        (1, TABLES, "ett bord"),
        (2, TABLES, "två bord"),
        (13, TABLES, "13 bord"),
        (1, NOTES, "en anteckning"),
        (12, NOTES, "tolv anteckningar"),
        (1, ELECTED, "en förtroendevald"),
        (5, OFFICIALS, "fem tjänstepersoner"),
    ],
)
def test_numbers_agree_with_what_they_count(number, noun, words):
    assert counted(number, noun) == words


def test_lists_end_in_och():
    assert [listed(items) for items in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a och b", "a, b och c"]
    assert listed(["<b>"]) == "&lt;b&gt;"
