"""Seats kept for a side or a unit, each with a queue of its own; and the organiser who overrules it."""

from datetime import timedelta

import pytest
import time_machine

from accounts.models import LogEntry, Mail, Side
from forums import overruling, planning, registering
from forums.apportioning import QuotasOverSeats, QuotaTooSmall, QuotaTwice, full_for, set_quotas
from forums.attending import participation_of
from forums.models import Registration
from tests.cast import assign

State = Registration.State
E, O = Side.ELECTED, Side.OFFICIAL  # noqa: E741


@pytest.fixture
def forum(cast, make_forum):
    """Four seats: one for the elected, two for officials, one for anybody else."""
    forum = make_forum(seats=4)
    set_quotas(forum, quotas=[(E, None, 1), (O, None, 2)], by=cast.fatima)
    return forum


def register(forum, *people):
    return [registering.register(forum, person=person, by=person).state for person in people]


def answer(person):
    return Registration.objects.get(person=person)


def sound(forum):
    """The counters are those of the rows, and none is over its seats."""
    forum.refresh_from_db()
    holding = forum.registrations.holding_seats()
    assert forum.seats_taken == holding.count() <= forum.seats
    for quota in forum.quotas.all():
        assert quota.seats_taken == holding.filter(quota=quota).count() <= quota.seats
    return forum


def test_the_sides_are_never_mixed_up(cast, forum):
    assert register(forum, cast.elsa, cast.folke) == [State.REGISTERED, State.WAITING]
    assert register(forum, cast.maja, cast.ulla, cast.olof) == [
        State.REGISTERED,
        State.REGISTERED,
        State.WAITING,
    ]
    # Each queue has its own first place, and a seat goes to its own.
    assert answer(cast.folke).queue_place == answer(cast.olof).queue_place == 1
    registering.cancel(answer(cast.ulla), by=cast.ulla)
    assert answer(cast.olof).state == State.OFFERED
    assert answer(cast.folke).state == State.WAITING
    sound(forum)


def test_the_first_quota_that_fits_counts_and_the_rest_share_what_is_left(cast, make_forum):
    forum = make_forum(seats=3)
    quotas = [("", cast.units.social, 1), (O, None, 1)]
    set_quotas(forum, quotas=quotas, by=cast.fatima)
    # Maja and Olof belong to Socialförvaltningen, Ulla to another, Elsa and Folke are elected.
    register(forum, cast.maja, cast.ulla, cast.elsa)
    assert [answer(p).quota and answer(p).quota.order for p in (cast.maja, cast.ulla, cast.elsa)] == [
        0,
        1,
        None,
    ]
    assert register(forum, cast.olof, cast.folke) == [State.WAITING, State.WAITING]
    registering.cancel(answer(cast.elsa), by=cast.elsa)
    assert answer(cast.folke).state == State.OFFERED
    assert answer(cast.olof).state == State.WAITING
    sound(forum)


def test_quotas_set_late_count_those_who_have_answered(cast, make_forum):
    forum = make_forum(seats=3)
    register(forum, cast.elsa, cast.folke, cast.maja, cast.ulla)
    for quotas, refusal in [
        ([(E, None, 1)], QuotaTooSmall),
        ([(O, None, 2)], QuotaTooSmall),  # one seat would be left for two others
        ([(E, None, 2), (O, None, 2)], QuotasOverSeats),
        ([(E, None, 1), (E, None, 2)], QuotaTwice),
    ]:
        with pytest.raises(refusal):
            set_quotas(forum, quotas=quotas, by=cast.fatima)
        assert not sound(forum).has_quotas
    set_quotas(forum, quotas=[(E, None, 2), (O, None, 1)], by=cast.fatima)
    assert answer(cast.ulla).quota.side == O
    registering.cancel(answer(cast.folke), by=cast.folke)
    assert answer(cast.ulla).state == State.WAITING
    # Without quotas the free seat is anybody's.
    set_quotas(forum, quotas=[], by=cast.fatima)
    assert answer(cast.ulla).state == State.OFFERED
    sound(forum)


def test_seats_are_never_fewer_than_what_is_kept(cast, forum):
    with pytest.raises(planning.SeatsKept):
        planning.change_forum(forum, seats=2, by=cast.fatima)
    planning.change_forum(forum, seats=3, by=cast.fatima)
    assert sound(forum).seats == 3


def test_more_seats_in_a_quota_go_to_its_own_queue(cast, forum):
    register(forum, cast.elsa, cast.folke, cast.maja, cast.ulla, cast.olof)
    planning.change_forum(forum, seats=5, by=cast.fatima)
    assert {answer(cast.folke).state, answer(cast.olof).state} == {State.WAITING}
    set_quotas(forum, quotas=[(E, None, 2), (O, None, 2)], by=cast.fatima)
    assert answer(cast.folke).state == State.OFFERED
    sound(forum)


