"""Writing notes at the tables."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import LogEntry, Person
from forums.models import Note
from forums.moderating import hide_note
from forums.noting import NoteRefused, StaleNote
from forums.permissions import seat_of
from forums.working import NotNow, close_round, open_group_work, open_round
from tests.cast import assign

from .room import E, O, make_room


@pytest.fixture
def room(cast):
    return make_room(cast)


def test_a_note_sent_again_is_the_same_note(room):
    room.open(E)
    note_id = uuid.uuid4()
    for _ in range(3):
        note = room.write(1, E, "Vi behöver lita på varandra.", "Tillit", "tillit!", note_id=note_id)
    assert Note.objects.count() == 1
    assert [term.text for term in note.terms.all()] == ["tillit"]


def test_the_writers_browser_may_edit_while_the_round_is_open(room):
    room.open(E)
    note = room.write(1, E, "Vi behöver tid.", "tid")
    room.write(1, E, "Vi behöver tid och kunskap.", "tid", "kunskap", note_id=note.pk)
    room.write(1, E, "Vi behöver kunskap.", "kunskap", note_id=note.pk)
    note.refresh_from_db()
    assert note.text == "Vi behöver kunskap."
    assert [term.text for term in note.terms.all()] == ["kunskap"]


def test_a_note_that_was_saved_is_saved_though_its_round_is_over_when_it_is_sent_again(room):
    """Its answer was lost on the way: the page must not say that it wasn't saved, for it was."""
    room.open(E)
    note = room.write(1, E, "Vi behöver tid.", "tid")
    close_round(room.round_of(E), by=room.cast.fatima)
    for _ in range(2):
        assert room.write(1, E, "Vi behöver tid.", "Tid", note_id=note.pk).pk == note.pk
    hide_note(note, reason="Påhopp", by=room.cast.olof)
    with pytest.raises(NoteRefused):
        room.write(1, E, "Vi behöver tid.", "tid", note_id=note.pk)
    assert Note.objects.get().text == "Vi behöver tid."


def test_an_edit_on_top_of_an_older_one_overwrites_nothing(room):
    room.open(E)
    note_id = uuid.uuid4()
    for _ in range(2):  # the answer to the first was lost, so it is sent again
        note = room.write(1, E, "Första", "mod", note_id=note_id, revision=0)
    assert note.revision == 1
    room.write(1, E, "Från telefonen", "mod", note_id=note_id, revision=1)
    with pytest.raises(StaleNote) as refusal:
        room.write(1, E, "Från datorn", "mod", note_id=note_id, revision=1)
    assert (refusal.value.note.text, refusal.value.note.revision) == ("Från telefonen", 2)
    assert Note.objects.get().text == "Från telefonen"
    room.write(1, E, "Från datorn", "mod", note_id=note_id, revision=2)
    assert (Note.objects.get().text, Note.objects.get().revision) == ("Från datorn", 3)
    with pytest.raises(StaleNote):  # other keywords are other words
        room.write(1, E, "Från datorn", "tillit", note_id=note_id, revision=2)


def test_only_the_side_whose_turn_it_is_writes(room):
    with pytest.raises(NoteRefused):
        room.write(1, E, "Innan det börjat")
    room.open(E)
    room.write(1, E, "I tur")
    with pytest.raises(NoteRefused):
        room.write(1, O, "Inte i tur")
    room.open(O)
    room.write(1, O, "I tur")
    with pytest.raises(NoteRefused):
        room.write(1, E, "Inte längre i tur")
    room.close()
    with pytest.raises(NoteRefused):
        room.write(1, O, "Efter att det stängts")
    assert Note.objects.count() == 2


def test_both_sides_write_in_a_round_of_both(room):
    room.open(E)
    room.work.rounds.filter(side=E).update(side="")
    room.write(1, E, "Vi")
    room.write(1, O, "Ni")
    assert Note.objects.count() == 2


def test_nobody_writes_at_a_table_or_in_a_voice_not_their_own(room):
    room.open(E)
    for person in (room.seated[2, E][0], room.seated[1, O][0], room.cast.per):
        with pytest.raises(NoteRefused):
            room.write(1, E, "Fel bord eller röst", by=person)
    other = make_room(room.cast)
    other.open(E)
    with pytest.raises(NoteRefused):  # a question of another forum
        room.tables = other.tables
        room.write(1, E, "Fel forum")
    assert not Note.objects.exists()


