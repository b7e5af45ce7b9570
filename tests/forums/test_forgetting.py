"""When a round of an anonymous group work is closed, and when the work is, nothing in the database tells in
which order its notes came."""

import secrets
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from forums.committing import commit
from forums.guarding import add_insult
from forums.models import Concept, Dot, GroupWork, Mention, Note, Registration
from forums.prioritising import close_dots, open_dots, put_dot
from forums.working import close_round

from .room import E, O, make_room

HOW_MANY = 24  # that 24 of them come to lie in the order in which they came happens once in 6e23 times


def as_they_lie(model):
    """The keys of a table's rows in the order in which they lie in the file."""
    place = {"sqlite": "rowid", "postgresql": "ctid"}[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {model._meta.db_table} ORDER BY {place}")  # noqa: S608 - our own
        return [model._meta.pk.to_python(pk) for (pk,) in cursor.fetchall()]


def orders(written):
    """Every order in which the database could tell of these notes, by its name."""
    places = {pk: place for place, pk in enumerate(written)}
    mentions = dict(Mention.objects.values_list("pk", "note_id"))
    found = {
        "where notes lie": as_they_lie(Note),
        "numbers of mentions": [mentions[pk] for pk in sorted(mentions)],
        "where mentions lie": [mentions[pk] for pk in as_they_lie(Mention)],
    }
    return {name: [places[pk] for pk in order] for name, order in found.items()}


def in_order_of_coming(written):
    return {name for name, order in orders(written).items() if order == sorted(order)}


def words_of_notes():
    """Each note's words, in the order in which they were given."""
    return {note: [said.term.text for said in note.mentions.order_by("pk")] for note in Note.objects.all()}


@pytest.fixture
def room(cast):
    room = make_room(cast, tables=1, each=12)
    room.open(E)
    room.written = [
        room.write(1, E, f"Nummer {number}", "tillit", "mod", by=room.seated[1, E][number % 12]).pk
        for number in range(HOW_MANY)
    ]
    return room


@pytest.mark.django_db
def test_the_order_is_gone_when_the_work_is_closed(room, cast):
    promise = commit(
        room.forum,
        owner=cast.maja,
        unit=cast.units.schools,
        text="Vi möts varje månad.",
        due_on=timezone.localdate() + timedelta(days=30),
        notes=room.written[:3],
        by=cast.fatima,
    )
    assert len(in_order_of_coming(room.written)) == 3
    words = words_of_notes()
    before = {note.pk: (note.text, note.side, note.table_id, note.revision) for note in Note.objects.all()}
    room.close()
    assert in_order_of_coming(room.written) == set()
    after = {note.pk: (note.text, note.side, note.table_id, note.revision) for note in Note.objects.all()}
    assert after == before
    assert words_of_notes() == words
    assert set(Note.objects.values_list("written_at", flat=True)) == {GroupWork.objects.get().closed_at}
    assert set(promise.notes.values_list("pk", flat=True)) == set(room.written[:3])
    connection.check_constraints()


@pytest.mark.django_db
def test_it_is_gone_already_when_their_round_is_closed(room, cast):
    """The work goes on, perhaps for hours; a copy of the database from then tells no more either."""
    words = words_of_notes()
    close_round(room.round_of(E), by=cast.fatima)
    assert in_order_of_coming(room.written) == set()
    assert words_of_notes() == words
    (closed_at,) = set(Note.objects.values_list("written_at", flat=True))
    # Whoever writes in the next round is seen to write now, and the writers of this one may mend theirs.
    room.open(O)
    later = room.write(1, O, "I nästa runda", "tillit")
    mended = room.write(1, E, "Nummer noll", "tillit", note_id=room.written[0], by=room.seated[1, E][0])
    assert Note.objects.first() == later
    assert (mended.text, mended.written_at, mended.revision) == ("Nummer noll", closed_at, 2)
    connection.check_constraints()


@pytest.mark.django_db
def test_names_keep_their_order(cast):
    """Where notes are named, nothing needs to be forgotten."""
    room = make_room(cast, tables=1, each=2, anonymous=False)
    room.open(E)
    written = [room.write(1, E, f"Nummer {number}", "tillit").pk for number in range(HOW_MANY)]
    close_round(room.round_of(E), by=cast.fatima)
    room.close()
    assert len(in_order_of_coming(written)) == 3


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["round", "work"])
def test_nor_does_what_was_held_back_or_a_new_word_tell_the_hour(room, cast, ending):
    add_insult("tölpstolle", by=cast.fatima)
    held = room.write(1, E, "Du är en tölpstolle.", "alldeles nytt ord")
    assert Note.objects.held().filter(pk=held.pk).exists()
    before = timezone.now()
    if ending == "round":
        close_round(room.round_of(E), by=cast.fatima)
    else:
        room.close()
    (closed_at,) = set(Note.objects.values_list("written_at", flat=True))
    assert before < closed_at <= timezone.now()
    assert Note.objects.get(pk=held.pk).hidden_at == closed_at
    assert Concept.objects.get(terms__text="alldeles nytt ord").created_at == closed_at


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["dots", "work"])
def test_no_dot_follows_upon_its_claim(room, ending):
    close_round(room.round_of(E), by=room.cast.fatima)
    open_dots(room.work, by=room.cast.fatima)
    for person in room.seated[1, E] + room.seated[1, O]:
        put_dot(Note.objects.get(pk=room.written[0]), key=secrets.token_bytes(32), by=person)
    came = list(Dot.objects.order_by("pk").values_list("ballot", flat=True))
    assert Registration.objects.exclude(dots_claim="").count() == len(came) == HOW_MANY
    if ending == "dots":
        close_dots(room.work, by=room.cast.fatima)
    else:
        room.close()
    ballots = dict(Dot.objects.values_list("pk", "ballot"))
    assert sorted(ballots.values()) == sorted(came)
    assert [ballots[pk] for pk in sorted(ballots)] != came
    assert [ballots[pk] for pk in as_they_lie(Dot)] != came
