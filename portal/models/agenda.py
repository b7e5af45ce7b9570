"""What a person's coming forums ask of them."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import caches
from django.db.models import Q, prefetch_related_objects
from django.utils import timezone

from accounts.models import Person, Prepared, Role
from forums.models import Forum, GroupWork, Registration, answers_of
from news.models import Article, ReviewStep, Version

# Coming forums read for one page; nobody has more of their own at once.
MOST_FORUMS = 40
COMMITMENTS_SHOWN = 4
STEPS_SHOWN = 5
TEXTS_SHOWN = 5
# Seconds after which a start page knows that something new must be read.
ASKED_KEPT_FOR = 60
# A summary that nobody has begun so long after the group work is not waited for any more.
DRAFTED_WITHIN = timedelta(days=30)
AWAY = Registration.AWAY


def _concerning(person, at, *, text):
    """The coming forums that ask for the person's answer or have it."""
    forums = Forum.objects.coming(at).visible_to(person).with_answer_of(person)
    mine = Q(asks_me=True) | Q(pk__in=person.registrations.values("forum"))
    return forums.prefetch_related(None).select_related("group_work").filter(mine)[:MOST_FORUMS]


CONCERNING = Prepared(_concerning)
WAITING_STEPS = Prepared(
    lambda person, at, *, text: ReviewStep.objects.waiting_for(person).select_related("version")[
        :STEPS_SHOWN
    ],
    by_side=True,
)
TO_CONFIRM = Prepared(
    lambda person, at, *, text: (
        Version.objects.to_confirm_by(person, at)
        .select_related("article")
        .defer("body")
        .order_by("-updated_at")[:TEXTS_SHOWN]
    )
)
PROMISED = Prepared(
    lambda person, at, *, text: person.commitments.unfinished().select_related("forum")[:COMMITMENTS_SHOWN]
)


def steps_for(person):
    """The first review steps that wait for the person, with what a line about each shows."""
    return WAITING_STEPS.ask(person)


def to_confirm_by(person):
    """The latest versions that the person must read and has not confirmed, with their articles. No query
    for those of whom nothing has been asked, as of the last minute: that is almost everybody, always."""
    return TO_CONFIRM.ask(person) if _audiences_asked() & person.reach.audiences else []


def _audiences_asked():
    """The ids of the audiences that are asked to confirm something."""
    kept = caches["template_fragments"]
    ids = kept.get("audiences-asked")
    if ids is None:
        ids = set(Article.objects.filter(must_read=True).values_list("audience", flat=True))
        kept.set("audiences-asked", ids, ASKED_KEPT_FOR)
    return ids


def to_summarise_by(person):
    """The forums whose group work has been closed of late and whose summary nobody has begun, that the person
    may draft and does not sign; latest first. One query, and none for those who write for no unit."""
    units = person.reach.units_as(Role.COMMUNICATOR)
    if not units:
        return []
    since = timezone.now() - DRAFTED_WITHIN
    closed = GroupWork.objects.filter(state=GroupWork.State.CLOSED, closed_at__gt=since)
    closed = closed.exclude(leader_elected=person).exclude(leader_official=person)
    forums = Forum.objects.visible_to(person).filter(group_work__in=closed, summary=None)
    forums = forums if None in units else forums.filter(unit__in=units)
    return list(forums.prefetch_related(None).order_by("-group_work__closed_at")[:TEXTS_SHOWN])


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
