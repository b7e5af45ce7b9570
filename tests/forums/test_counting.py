"""Results: counted by SQL, sides never mixed, frozen for good, silent about small groups."""

import json

import pytest

from forums.counting import figures_of
from forums.merging import merge, unmerge
from forums.models import Result
from forums.moderating import hide_note
from forums.wording import concept_for

from .room import E, O, make_room, seat


@pytest.fixture
def room(cast):
    """Lopsided in every figure, so that elected and officials can't change places unseen."""
    room = make_room(cast, tables=4, each=5)
    room.open(E)
    room.write(1, E, "Tillit först.", "tillit", "mod")
    room.write(1, E, "Tillit igen.", "Tilliten")
    room.write(2, E, "Tillit här med.", "tillit")
    room.write(3, E, "Och här.", "tilliten", "långsiktighet")
    room.open(O)
    room.write(4, O, "Tillit åt oss.", "tillit", "mandat")
    room.write(4, O, "Mandat.", "mandat")
    return room


def said(figures, label):
    return next(concept for concept in figures["concepts"] if concept["label"] == label)


def test_sides_are_never_mixed(room):
    figures = figures_of(room.work)
    assert figures["sides_shown"]
    assert figures["participants"] == {"elected": 15, "official": 5, "total": 20}
    assert figures["notes"] == {"elected": 4, "official": 2, "total": 6}
    assert figures["tables"] == 4
    trust = said(figures, "tillit")
    assert (trust["elected"], trust["official"], trust["tables"], trust["notes"]) == (3, 1, 4, 5)
    mandate = said(figures, "mandat")
    assert (mandate["elected"], mandate["official"], mandate["tables"], mandate["notes"]) == (0, 1, 1, 2)
    courage = said(figures, "mod")
    assert (courage["elected"], courage["official"]) == (1, 0)
    assert [concept["label"] for concept in figures["concepts"]][:2] == ["tillit", "mandat"]


def test_repetition_at_one_table_makes_nothing_bigger(room):
    before = said(figures_of(room.work), "mandat")
    room.write(4, O, "Mandat, mandat.", "mandat")
    after = said(figures_of(room.work), "mandat")
    assert after["tables"] == before["tables"] == 1
    assert after["notes"] == before["notes"] + 1


def test_the_commonest_form_is_shown_and_never_a_stem(room):
    room.write(1, O, "x", "dialogen")
    room.write(2, O, "y", "dialogen")
    room.write(3, O, "z", "dialog")
    assert said(figures_of(room.work), "dialogen")["tables"] == 3
    concept = concept_for("dialog")
    concept.label, concept.is_curated = "dialog", True
    concept.save()
    assert said(figures_of(room.work), "dialog")["tables"] == 3


def test_merged_concepts_count_as_one_and_apart_again(room):
    merge(concept_for("mandat"), into=concept_for("mod"), by=room.cast.karin)
    merge(concept_for("mod"), into=concept_for("långsiktighet"), by=room.cast.karin)
    figures = figures_of(room.work)
    one = next(concept for concept in figures["concepts"] if concept["id"] == concept_for("långsiktighet").pk)
    assert (one["elected"], one["official"], one["tables"], one["notes"]) == (2, 1, 3, 4)
    unmerge(concept_for("mandat"), by=room.cast.karin)


def test_two_words_of_one_concept_in_a_note_are_one_note(room):
    room.write(2, O, "x", "uppdrag", "uppdraget")
    assert said(figures_of(room.work), "uppdrag")["notes"] == 1


def test_hidden_notes_do_not_count(room):
    note = room.write(4, O, "Bort", "bortkommen")
    hide_note(note, reason="Inte vår fråga", by=room.cast.fatima)
    assert "bortkommen" not in [concept["label"] for concept in figures_of(room.work)["concepts"]]


def test_fewer_than_five_behind_a_side_and_no_split_is_held(cast):
    room = make_room(cast, tables=2, each=4)
    for elsewhere in room.seated[2, O]:
        elsewhere.registrations.update(table=None)
    room.open(E)
    room.write(1, E, "a", "tillit")
    room.write(2, E, "b", "tillit")
    room.open(O)
    room.write(1, O, "c", "tillit")
    figures = figures_of(room.work)  # 8 elected, 4 officials
    assert not figures["sides_shown"]
    assert figures["participants"] == {"elected": None, "official": None, "total": 12}
    assert figures["notes"] == {"elected": None, "official": None, "total": 3}
    assert all(c["elected"] is None and c["official"] is None for c in figures["concepts"])
    seat(cast, room.tables[1], O, 1)
    assert figures_of(room.work)["sides_shown"]


def test_fewer_than_five_behind_a_concept_and_its_split_is_not_held(cast):
    room = make_room(cast, tables=3, each=2)
    room.open(E)
    for table in (1, 2, 3):
        room.write(table, E, "a", "tillit")
    room.write(1, E, "b", "mod")  # two people at one table
    room.open(O)
    for table in (1, 2, 3):
        room.write(table, O, "c", "respekt")
    figures = figures_of(room.work)
    assert figures["sides_shown"]
    assert (said(figures, "tillit")["elected"], said(figures, "tillit")["official"]) == (3, 0)
    courage = said(figures, "mod")
    assert (courage["elected"], courage["official"], courage["tables"]) == (None, None, 1)


def test_closing_freezes_once_and_for_good(room):
    result = room.close()
    frozen = json.dumps(result.figures, sort_keys=True)
    assert room.close() == result
    assert Result.objects.count() == 1
    merge(concept_for("mandat"), into=concept_for("tillit"), by=room.cast.karin)
    concept = concept_for("tillit")
    concept.label, concept.is_curated = "förtroende", True
    concept.save()
    assert json.dumps(Result.objects.get().figures, sort_keys=True) == frozen
    with pytest.raises(TypeError):
        result.save()


def test_counting_costs_the_same_however_much_was_said(room, django_assert_num_queries):
    with django_assert_num_queries(4):
        figures_of(room.work)
    for number in range(30):
        room.write(4, O, f"Anteckning {number}", f"begrepp {number}")
    with django_assert_num_queries(4):
        figures_of(room.work)


def test_an_empty_room_has_an_empty_result(cast):
    room = make_room(cast)
    room.open(E)
    figures = room.close().figures
    assert figures["concepts"] == []
    assert figures["notes"]["total"] == 0
    assert not figures["sides_shown"]