def test_a_mandate_that_has_ended_speaks_no_more(room):
    room.open(E)
    writer = room.seated[1, E][0]
    note = room.write(1, E, "Medan jag satt i nämnden", by=writer)
    assign(writer, room.cast.units.schools, "Lärare")  # still in service, on the other side
    writer.assignments.filter(side=E).update(ends_on=timezone.localdate() - timedelta(days=1))
    writer = Person.objects.get(pk=writer.pk)
    assert writer.reach.in_service
    assert seat_of(writer, room.forum) is None
    for note_id in (note.pk, None):
        with pytest.raises(NoteRefused):
            room.write(1, E, "Efter att jag lämnat den", note_id=note_id, by=writer)
    assert Note.objects.get().text == "Medan jag satt i nämnden"


@pytest.mark.parametrize(
    ("text", "keywords", "field"),
    [
        ("", ["tillit"], "text"),
        ("   \n ", [], "text"),
        ("x" * 501, [], "text"),
        ("Bra", ["a", "b", "c", "d", "e", "f", "g"], "keywords"),
        ("Bra", ["x" * 61], "keywords"),
    ],
)
def test_what_does_not_fit_is_refused_beside_its_field(room, text, keywords, field):
    room.open(E)
    with pytest.raises(NoteRefused) as refusal:
        room.write(1, E, text, *keywords)
    assert refusal.value.field == field
    assert not Note.objects.exists()


def test_the_limits_themselves_fit(room):
    room.open(E)
    note = room.write(1, E, "å" * 499 + "\r\n" + "", "x" * 60, "", "!!!", "b", "c", "d", "e", "f")
    assert len(note.text) == 499
    assert note.terms.count() == 6


def test_an_anonymous_note_has_no_key_to_a_person_anywhere(room):
    room.open(E)
    before = LogEntry.objects.count()
    writer = room.seated[1, E][0]
    note = room.write(1, E, "Hemligt", "tillit", by=writer)
    assert note.author is None
    assert LogEntry.objects.count() == before
    assert not LogEntry.objects.filter(by=writer).exists()
    # Somebody else at the table who doesn't know the id can't touch it; the id is all there is.
    room.write(1, E, "Ett annat", by=room.seated[1, E][1])
    assert Note.objects.get(pk=note.pk).text == "Hemligt"


def test_a_named_note_is_its_writers_own(cast):
    room = make_room(cast, anonymous=False)
    room.open(E)
    writer, neighbour = room.seated[1, E][:2]
    note = room.write(1, E, "Mitt namn står här", by=writer)
    assert note.author == writer
    with pytest.raises(NoteRefused):
        room.write(1, E, "Ändrad av en annan", note_id=note.pk, by=neighbour)


def test_hiding_needs_a_reason_and_is_logged_without_the_words(room):
    room.open(E)
    note = room.write(1, E, "Ett påhopp på en namngiven kollega")
    with pytest.raises(NoteRefused):
        hide_note(note, reason="  ", by=room.cast.fatima)
    hide_note(note, reason="Personangrepp", by=room.cast.fatima)
    hidden = hide_note(note, reason="En gång till", by=room.cast.olof)
    assert hidden.hidden_reason == "Personangrepp"
    assert not Note.objects.shown().exists()
    entry = LogEntry.objects.get(event="note.hidden")
    told = f"{entry.about_name} {entry.about_id} {entry.details}"
    assert "kollega" not in told
    assert str(note.pk) not in told
    with pytest.raises(NoteRefused):
        room.write(1, E, "Tillbaka igen", note_id=note.pk)


def test_rounds_open_one_at_a_time_and_in_order(room):
    fatima = room.cast.fatima
    with pytest.raises(NotNow):
        open_round(room.round_of(E), by=fatima)
    open_group_work(room.work, by=fatima)
    with pytest.raises(NotNow):
        open_round(room.round_of(O), by=fatima)
    opened = open_round(room.round_of(E), by=fatima)
    assert open_round(room.round_of(E), by=fatima).opened_at == opened.opened_at
    with pytest.raises(NotNow):
        open_round(room.round_of(O), by=fatima)
    close_round(room.round_of(E), by=fatima)
    close_round(room.round_of(E), by=fatima)
    with pytest.raises(NotNow):
        open_round(room.round_of(E), by=fatima)
    assert open_round(room.round_of(O), by=fatima).state == "open"


def test_group_work_without_tables_does_not_start(cast):
    room = make_room(cast, tables=0)
    with pytest.raises(NotNow):
        open_group_work(room.work, by=cast.fatima)
    with pytest.raises(NotNow):
        room.close()
