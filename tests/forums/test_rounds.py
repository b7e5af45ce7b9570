"""The clock of a round: pausing, going on, extending."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import LogEntry
from forums.models import Note
from forums.prioritising import close_dots, open_dots
from forums.working import (
    NotNow,
    close_round,
    extend_round,
    open_round,
    pause_round,
    reopen_round,
    resume_round,
)

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


def test_the_page_tells_what_is_left_before_its_script_does(room, clock, client_as):
    """Written anew each time the table writes, it would else be empty until the script counts."""
    room.open(E)
    clock.shift(5 * MINUTE)
    address = f"/forum/{room.forum.slug}/grupparbete/"
    client = client_as(room.seated[1, E][0])
    for path in (address, f"{address}innehall/"):
        assert ">15:00</span>" in client.get(path).text


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


def test_a_round_that_a_thumb_closed_goes_on_with_the_time_that_was_left(room, clock):
    turn = room.open(E)
    clock.shift(5 * MINUTE)
    close_round(turn, by=room.cast.olof)
    clock.shift(MINUTE)
    for _ in range(2):
        turn = reopen_round(turn, by=room.cast.elsa)
    assert (turn.state, turn.left) == ("open", 14 * MINUTE)
    assert room.write(1, E, "Det vi inte hann").text
    entry = LogEntry.objects.get(event="round.reopened")
    assert (entry.by, entry.details) == (room.cast.elsa, {"round": 1})


def test_a_round_whose_time_was_up_gets_two_minutes(room, clock):
    turn = room.open(E)
    clock.shift(30 * MINUTE)
    close_round(turn, by=room.cast.fatima)
    assert reopen_round(turn, by=room.cast.fatima).left == 2 * MINUTE


def test_what_a_pause_gave_stays_when_the_round_is_opened_again(room, clock):
    turn = pause_round(room.open(E), by=room.cast.fatima)
    clock.shift(30 * MINUTE)
    close_round(turn, by=room.cast.fatima)
    turn = reopen_round(turn, by=room.cast.fatima)
    assert (turn.is_paused, turn.left) == (False, 20 * MINUTE)


def test_an_earlier_round_is_opened_again_between_two_others(room, clock):
    fatima, later = room.cast.fatima, room.open(O)
    with pytest.raises(NotNow):
        reopen_round(room.round_of(E), by=fatima)  # the other one is open
    close_round(later, by=fatima)
    reopen_round(room.round_of(E), by=fatima)
    with pytest.raises(NotNow):
        reopen_round(later, by=fatima)
    assert room.work.current_round == room.round_of(E)


def test_what_was_never_open_or_is_over_for_good_is_not_opened_again(room, clock):
    fatima, turn = room.cast.fatima, room.round_of(E)
    with pytest.raises(NotNow):
        reopen_round(turn, by=fatima)  # the work hasn't begun
    room.open(E)
    with pytest.raises(NotNow):
        reopen_round(room.round_of(O), by=fatima)
    room.write(1, E, "En tanke")
    close_round(turn, by=fatima)
    with pytest.raises(NotNow):
        reopen_round(room.round_of(O), by=fatima)  # its turn is to come
    open_dots(room.work, by=fatima)
    with pytest.raises(NotNow):
        reopen_round(turn, by=fatima)
    close_dots(room.work, by=fatima)
    frozen = room.close().figures
    for again in (reopen_round, open_round):
        with pytest.raises(NotNow):
            again(turn, by=fatima)
    assert not room.work.rounds.exclude(state="closed").exists()
    assert room.close().figures == frozen
    assert not LogEntry.objects.filter(event="round.reopened").exists()


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
