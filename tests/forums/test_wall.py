"""The wall: words by side, the chart, what is shown where groups are units."""

import pytest
from lxml.html import fromstring

from forums import sizing
from forums.models import Question, Table
from forums.moderating import hide_note
from forums.showing import columns_of, wall_of
from forums.templatetags.wall_words import breakable
from tests.forums.room import E, O, make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(cast):
    return make_room(cast, tables=2, each=5)


def columns(room):
    return {column["kind"]: column for column in wall_of(room.work, "")["columns"]}


def words(column):
    return [(concept["label"], concept["tables"]) for concept in column["concepts"]]


def say(room):
    room.open(E)
    room.write(1, E, "Lita på oss", "tillit", "mod")
    room.write(2, E, "Lita på oss igen", "tillit", "mod")
    room.open(O)
    room.write(1, O, "Vi litar på er", "tillit", "kunskap")
    room.write(2, O, "Vi vet", "kunskap")


def test_words_stand_with_who_said_them_and_the_shared_in_the_middle(room):
    say(room)
    shown = columns(room)
    assert list(shown) == ["elected", "shared", "official"]
    assert words(shown["elected"]) == [("mod", 2)]
    assert words(shown["shared"]) == [("tillit", 2)]
    assert words(shown["official"]) == [("kunskap", 2)]


def test_a_small_room_is_one_column_without_chart(cast):
    room = make_room(cast, tables=1, each=2)
    room.open(E)
    room.write(1, E, "Lita på oss", "tillit")
    shown = wall_of(room.work, "")
    assert [column["kind"] for column in shown["columns"]] == ["room"]
    assert shown["chart"] is None


WAITS = "Ord visas här när fler personer står bakom dem."


def test_a_side_whose_words_stand_in_the_middle_is_not_said_to_be_silent(cast, client_as):
    room = make_room(cast, tables=2, each=4)  # four at a table are too few, eight at both are not
    room.open(E)
    for table in (1, 2):
        room.write(table, E, "Mod, sade vi", "mod", "tid")
    room.open(O)
    room.write(1, O, "Tydlighet, sade en", "tydlighet", "råd")
    shown = columns(room)
    assert words(shown["room"]) == [("råd", 1), ("tydlighet", 1)]
    assert words(shown["official"]) == []
    page = client_as(cast.fatima).get(f"/forum/{room.forum.slug}/skarm/").text
    assert WAITS in page
    assert "Inget här ännu." not in page


def test_a_side_that_has_said_nothing_has_nothing_there_yet(room, client_as):
    room.open(E)
    room.write(1, E, "Lita på oss", "tillit", "mod")
    room.open(O)
    room.write(1, O, "Vi litar på er", "tillit")
    page = client_as(room.cast.fatima).get(f"/forum/{room.forum.slug}/skarm/").text
    assert "Inget här ännu." in page
    assert WAITS not in page


def test_the_chart_has_a_bar_to_each_side(room):
    say(room)
    rows = {row["label"]: row for row in wall_of(room.work, "")["chart"]["rows"]}
    assert (rows["tillit"]["elected"], rows["tillit"]["official"]) == (2, 1)
    assert rows["tillit"]["left"] == 2 * rows["tillit"]["right"]
    assert rows["mod"]["right"] == 0


def test_many_words_shrink_and_few_grow(room):
    def growth(*labels):
        concepts = [
            {"id": place, "label": label, "elected": 2, "official": 0, "tables": 2}
            for place, label in enumerate(labels)
        ]
        figures = {"concepts": concepts, "sides_shown": True}
        return columns_of(figures, work=room.work)[0]["growth"]

    assert growth(*8 * ["möjlighet till dialog"]) < growth("mod", "tid") < growth("mod")


LONG = "kompetensförsörjning"
SPLITS = ((2, 0), (0, 2), (2, 2), (None, None))  # one of the elected, the officials, both, and one not told


