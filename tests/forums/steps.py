"""What people do with their places, as steps of a machine that tries them in any order, with a clock."""

from datetime import timedelta
from unittest import mock

from django.db import transaction
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from accounts.refusals import Refusal
from forums import registering
from forums.models import Registration

State, Mode = Registration.State, Registration.Mode
PEOPLE = 6
people = st.integers(0, PEOPLE - 1)


class Steps(RuleBasedStateMachine):
    """A forum, six people and a clock. `hold_after_every_sequence` puts in `setting`: (forum, people)."""

    setting = None

    def __init__(self):
        super().__init__()
        self.forum, self.people = self.setting
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.now = timezone.now()
        self.clock = mock.patch("django.utils.timezone.now", lambda: self.now)
        self.clock.start()

    def teardown(self):
        self.clock.stop()
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def answers(self):
        return Registration.objects.filter(forum=self.forum)

    def states(self):
        return set(self.answers().values_list("pk", "state"))

    def try_to(self, verb, *args, **kwargs):
        """Do it. A refusal is as good an answer, as long as it adds or moves none but by the clock: those
        whose offers ran out, and those who come after them."""
        expired, before = self.answers().expired_offers(self.now).exists(), self.states()
        try:
            with transaction.atomic():
                verb(*args, **kwargs)
        except Refusal:
            assert self.states() == before or expired
        # Two answers never come in the same microsecond.
        self.now += timedelta(seconds=1)

    @rule(who=people)
    def decline(self, who):
        self.try_to(registering.decline, self.forum, person=self.people[who], by=self.people[who])

    @rule(who=people)
    def cancel(self, who):
        for answer in self.answers().filter(person=self.people[who]):
            self.try_to(registering.cancel, answer, by=answer.person)

    @rule(who=people)
    def accept(self, who):
        for answer in self.answers().filter(person=self.people[who]):
            self.try_to(registering.accept_offer, answer, by=answer.person)

    @rule(hours=st.sampled_from([1, 7, 25, 100]))
    def wait(self, hours):
        self.now += timedelta(hours=hours)
        registering.pass_on(self.forum)

    @precondition(lambda self: self.now < self.forum.answers_close_at)
    @rule()
    def let_answers_close(self):
        self.now = self.forum.answers_close_at
        registering.pass_on(self.forum)

    @precondition(lambda self: self.answers().filter(state=State.OFFERED).exists())
    @rule()
    def let_an_offer_expire(self):
        self.now = self.answers().filter(state=State.OFFERED).earliest("offered_until").offered_until
        registering.pass_on(self.forum)


def hold_after_every_sequence(steps, forum, people, *, examples, length):
    """Try the steps of the class `steps` in so many sequences of so many; its invariants hold after each.

    The same sequences every time, so that a failure is not a matter of luck.
    """
    for person in people:
        assert person.reach.in_service  # fetched once, before the clock moves
    run_state_machine_as_test(
        type(steps.__name__, (steps,), {"setting": (forum, people)}),
        settings=settings(max_examples=examples, stateful_step_count=length),
    )
