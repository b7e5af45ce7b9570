"""Announcing: who is asked to a forum, and how they hear of it."""

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Assignment, Person
from accounts.recording import record
from accounts.refusals import Refusal
from forums.circulating import circulate
from forums.models import Circular, Forum, Invitation, NamedPerson
from forums.queueing import hold


class CannotAnnounce(Refusal):
    """The forum cannot be announced or called off as it is. The message is for the organiser."""


class AlreadyPast(CannotAnnounce):
    message = _("The time to answer has already passed. Move the deadline or the forum first.")


class NobodyInvited(CannotAnnounce):
    message = _("The audience means nobody today. Choose another audience first, or name people.")


class NotAnnounced(CannotAnnounce):
    message = _("The forum is not announced.")


class CalledOff(CannotAnnounce):
    message = _("The forum has been called off.")


def people_to_invite(forum):
    """The people who are meant today (`Forum.people_meant`) and not invited yet."""
    invited = Invitation.objects.filter(forum=forum).values("person_id")
    return forum.people_meant().exclude(pk__in=invited)


def newcomers_to(forum):
    """`people_to_invite` to a forum that is announced, as long as it takes answers; none afterwards."""
    return people_to_invite(forum) if forum.is_open_for_answers else Person.objects.none()


def figures_of_invited(forum, people):
    """How many of `people_to_invite` there are: {"people", "sides", "units", "also", "guests", "left_out"}.

    Sides and units are pairs with the number of people, largest first; who holds two posts is in both.
    The last three are numbers of people whom the organiser has named.
    """
    also = forum.named.also().values("person_id")
    posts = (
        Assignment.objects.current()
        .filter(person__in=people)
        .filter(Q(pk__in=forum.audience.assignments().values("pk")) | Q(person__in=also))
    )

    def by(field):
        counted = posts.values_list(field).annotate(count=Count("person", distinct=True))
        return list(counted.order_by("-count", field))

    named = dict(forum.named.order_by().values_list("kind").annotate(Count("pk")))
    return {
        "people": people.count(),
        "sides": by("side"),
        "units": by("unit__name"),
        "also": named.get(NamedPerson.Kind.ALSO, 0),
        "guests": named.get(NamedPerson.Kind.GUEST, 0),
        "left_out": named.get(NamedPerson.Kind.LEFT_OUT, 0),
    }


@transaction.atomic
def announce(forum, *, by):
    """Make the forum known and invite its audience, each by mail with a calendar entry; return it.

    Done twice, it is done once.

    Raises:
        CalledOff, AlreadyPast, NobodyInvited.
    """
    forum = hold(forum)
    if forum.is_announced:
        return forum
    if forum.is_called_off:
        raise CalledOff
    if timezone.now() >= forum.answers_close_at:
        raise AlreadyPast
    forum.state, forum.announced_at = Forum.State.ANNOUNCED, timezone.now()
    forum.save(update_fields=["state", "announced_at"])
    count = _invite(forum)
    if not forum.invitations.exists():
        raise NobodyInvited
    record("forum.announced", about=forum, by=by, invited=count)
    return forum


@transaction.atomic
def invite_newcomers(forum, *, by):
    """Invite those who have joined the audience since; return how many they were.

    Raises:
        NotAnnounced, AlreadyPast.
    """
    forum = hold(forum)
    if not forum.is_announced:
        raise NotAnnounced
    if not forum.is_open_for_answers:
        raise AlreadyPast
    count = _invite(forum)
    if count:
        record("forum.newcomers_invited", about=forum, by=by, invited=count)
    return count


@transaction.atomic
def call_off(forum, *, by):
    """Call an announced forum off, and tell those who have not said no. Answers are kept as they were.

    Raises:
        NotAnnounced, AlreadyPast.
    """
    forum = hold(forum)
    if forum.is_called_off:
        return forum
    if not forum.is_announced:
        raise NotAnnounced
    if forum.is_past:
        raise AlreadyPast
    forum.state = Forum.State.CANCELLED
    forum.calendar_sequence += 1
    forum.save(update_fields=["state", "calendar_sequence"])
    circulate(Circular.Event.CALL_OFF, forum)
    record("forum.called_off", about=forum, by=by)
    return forum


def _invite(forum):
    """Write an invitation for everyone who has none, and leave the mails to a task; returns how many."""
    people = list(people_to_invite(forum).values_list("pk", flat=True))
    Invitation.objects.bulk_create(
        [Invitation(forum=forum, person_id=pk) for pk in people], ignore_conflicts=True, batch_size=1000
    )
    if people:
        circulate(Circular.Event.INVITATION, forum)
    return len(people)