@pytest.mark.parametrize("told", [1, 3, 4])
@pytest.mark.parametrize(
    "most_said", ["mod", LONG, "förtroendevaldaskompetensutvecklingsprogram", "möjlighet till dialog"]
)
def test_what_more_tables_said_is_never_smaller(room, told, most_said):
    labels = [most_said, "återkoppling", "tid", LONG + "en", "mål", "tillgänglighet", "uppdragsdialog", "råd"]
    concepts = [
        _concept(f"{place}-{side}", label, tables, SPLITS[side])
        for place, (label, tables) in enumerate(zip(labels, (40, 40, 21, 20, 5, 2, 1, 1), strict=True))
        for side in range(told)
    ]
    shown = columns_of({"concepts": concepts, "sides_shown": True}, work=room.work)
    assert len({column["growth"] for column in shown}) == 1
    words = [concept for column in shown for concept in column["concepts"]]
    assert len(words) >= len(labels) - 2  # the last of a full column are left out
    for one in words:
        assert all(one["size"] >= other["size"] for other in words if one["tables"] >= other["tables"])


def test_a_long_word_that_many_said_lowers_the_scale_of_all(room):
    def sizes(most_said):
        concepts = [
            _concept(1, most_said, 9, (9, 0)),
            _concept(2, "tid", 9, (0, 9)),
            _concept(3, "mod", 1, (1, 0)),
        ]
        shown = columns_of({"concepts": concepts, "sides_shown": True}, work=room.work)
        grown = sizing.GROWTHS[shown[0]["growth"]]
        said = [concept for column in shown for concept in column["concepts"]]
        return {concept["label"]: grown * sizing.SIZES[concept["size"] - 1] for concept in said}

    short, long = sizes("tillit"), sizes(LONG)
    assert short["tillit"] == short["tid"] > long[LONG] == long["tid"] > long["mod"]
    assert short["mod"] < short["tid"]


FULL = {
    "elected": "tydlighet i uppdraget, framförhållning, mandat, beslutsunderlag, politisk riktning, "
    "tidiga samtal, medborgardialog, förankring",
    "shared": "tillit, dialog, respekt för våra roller, gemensamma mål",
    "room": "samverkan, ansvar, mod, helhetssyn",
    "official": "arbetsro, kompetensförsörjning, återkoppling, långsiktighet, rimlig arbetsbelastning, "
    "resurser, stabil organisation, delaktighet",
}


