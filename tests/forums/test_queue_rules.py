"""What holds after every sequence of answers, changed seats and passing hours: one queue and its order."""

from datetime import timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from forums import planning, registering
from forums.models import Forum
from tests.forums.steps import PEOPLE, State, Steps, hold_after_every_sequence, people


class Queue(Steps):
    """A room in which seats are few."""

    def __init__(self):
        super().__init__()
        self.offered_before = self.registered_before = frozenset()
        self.in_before = None

    @initialize(
        hours_left=st.sampled_from([2, 20, 90]),
        hours_closed=st.sampled_from([0, 5, 60]),
        first=st.permutations(range(PEOPLE)),
    )
    def most_have_answered(self, hours_left, hours_closed, first):
        closes_at = self.now + timedelta(hours=hours_left)
        starts_at = closes_at + timedelta(hours=hours_closed)
        Forum.objects.filter(pk=self.forum.pk).update(
            registration_closes_at=closes_at, starts_at=starts_at, ends_at=starts_at + timedelta(hours=4)
        )
        self.forum.refresh_from_db()
        for who in first[:5]:
            self.register(who)

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
                assert self.now - timedelta(seconds=2) <= answer.offered_until <= forum.starts_at
        if waiting and forum.passes_seats_on:
            assert forum.is_full, "a seat is free while somebody waits"
        # Who was offered a seat had waited longer than everybody who still waits.
        for offer in (answer for answer in answers if answer.is_offer and answer.queued_at):
            assert all(offer.queued_at <= other.queued_at for other in waiting)
        # When answers have closed the queue moves on, and nobody new comes in.
        living = {answer.pk for answer in answers if answer.is_live}
        if self.in_before is not None:
            assert living <= self.in_before
        if self.now >= forum.answers_close_at:
            self.in_before = living
        self.offered_before = {answer.pk for answer in answers if answer.is_offer}
        self.registered_before = {answer.pk for answer in answers if answer.takes_part}


@pytest.mark.django_db
def test_the_rules_of_the_queue_hold_after_every_sequence(make_forum, managers):
    hold_after_every_sequence(Queue, make_forum(seats=2), managers(PEOPLE), examples=30, length=15)
