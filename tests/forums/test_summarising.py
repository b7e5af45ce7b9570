"""The draft summary: good Swedish, every figure from the result."""

import re
from datetime import UTC, date, datetime

import pytest

from accounts.models import Assignment, Side, Unit
from forums.committing import commit, update
from forums.merging import merge
from forums.models import GroupWork, Material, ProgrammeItem
from forums.moderating import hide_note, mark_for_summary
from forums.phrasing import ELECTED, NOTES, OFFICIALS, TABLES, counted, days, listed
from forums.sharing import share
from forums.summarising import NoResultYet, draft_summary
from forums.wording import concept_for
from news.models import Article
from news.refusals import WriterIsSignatory
from news.tying import changed_figures
from tests.cast import assign

from .room import E, O, make_forum, make_room

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
    version = article.versions.get()
    assert changed_figures(version) == []
    return article, version


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
    assert "Vid fyra bord samtalade 20 personer under temat ”Tillit i styrkedjan”." in version.lead
    assert version.lead.endswith("Det tema som flest bord skrev om var tillit.")
    assert (
        "I det deltog 15 förtroendevalda och fem tjänstepersoner. Vid fyra bord skrevs fem anteckningar, "
        in text
    )
    assert "fyra från de förtroendevalda och en från tjänstepersonerna." in text
    assert "Borden svarade på frågan ”Vad behöver vi av varandra?”" in text
    assert "Ett tema togs upp av båda sidor: tillit. De förtroendevalda skrev om det vid tre bord " in text
    assert "och tjänstepersonerna vid ett." in text
    assert "Bara de förtroendevalda skrev om långsiktighet (ett bord)." in text
    assert "Bara tjänstepersonerna skrev om mandat (ett bord)." in text
    assert "Elsa Ängman (ordförande i kommunstyrelsen) och Olof Ek (socialchef)" in text
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
    assert "Elsa Ängman (ordförande i kommunstyrelsen) och Olof Ek (socialchef)" in version.plain_text


@pytest.mark.parametrize(
    ("body", "title", "called"),
    [
        ("Sydnärkes byggnämnd", "Vice ordförande", "vice ordförande i Sydnärkes byggnämnd"),
        ("Miljönämnden", "Ordförande", "ordförande i miljönämnden"),
        ("Miljönämnden", "Ledamot", "ledamot i kommunstyrelsen"),
        ("Miljönämnden", "Kommunalråd", "ledamot i kommunstyrelsen"),
    ],
)
def test_the_elected_are_called_by_what_they_chair_and_of_what(room, body, title, called):
    """Though they have sat longer on another board. One of several municipalities has a name."""
    cast = room.cast
    board = Unit.objects.create(name=body, slug="namnd", kind=Unit.Kind.BOARD, parent=cast.units.root)
    assign(cast.folke, board, title, side=Side.ELECTED, starts_on=date(2026, 1, 1))
    GroupWork.objects.filter(pk=room.work.pk).update(leader_elected=cast.folke)
    _article, version = draft(room)
    assert f"leddes av Folke Dahl ({called}) och Olof Ek" in version.plain_text


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
    assert "Vid två bord samtalade åtta personer" in text
    assert "redovisas inte" in text
    assert not re.search(rf"({WORDS}|\d+) (förtroendevald|tjänsteperson)", text)
    assert "bland de förtroendevalda" not in text
    assert "Bara" not in text


def test_later_merges_and_hiding_leave_the_figures(room):
    room.close()
    merge(concept_for("mandat"), into=concept_for("tillit"), by=room.cast.karin)
    other = room.question.notes.exclude(terms__text="mandat").first()
    hide_note(other, reason="Pekar ut någon", by=room.cast.fatima)
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
    assert version.lead == "Forumet samlades under temat ”Tillit i styrkedjan”."
    assert "Inga anteckningar skrevs." in version.plain_text
    assert "noll" not in version.plain_text


def test_one_table_is_not_told_of_as_several(cast):
    room = make_room(cast, tables=1, each=1, theme="Håller vi vad vi lovat?", join_url="https://m.example/")
    room.open(E)
    room.write(1, E, "Vi behöver ses oftare i vardagen.", "möten")
    _article, version = draft(room)
    assert (
        version.lead
        == "Vid ett bord samtalade två personer under temat ”Håller vi vad vi lovat?” Bordet skrev om möten."
    )
    assert "Temat var Håller vi vad vi lovat? Forumet hölls på distans." in version.plain_text
    assert "Bordet svarade på frågan ”Vad behöver vi av varandra?”" in version.plain_text
    assert "lyfter bordet Bordet skrev om möten." in version.plain_text


def test_units_are_told_of_as_groups(cast):
    room = make_room(cast, tables=2, each=5)
    room.work.grouped_by = "units"
    room.work.save()
    for table, unit in zip(room.tables, (cast.units.social, cast.units.schools), strict=True):
        table.unit, table.name = unit, unit.name
        table.save()
    room.open(E)
    room.write(1, E, "Vi behöver lita mer på varandra.", "tillit", "tid")
    room.open(O)
    for group in (1, 2):
        room.write(group, O, f"Vi i grupp {group} litar på er.", "tillit")
    _article, version = draft(room)
    text = version.lead + version.plain_text
    assert "I två grupper samtalade 15 personer" in text
    assert "De förtroendevalda skrev om det i en grupp och tjänstepersonerna i två." in text
    assert re.findall(r"<footer>(.*?)</footer>", version.body) == [cast.units.social.name]
    assert "bord" not in text.lower()


