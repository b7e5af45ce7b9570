"""What holds after every sequence of answers, changed seats and passing hours."""

from datetime import timedelta
from unittest import mock

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from forums import planning, registering
from forums.models import Forum, Registration
from forums.registering import CannotAnswer

State = Registration.State
PEOPLE = 6
people = st.integers(0, PEOPLE - 1)


class Queue(RuleBasedStateMachine):
    """A forum, six people and a clock. `setting` is put in by the test: (forum, people)."""

    setting = None

    def __init__(self):
        super().__init__()
        self.forum, self.people = self.setting
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.now = timezone.now()
        self.offered_before = self.registered_before = frozenset()
        self.clock = mock.patch("django.utils.timezone.now", lambda: self.now)
        self.clock.start()

    def teardown(self):
        self.clock.stop()
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @initialize(hours_left=st.sampled_from([2, 20, 90]), first=st.permutations(range(PEOPLE)))
    def most_have_answered(self, hours_left, first):
        closes_at = self.now + timedelta(hours=hours_left)
        Forum.objects.filter(pk=self.forum.pk).update(registration_closes_at=closes_at)
        self.forum.refresh_from_db()
        for who in first[:5]:
            self.register(who)

    def answers(self):
        return Registration.objects.filter(forum=self.forum)

    def try_to(self, verb, *args, **kwargs):
        """Do it; a refusal is fine, as long as it adds or moves no answer but those whose time was out."""
        expired = set(self.answers().expired_offers(self.now))
        before = set(self.answers().values_list("pk", "state"))
        try:
            verb(*args, **kwargs)
        except CannotAnswer:
            after = set(self.answers().values_list("pk", "state"))
            assert after == before or expired
        # Two answers never come in the same microsecond.
        self.now += timedelta(seconds=1)

    @rule(who=people)
    def register(self, who):
        before = list(self.answers().waiting().values_list("person_id", flat=True))
        person = self.people[who]
        self.try_to(registering.register, self.forum, person=person, by=person)
        answer = self.answers().filter(person=person).first()
        if answer and answer.state == State.REGISTERED and person.pk not in before:
            overtaken = set(before) & set(self.answers().waiting().values_list("person_id", flat=True))
            was_offered = answer.pk in self.offered_before
            assert was_offered or answer.pk in self.registered_before or not overtaken

    @rule(who=people)
    def decline(self, who):
        person = self.people[who]
        self.try_to(registering.decline, self.forum, person=person, by=person)

    @rule(who=people)
    def cancel(self, who):
        for answer in self.answers().filter(person=self.people[who]):
            self.try_to(registering.cancel, answer, by=answer.person)

    @rule(who=people)
    def accept(self, who):
        for answer in self.answers().filter(person=self.people[who]):
            self.try_to(registering.accept_offer, answer, by=answer.person)

    @rule(seats=st.integers(1, 5) | st.none())
    def change_seats(self, seats):
        forum = Forum.objects.get(pk=self.forum.pk)
        fits = seats is None or forum.seats_taken <= seats
        try:
            planning.change_forum(forum, seats=seats, by=forum.organiser)
        except planning.SeatsTaken:
            assert not fits
        else:
            assert fits

    @rule(hours=st.sampled_from([1, 7, 25]))
    def wait(self, hours):
        self.now += timedelta(hours=hours)
        registering.pass_on(self.forum)

    @precondition(lambda self: self.answers().filter(state=State.OFFERED).exists())
    @rule()
    def let_an_offer_expire(self):
        self.now = self.answers().filter(state=State.OFFERED).earliest("offered_until").offered_until
        registering.pass_on(self.forum)

    @invariant()
    def the_rules_hold(self):
        forum = Forum.objects.get(pk=self.forum.pk)
        answers = list(self.answers().order_by("queued_at", "pk"))
        holding = [answer for answer in answers if answer.holds_a_seat]
        waiting = [answer for answer in answers if answer.state == State.WAITING]
        assert forum.seats_taken == len(holding)
        assert forum.seats is None or len(holding) <= forum.seats
        assert len({answer.person_id for answer in answers}) == len(answers)
        for answer in answers:
            if answer.is_offer:
                assert self.now - timedelta(seconds=2) <= answer.offered_until <= forum.answers_close_at
        if waiting and forum.is_open_for_answers:
            assert forum.is_full, "a seat is free while somebody waits"
        # Who was offered a seat had waited longer than everybody who still waits.
        for offer in (answer for answer in answers if answer.is_offer and answer.queued_at):
            assert all(offer.queued_at <= other.queued_at for other in waiting)
        self.offered_before = {answer.pk for answer in answers if answer.is_offer}
        self.registered_before = {answer.pk for answer in answers if answer.takes_part}


@pytest.mark.django_db
def test_the_rules_of_the_queue_hold_after_every_sequence(cast, make_forum, managers):
    people = managers(PEOPLE)
    forum = make_forum(seats=2)
    for person in people:
        assert person.reach.in_service  # fetched once, before the clock moves
    machine = type("OneQueue", (Queue,), {"setting": (forum, people)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=30,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
            derandomize=True,
        ),
    )
