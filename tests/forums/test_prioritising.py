"""Three dots each, and nobody knows whose."""

import json
import secrets

import pytest
from django.core.serializers import serialize
from django.db import IntegrityError, transaction

from accounts.models import LogEntry
from forums.models import Dot, Note, Registration
from forums.moderating import hide_note
from forums.prioritising import DotRefused, close_dots, open_dots, put_dot, take_dot
from forums.working import NotNow, close_round, open_round

from .room import E, O, make_room


@pytest.fixture
def room(cast):
    room = make_room(cast, tables=2, each=2)
    room.open(E)
    room.notes = [room.write(1 + number % 2, E, f"Anteckning {number}") for number in range(5)]
    close_round(room.round_of(E), by=cast.fatima)
    return room


@pytest.fixture
def dotting(room):
    open_dots(room.work, by=room.cast.fatima)
    return room


def test_everybody_has_three_and_may_move_them(dotting):
    me, key = dotting.seated[1, E][0], secrets.token_bytes(32)
    for note in dotting.notes[:3] * 2:
        put_dot(note, key=key, by=me)
    with pytest.raises(DotRefused):
        put_dot(dotting.notes[3], key=key, by=me)
    take_dot(dotting.notes[1], key=key, by=me)
    take_dot(dotting.notes[1], key=key, by=me)
    put_dot(dotting.notes[3], key=key, by=me)
    assert set(Dot.objects.values_list("note", flat=True)) == {dotting.notes[n].pk for n in (0, 2, 3)}


def test_the_count_is_of_people_and_knows_the_voice(dotting):
    first, second, third = dotting.seated[1, E][0], dotting.seated[1, E][1], dotting.seated[2, O][0]
    for person in (first, second, third):
        put_dot(dotting.notes[2], key=person.email.encode(), by=person)
    put_dot(dotting.notes[4], key=first.email.encode(), by=first)
    ranked = Note.objects.priorities_of(dotting.work)
    told = [(note.text, note.dots_in_all, note.dots_elected, note.dots_official) for note in ranked]
    assert told == [("Anteckning 2", 3, 2, 1), ("Anteckning 4", 1, 1, 0)]
    hide_note(dotting.notes[2], reason="Pekar ut någon", by=dotting.cast.fatima)
    assert [note.text for note in Note.objects.priorities_of(dotting.work)] == ["Anteckning 4"]


def test_a_dot_on_a_note_that_was_hidden_comes_back(dotting):
    me, key = dotting.seated[1, E][0], b"k" * 32
    for note in dotting.notes[:3]:
        put_dot(note, key=key, by=me)
    hide_note(dotting.notes[0], reason="Pekar ut någon", by=dotting.cast.fatima)
    put_dot(dotting.notes[3], key=key, by=me)
    assert Dot.objects.count() == 3
    with pytest.raises(DotRefused):
        put_dot(dotting.notes[0], key=key, by=me)


def test_another_browser_gives_no_more_dots(dotting):
    me = dotting.seated[1, E][0]
    put_dot(dotting.notes[0], key=b"a" * 32, by=me)
    with pytest.raises(DotRefused):
        put_dot(dotting.notes[1], key=b"b" * 32, by=me)
    put_dot(dotting.notes[1], key=b"c" * 32, by=dotting.seated[1, E][1])
    assert Dot.objects.count() == 2


def test_a_fourth_dot_does_not_fit_in_the_database(dotting):
    for place in (1, 2, 3):
        Dot.objects.create(
            group_work=dotting.work, note=dotting.notes[place], side=E, ballot="x", place=place
        )
    for place in (0, 1, 4):
        with pytest.raises(IntegrityError), transaction.atomic():
            Dot.objects.create(
                group_work=dotting.work, note=dotting.notes[0], side=E, ballot="x", place=place
            )


def test_no_row_leads_from_a_dot_to_a_person(dotting):
    me, key = dotting.seated[1, E][0], secrets.token_bytes(32)
    before = LogEntry.objects.count()
    put_dot(dotting.notes[0], key=key, by=me)
    assert LogEntry.objects.count() == before
    claim = Registration.objects.get(person=me, forum=dotting.forum).dots_claim
    dot = json.loads(serialize("json", Dot.objects.all()))[0]["fields"]
    assert set(dot) == {"group_work", "note", "side", "ballot", "place"}
    assert claim
    assert claim != dot["ballot"]
    assert key.hex() not in (claim, dot["ballot"])


def test_only_those_at_the_tables_put_dots_on_notes_that_are_theirs_to_judge(dotting):
    dotting.work.dots_on = "table"
    dotting.work.save(update_fields=["dots_on"])
    me = dotting.seated[1, E][0]
    with pytest.raises(DotRefused):
        put_dot(dotting.notes[1], key=b"k" * 32, by=me)  # of table 2
    put_dot(dotting.notes[0], key=b"k" * 32, by=me)
    with pytest.raises(DotRefused):
        put_dot(dotting.notes[0], key=b"l" * 32, by=dotting.cast.per)
    other = make_room(dotting.cast)
    with pytest.raises(DotRefused):
        put_dot(dotting.notes[0], key=b"m" * 32, by=other.seated[1, E][0])


def test_dots_have_their_time(room):
    me, fatima = room.seated[1, E][0], room.cast.fatima
    with pytest.raises(DotRefused):
        put_dot(room.notes[0], key=b"k" * 32, by=me)
    for _ in range(2):
        work = open_dots(room.work, by=fatima)
    with pytest.raises(NotNow):
        open_round(room.round_of(O), by=fatima)
    put_dot(room.notes[0], key=b"k" * 32, by=me)
    for _ in range(2):
        close_dots(work, by=fatima)
    with pytest.raises(DotRefused):
        put_dot(room.notes[1], key=b"k" * 32, by=me)
    with pytest.raises(DotRefused):
        take_dot(room.notes[0], key=b"k" * 32, by=me)
    with pytest.raises(NotNow):
        open_dots(work, by=fatima)
    assert open_round(room.round_of(O), by=fatima).state == "open"


def test_dots_wait_for_the_writing_and_for_something_written(cast):
    room = make_room(cast)
    with pytest.raises(NotNow):
        open_dots(room.work, by=cast.fatima)
    room.open(E)
    with pytest.raises(NotNow):
        open_dots(room.work, by=cast.fatima)
    close_round(room.round_of(E), by=cast.fatima)
    with pytest.raises(NotNow):
        open_dots(room.work, by=cast.fatima)


def test_closing_the_group_work_ends_the_dots_too(dotting):
    put_dot(dotting.notes[0], key=b"k" * 32, by=dotting.seated[1, E][0])
    dotting.close()
    dotting.work.refresh_from_db()
    assert dotting.work.has_prioritised
    assert Note.objects.priorities_of(dotting.work).get().dots_in_all == 1