def test_few_people_and_their_neighbour_leave_their_themes_undivided(cast):
    room = make_room(cast, tables=3, each=2)
    room.open(E)
    for table in (1, 2, 3):
        room.write(table, E, "Vi behöver tid att läsa in oss.", "tid", "mod")
    room.open(O)
    for table in (1, 2, 3):
        room.write(table, O, "Vi behöver veta varför.", "respekt", "tydlighet")
    room.write(1, O, "Fika.", "kaffe")
    _article, version = draft(room)
    text = version.plain_text
    assert "Av de teman som kan redovisas sida för sida togs inget upp av båda." in text
    assert "Bara de förtroendevalda skrev om mod och tid (tre bord vardera)." in text
    assert "Borden skrev också om kaffe (ett bord). Hur det temat fördelar sig" in text
    assert "Kaffe" not in text[text.index("Sida vid sida") : text.index("Mer från borden")]


def test_what_stands_first_is_not_told_as_more(cast):
    """Both sides are told of, but no theme by side: then nothing stands before what the tables said."""
    room = make_room(cast, tables=2, each=3)
    room.open(E)
    room.write(1, E, "Vi behöver tid att läsa in oss.", "tid")
    room.open(O)
    room.write(2, O, "Vi behöver veta varför.", "respekt")
    _article, version = draft(room)
    assert "I det deltog sex förtroendevalda och sex tjänstepersoner." in version.plain_text
    assert "Det lyfter borden Borden skrev om respekt och tid (ett bord vardera)." in version.plain_text
    assert "Hur de temana fördelar sig" in version.plain_text


def test_what_was_marked_is_quoted_and_nothing_else(room):
    note = room.question.notes.get(text__contains="mandatperiod")
    mark_for_summary(note, marked=True, by=room.cast.fatima)
    _article, version = draft(room)
    quotes = re.findall(r"<blockquote><p>(.*?)</p><footer>(.*?)</footer>", version.body)
    assert quotes == [("Tänk längre än en mandatperiod i taget.", "De förtroendevalda")]


def test_recordings_are_linked_by_addresses_that_open_to_those_the_forum_was_for(room):
    facts = {"title": "Så bygger vi tillit", "kind": Material.Kind.RECORDING}
    item = room.forum.programme.get()
    film = share(
        room.forum, item=item, url="https://play.almvik.example/tillit", by=room.cast.fatima, **facts
    )
    _article, version = draft(room)
    assert f'<a href="{film.get_absolute_url()}">Så bygger vi tillit</a>' in version.body
    assert "play.almvik.example" not in version.body
    assert "Inspelningen är öppen för dem som forumet var till för." in version.plain_text


def test_several_recordings_are_told_of_as_several(room):
    for title in ("Förmiddagen", "Eftermiddagen"):
        share(
            room.forum,
            item=None,
            url="https://play.almvik.example/dag",
            title=title,
            kind=Material.Kind.RECORDING,
            by=room.cast.fatima,
        )
    _article, version = draft(room)
    assert "Inspelningarna är öppna för dem som forumet var till för." in version.plain_text


@pytest.mark.parametrize(
    ("title", "told"),
    [("HR-direktör", "HR-direktör"), ("VD", "VD"), ("Socialchef", "socialchef"), ("2:e vice", "2:e vice")],
)
def test_a_title_is_small_within_a_line_unless_it_is_an_abbreviation(room, title, told):
    Assignment.objects.filter(person=room.cast.olof).update(title=title)
    _article, version = draft(room)
    assert f"Olof Ek ({told})" in version.plain_text


def test_it_begins_with_what_became_of_the_promises_before(room):
    cast, before = room.cast, make_forum(room.cast)
    room.forum.follows = before
    room.forum.save()
    promise = {"owner": cast.maja, "unit": cast.units.home_care, "due_on": date.today(), "by": cast.fatima}
    kept = commit(before, text="Bjuda in nämnden.", **promise)
    commit(before, text="Korta rapporterna.", **promise)
    update(kept, text="De kom i mars.", state="kept", by=cast.maja)
    secret = make_forum(cast, restricted=True, audience=cast.audiences.social)
    before.follows = secret
    before.save()
    commit(secret, text="Ett slutet löfte.", **promise)
    _article, version = draft(room)
    assert "Bjuda in nämnden. Maja Lind: klart. ”De kom i mars.”" in version.plain_text
    assert "Korta rapporterna. Maja Lind: inte påbörjat." in version.plain_text
    assert "slutet löfte" not in version.body


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


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ((2026, 11, 26), (2026, 11, 27), "26–27 november 2026"),
        ((2026, 11, 30), (2026, 12, 1), "30 november – 1 december 2026"),
        ((2026, 12, 31), (2027, 1, 1), "31 december 2026 – 1 januari 2027"),
    ],
)
def test_days_are_written_as_one_span(first, last, words):
    assert days(*(datetime(*moment, 12, tzinfo=UTC) for moment in (first, last))) == words
