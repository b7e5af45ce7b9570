"""The clock of a round: pausing, going on, extending."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from forums.models import Note
from forums.working import NotNow, close_round, extend_round, pause_round, resume_round

from .room import E, O, make_room

NOON = datetime(2026, 10, 8, 12, tzinfo=timezone.get_default_timezone())
MINUTE = timedelta(minutes=1)


@pytest.fixture
def room(cast):
    return make_room(cast)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def test_a_pause_keeps_the_time_that_was_left(room, clock):
    fatima, turn = room.cast.fatima, room.open(E)
    clock.shift(5 * MINUTE)
    for _ in range(2):
        pause_round(turn, by=fatima)
    clock.shift(30 * MINUTE)
    turn.refresh_from_db()
    assert (turn.is_paused, turn.left) == (True, 15 * MINUTE)
    assert room.write(1, E, "En halv mening, färdig i pausen").text
    for _ in range(2):
        resume_round(turn, by=fatima)
    turn.refresh_from_db()
    assert turn.closes_at == NOON + 50 * MINUTE
    clock.shift(15 * MINUTE)
    assert turn.left == timedelta()


def test_an_extension_is_counted_from_the_end_or_from_now(room, clock):
    fatima, turn = room.cast.fatima, room.open(E)
    turn = extend_round(turn, minutes=5, after=timedelta(), by=fatima)
    assert turn.closes_at == NOON + 25 * MINUTE
    clock.shift(28 * MINUTE)
    turn = extend_round(turn, minutes=5, after=turn.added, by=fatima)
    assert turn.left == 5 * MINUTE


def test_two_who_press_at_once_give_one_extension(room, clock):
    turn = room.open(E)
    for who in (room.cast.olof, room.cast.elsa):
        extend_round(turn, minutes=5, after=timedelta(), by=who)
    turn.refresh_from_db()
    assert turn.added == 5 * MINUTE


def test_a_paused_round_can_be_extended_and_closed(room, clock):
    fatima, turn = room.cast.fatima, room.open(E)
    pause_round(turn, by=fatima)
    clock.shift(10 * MINUTE)
    extend_round(turn, minutes=5, after=timedelta(), by=fatima)
    turn.refresh_from_db()
    assert turn.left == 25 * MINUTE
    assert not close_round(turn, by=fatima).is_paused


def test_a_round_that_is_not_open_has_no_clock_to_stop(room, clock):
    fatima = room.cast.fatima
    turn = room.round_of(O)
    assert not pause_round(turn, by=fatima).is_paused
    assert not resume_round(turn, by=fatima).is_paused
    with pytest.raises(NotNow):
        extend_round(turn, minutes=5, after=timedelta(), by=fatima)
    pause_round(room.open(E), by=fatima)
    room.close()
    assert not room.work.rounds.filter(paused_at__isnull=False).exists()


def test_when_a_note_was_written_is_forgotten_in_an_anonymous_work(cast, clock):
    for anonymous, minutes in ((True, 0), (False, 3)):
        room = make_room(cast, anonymous=anonymous)
        room.open(E)
        room.write(1, E, "En tanke")
        clock.shift(3 * MINUTE)
        room.close()
        room.work.refresh_from_db()
        written_at = Note.objects.of_group_work(room.work).get().written_at
        assert room.work.closed_at - written_at == minutes * MINUTE
