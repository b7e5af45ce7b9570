"""Forty people at once for seven seats, over real connections."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from threading import Barrier

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from accounts.models import Side
from forums import registering
from forums.apportioning import set_quotas
from forums.models import Forum, Registration

SEATS, PEOPLE, AT_ONCE = 7, 40, 10

pytestmark = pytest.mark.django_db(transaction=True)


def all_at_once(do, things):
    """Call `do` with each thing, on threads that start together, each with its own connection."""
    start = Barrier(AT_ONCE)

    def run(mine):
        start.wait()
        try:
            return [do(thing) for thing in mine]
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, [things[number::AT_ONCE] for number in range(AT_ONCE)]))


def test_seven_seats_have_seven_winners_and_the_rest_queue_in_order(cast, make_forum, managers):
    people = managers(PEOPLE)
    forum = make_forum(seats=SEATS)
    all_at_once(lambda person: registering.register(forum, person=person, by=person), people)

    forum.refresh_from_db()
    registered = forum.registrations.registered()
    assert registered.count() == forum.seats_taken == SEATS
    waiting = list(forum.registrations.waiting())
    assert [answer.queue_place for answer in waiting] == list(range(1, PEOPLE - SEATS + 1))
    assert max(answer.answered_at for answer in registered) <= waiting[0].queued_at


def test_the_last_seat_has_one_winner_of_two_hundred(cast, make_forum, managers):
    """`make bench-registration` lets 2,000 people ask by the web; here they ask the verb."""
    people = managers(200)
    forum = make_forum(seats=2)
    registering.register(forum, person=cast.elsa, by=cast.elsa)
    states = [
        state
        for answered in all_at_once(
            lambda person: registering.register(forum, person=person, by=person).state, people
        )
        for state in answered
    ]
    assert sorted(states) == ["registered"] + ["waiting"] * 199
    forum.refresh_from_db()
    assert forum.seats_taken == forum.registrations.holding_seats().count() == 2


@pytest.mark.parametrize("side", ["", Side.OFFICIAL])
def test_the_last_seat_of_a_units_quota_has_one_winner_and_the_others_seats_are_left(
    cast, make_forum, managers, side
):
    """The schools ask for their last seat while the others ask for those that no quota keeps."""
    schools, others = managers(PEOPLE), [cast.maja, cast.olof, cast.elsa, cast.folke, cast.gunnar]
    forum = make_forum(seats=6)
    set_quotas(forum, quotas=[(side, cast.units.schools, 2)], by=cast.fatima)
    registering.register(forum, person=cast.ulla, by=cast.ulla)
    everybody = schools[::2] + others + schools[1::2]
    all_at_once(lambda person: registering.register(forum, person=person, by=person), everybody)
    registered = forum.registrations.registered()
    assert registered.filter(quota__unit=cast.units.schools).exclude(person=cast.ulla).count() == 1
    assert registered.filter(quota=None).count() == 4
    assert set(registered.filter(quota=None).values_list("person", flat=True)) < {p.pk for p in others}
    forum.refresh_from_db()
    quota = forum.quotas.get()
    assert (forum.seats_taken, quota.seats_taken) == (6, 2)
    assert forum.registrations.waiting().filter(quota=quota).count() == PEOPLE - 1
    assert forum.registrations.waiting().filter(quota=None).count() == 1


def test_one_person_pressing_ten_times_at_once_is_registered_once(cast, make_forum, managers):
    forum = make_forum(seats=SEATS)
    all_at_once(lambda person: registering.register(forum, person=person, by=person), [cast.maja] * PEOPLE)
    forum.refresh_from_db()
    assert forum.seats_taken == forum.registrations.count() == 1


def test_seats_given_up_while_others_arrive_leave_no_seat_empty(cast, make_forum, managers):
    people = managers(PEOPLE)
    forum = make_forum(seats=SEATS)
    for person in people[:SEATS]:
        registering.register(forum, person=person, by=person)

    def come_or_go(person):
        answer = Registration.objects.filter(person=person).first()
        if answer:
            registering.cancel(answer, by=person)
        else:
            registering.register(forum, person=person, by=person)

    all_at_once(come_or_go, people)
    forum.refresh_from_db()
    assert forum.seats_taken == forum.registrations.holding_seats().count() == SEATS
    assert forum.registrations.waiting().count() == PEOPLE - 2 * SEATS


def test_an_offer_runs_out_once_however_many_look(cast, make_forum, managers):
    people = managers(3)
    forum = make_forum(seats=1)
    for person in people:
        registering.register(forum, person=person, by=person)
    registering.cancel(Registration.objects.get(person=people[0]), by=people[0])
    Registration.objects.filter(person=people[1]).update(offered_until=timezone.now())

    all_at_once(lambda _look: registering.pass_on(forum), list(range(AT_ONCE)))
    forum.refresh_from_db()
    assert forum.seats_taken == 1
    assert Registration.objects.get(person=people[2]).state == Registration.State.OFFERED


def test_the_database_itself_refuses_a_seat_too_many(cast, make_forum):
    """What holds at any moment, also between two verbs and for whoever writes past them."""
    forum = make_forum(seats=SEATS)
    set_quotas(forum, quotas=[(Side.ELECTED, None, 2)], by=cast.fatima)
    for taken in (SEATS, SEATS + 1):
        with pytest.raises(IntegrityError) if taken > SEATS else nullcontext():
            Forum.objects.filter(pk=forum.pk).update(seats_taken=taken)
    with pytest.raises(IntegrityError):
        Forum.objects.filter(pk=forum.pk).update(seats=SEATS - 1)
    with pytest.raises(IntegrityError):
        forum.quotas.update(seats_taken=3)
    forum.refresh_from_db()
    assert (forum.seats, forum.seats_taken, forum.quotas.get().seats_taken) == (SEATS, SEATS, 0)