def test_who_holds_both_sides_changes_seats_with_the_side_or_keeps_the_one_they_have(cast, forum):
    assign(cast.elsa, cast.units.schools, "Rektor", is_manager=True)
    registering.register(forum, person=cast.elsa, by=cast.elsa, side=E)
    registering.register(forum, person=cast.elsa, by=cast.elsa, side=O)
    assert answer(cast.elsa).quota.side == O
    register(forum, cast.folke)
    with pytest.raises(registering.NoSeatOnThatSide):
        registering.register(forum, person=cast.elsa, by=cast.elsa, side=E)
    assert (answer(cast.elsa).side, answer(cast.elsa).quota.side) == (O, O)
    sound(forum)


def test_who_asked_to_be_seated_at_once_is(cast, make_forum):
    forum = make_forum(seats=1)
    register(forum, cast.maja)
    registering.register(forum, person=cast.ulla, by=cast.ulla, takes_free_seat=True)
    registering.cancel(answer(cast.maja), by=cast.maja)
    assert answer(cast.ulla).state == State.REGISTERED
    events = Mail.objects.filter(to=cast.ulla).order_by("queued_at").values_list("event", flat=True)
    assert list(events)[-2:] == ["waiting_list", "registration_confirmed"]
    sound(forum)


def test_an_organiser_seats_somebody_past_the_queue_with_a_chair_more(cast, forum):
    register(forum, cast.elsa, cast.folke, cast.maja, cast.ulla, cast.olof)
    give = {"person": cast.gunnar, "note": "Inleder dagen", "by": cast.fatima}
    with pytest.raises(overruling.NoSeatToGive):
        overruling.give_seat(forum, **give)
    for _press in range(2):
        overruling.give_seat(forum, **give, adds_seat=True)
    assert answer(cast.gunnar).state == State.REGISTERED
    assert answer(cast.gunnar).organiser_note == "Inleder dagen"
    assert sound(forum).seats == 5
    assert answer(cast.olof).state == State.WAITING
    entry = LogEntry.objects.get(event="seat.given")
    assert (entry.by, entry.details["added_seat"]) == (cast.fatima, True)
    assert "Inleder" not in str(entry.details)


def test_whoever_holds_both_sides_counts_as_elected_wherever_they_have_not_said(cast, make_forum):
    """What the door says is free is what `give_seat` gives, and what the lists call them."""
    forum = make_forum(seats=2)
    set_quotas(forum, quotas=[(E, None, 1), (O, None, 1)], by=cast.fatima)
    assign(cast.maja, cast.units.board, "Ersättare", side=E)  # beside the post that she manages by
    register(forum, cast.elsa)
    forum.refresh_from_db()
    assert full_for(forum, [cast.maja.pk, cast.ulla.pk]).keys() == {cast.maja.pk}
    assert full_for(forum, [cast.maja.pk])[cast.maja.pk].side == E
    with pytest.raises(overruling.NoSeatToGive):
        overruling.give_seat(forum, person=cast.maja, note="Ringde", by=cast.fatima)
    invited = [part.invited for part in participation_of(forum) if part.side == E]
    assert sum(invited) == 3, "Elsa, Folke and Maja"
    overruling.give_seat(forum, person=cast.maja, note="Ringde", by=cast.fatima, adds_seat=True)
    assert answer(cast.maja).side == answer(cast.maja).quota.side == E


def test_an_organiser_may_give_a_free_seat_after_the_deadline(cast, make_forum):
    forum = make_forum(seats=1)
    with time_machine.travel(forum.registration_closes_at + timedelta(hours=1)):
        overruling.give_seat(forum, person=cast.maja, note="Ringde", by=cast.fatima)
    assert answer(cast.maja).state == State.REGISTERED
    with time_machine.travel(forum.ends_at), pytest.raises(overruling.NotComing):
        overruling.give_seat(forum, person=cast.ulla, note="Ringde", by=cast.fatima, adds_seat=True)
    with pytest.raises(overruling.NotInService):
        overruling.give_seat(forum, person=cast.former, note="Ringde", by=cast.fatima, adds_seat=True)
    sound(forum)


def test_a_held_seat_that_is_overruled_is_its_holders_own(cast, make_forum):
    forum = make_forum(seats=1)
    register(forum, cast.maja, cast.ulla)
    registering.cancel(answer(cast.maja), by=cast.maja)
    overruling.give_seat(forum, person=cast.ulla, note="Har ringt", by=cast.fatima)
    assert answer(cast.ulla).state == State.REGISTERED
    sound(forum)
