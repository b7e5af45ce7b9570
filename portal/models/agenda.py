"""What a person's coming forums ask of them."""

from dataclasses import dataclass

from django.db.models import Q, prefetch_related_objects
from django.utils import timezone

from accounts.models import Person, Prepared
from forums.models import Forum, Registration, answers_of
from news.models import ReviewStep

# Coming forums read for one page; nobody has more of their own at once.
MOST_FORUMS = 40
COMMITMENTS_SHOWN = 4
STEPS_SHOWN = 5
AWAY = (Registration.State.DECLINED, Registration.State.CANCELLED)


def _concerning(person, at, *, text):
    """The coming forums that ask for the person's answer or have it."""
    forums = Forum.objects.coming(at).visible_to(person).with_answer_of(person)
    mine = Q(asks_me=True) | Q(pk__in=person.registrations.values("forum"))
    return forums.prefetch_related(None).select_related("group_work").filter(mine)[:MOST_FORUMS]


CONCERNING = Prepared(_concerning)
WAITING_STEPS = Prepared(
    lambda person, at, *, text: ReviewStep.objects.waiting_for(person).select_related("version")[:STEPS_SHOWN]
)
PROMISED = Prepared(
    lambda person, at, *, text: person.commitments.unfinished().select_related("forum")[:COMMITMENTS_SHOWN]
)


def steps_for(person):
    """The first review steps that wait for the person, with what a line about each shows."""
    return WAITING_STEPS.ask(person)


def promised_by(person):
    """The first unfinished commitments of the person, with their forums."""
    return PROMISED.ask(person)


@dataclass(frozen=True)
class Agenda:
    """The coming forums that ask for a person's answer or have it, soonest first."""

    forums: list[Forum]

    @classmethod
    def of(cls, person: Person):
        """Fetch the agenda of `person`. Two queries, one where it is empty."""
        forums = CONCERNING.ask(person)
        prefetch_related_objects(forums, answers_of(person))
        return cls(forums)

    @property
    def next(self):
        """The soonest forum that the person does not stay away from; None for none."""
        coming_to = (f for f in self.forums if f.my_answer is None or f.my_answer.state not in AWAY)
        return next(coming_to, None)

    @property
    def offers(self):
        """Forums in which a seat is held for the person now."""
        now = timezone.now()
        held = [f for f in self.forums if f.my_answer and f.my_answer.is_offer]
        return [f for f in held if f.my_answer.offered_until > now]

    @property
    def unanswered(self):
        """Forums that still take the answer they asked for."""
        return [f for f in self.forums if f.asks_me and not f.my_answer and f.is_open_for_answers]

    @property
    def answered(self):
        return [f for f in self.forums if f.my_answer]