@pytest.mark.parametrize("most", [6, 25, 100])
def test_in_four_full_columns_too_what_most_said_is_seen_to_be_larger(room, most):
    splits = {"elected": (2, 0), "official": (0, 2), "shared": (2, 2), "room": (None, None)}
    concepts = [
        _concept(f"{kind}-{place}", label, max(2, most - place * (most // 6)), splits[kind])
        for kind, labels in FULL.items()
        for place, label in enumerate(labels.split(", "))
    ]
    shown = columns_of({"concepts": concepts, "sides_shown": True}, work=room.work)
    said = [concept for column in shown for concept in column["concepts"]]
    grown = sizing.GROWTHS[shown[0]["growth"]]
    heights = [max(grown * sizing.SIZES[one["size"] - 1], sizing.LEAST[one["size"] - 1]) for one in said]
    assert min(heights) >= sizing.LEAST[0]
    assert max(heights) >= 1.4 * min(heights)
    # What few said gives way for it, but most words of every column stay.
    assert [len(column["concepts"]) for column in shown] >= [5, 3, 3, 5]
    assert {"tillit", "mandat", "samverkan", "återkoppling"} <= {one["label"] for one in said}


def test_words_are_as_large_as_the_columns_allow(room):
    """Three words fill their column: no larger scale has room for them, and neither side is empty for it."""
    concepts = [_concept(pk, label, 12 - pk, (1, 1)) for pk, label in enumerate(["tillit", "dialog", "mod"])]
    column = {"kind": "shared", "concepts": concepts, "room": sizing.FILLED}
    growth = sizing.size_words([column, {**column, "concepts": []}, {**column, "concepts": []}])
    largest = sizing.GROWTHS[growth] * sizing.SIZES[concepts[0]["size"] - 1]
    assert largest > 5  # hundredths of the screen's width; it was 3.9
    assert len({concept["size"] for concept in concepts}) > 1


def test_a_long_compound_is_parted_where_it_is_joined():
    assert breakable("samhällsbyggnadsförvaltningen").split("\u00ad") == [
        "samhälls",
        "byggnads",
        "förvaltningen",
    ]
    assert breakable("tid för kompetensförsörjning") == "tid för kompetens\u00adförsörjning"
    assert breakable("verksamhetsutvecklingsansvar") == "verksamhets\u00adutvecklings\u00adansvar"
    assert breakable("ledarskapsutvecklingsprogram") == "ledarskaps\u00adutvecklings\u00adprogram"
    assert breakable("organisationsarkitektur") == "organisations\u00adarkitektur"
    # Whether the -s ends one part or begins the next is not to be seen here.
    assert breakable("budgetsamordningsansvar") == "budgetsamordnings\u00adansvar"
    assert breakable("arbetsmiljö") == "arbetsmiljö"


def _concept(pk, label, tables, split):
    return {"id": pk, "label": label, "tables": tables, "elected": split[0], "official": split[1]}


def test_where_groups_are_units_each_question_has_its_words_and_what_several_say_stands_out(room, client_as):
    work = room.work
    work.grouped_by = work.Grouping.UNITS
    work.save()
    for table, unit in zip(room.tables, (room.cast.units.social, room.cast.units.schools), strict=True):
        Table.objects.filter(pk=table.pk).update(unit=unit, name=unit.name)
    keep = work.questions.create(order=2, kind="keep", text="Vad vill ni behålla?")
    say(room)
    note = room.write(1, O, "Behåll fikat", "fika")
    type(note).objects.filter(pk=note.pk).update(question=keep)
    hide_note(room.write(2, O, "Det här syns inte", "hemligt"), reason="Pekar ut", by=room.cast.fatima)
    first, second = wall_of(work, "")["columns"]
    assert "hemligt" not in {concept["label"] for concept in first["concepts"]}
    assert {concept["label"]: concept["side"] for concept in first["concepts"]}["mod"] == "shared"
    assert [(concept["label"], concept["side"]) for concept in second["concepts"]] == [("fika", "")]
    page = client_as(room.cast.fatima).get(f"/forum/{room.forum.slug}/skarm/").text
    assert "<strong>2</strong> grupper" in page


@pytest.mark.parametrize(
    ("language", "kinds"),
    [
        ("sv", ["Behov", "Förväntan", "Lärdom", "Värt att behålla", "Idé", "Fråga"]),
        ("en", ["Need", "Expectation", "Lesson", "Worth keeping", "Idea", "Question"]),
    ],
)
def test_every_kind_of_question_is_shown_in_the_readers_language(room, client_as, language, kinds):
    work = room.work
    work.grouped_by = work.Grouping.UNITS
    work.save()
    Table.objects.filter(forum=room.forum, number=2).delete()
    Table.objects.filter(forum=room.forum).update(unit=room.cast.units.social, name="Socialförvaltningen")
    work.questions.all().delete()
    for order, kind in enumerate(Question.Kind.values, start=1):
        work.questions.create(order=order, kind=kind, text=f"Fråga {order}?")
    room.open(E)
    for question in work.questions.all():
        room.write(1, E, f"Svar på {question.text}", f"ord {question.kind}", question=question)
    fatima = room.cast.fatima
    fatima.language = language
    fatima.save()
    page = fromstring(client_as(fatima).get(f"/forum/{room.forum.slug}/skarm/").text)
    columns = page.find_class("wall-column")
    assert [column.findtext("h2") for column in columns] == kinds
    said = [word.text.strip() for column in columns for word in column.find_class("wall-word")]
    assert said == [f"ord {kind}" for kind in Question.Kind.values]


@pytest.mark.parametrize(
    ("asked", "view"),
    [
        ("", "words"),
        ("?vy=diagram", "chart"),
        ("?vy=kod", "code"),
        ("?vy=prickar", "dots"),
        ("?vy=x", "words"),
    ],
)
def test_what_is_shown_is_chosen_by_the_address(room, client_as, asked, view):
    page = client_as(room.cast.fatima).get(f"/forum/{room.forum.slug}/skarm/{asked}").text
    assert f'data-view="{view}"' in page
