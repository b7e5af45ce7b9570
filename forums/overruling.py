"""Overruling the queue: an organiser gives somebody a seat, and says why."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Side
from accounts.recording import record
from accounts.refusals import Refusal
from forums.deputising import take_back
from forums.models import Forum, Invitation, Quota, Registration
from forums.placing import answer_of, quota_of
from forums.queueing import confirm, free_seat, hold, settle, take_seat

Mode = Registration.Mode


class CannotOverrule(Refusal):
    """The seat cannot be given. The message is for the organiser."""


class NoSeatToGive(CannotOverrule):
    message = _("Every seat is taken or held. Add a seat for this person, or wait for one to fall free.")
    of_quota = _(
        "Every seat of the quota (%(quota)s) is taken or held. Add a seat for this person, or wait for one "
        "to fall free."
    )
    outside_quotas = _(
        "Every seat that no quota keeps is taken or held. Add a seat for this person, or wait for one to "
        "fall free."
    )
    field = "adds_seat"

    @classmethod
    def among(cls, forum, quota):
        """The one for somebody who counts against `quota` of `forum`, or against none."""
        if quota is not None:
            return cls(cls.of_quota % {"quota": quota})
        return cls(cls.outside_quotas if forum.has_quotas else None)


class NotComing(CannotOverrule):
    message = _("The forum is not announced, or it is over.")


class NotInService(CannotOverrule):
    message, field = _("This person has no assignment today."), "person"


class DeputyCame(CannotOverrule):
    message, field = _("%(deputy)s has come as the deputy of %(name)s."), "person"


@transaction.atomic
def give_seat(forum, *, person, note, by, adds_seat=False, at=None):
    """Register `person` in the room past the queue and past the deadline; return the Registration.

    Offers that others hold stay theirs. Whoever sends a deputy takes the place back: they may come to the
    door themselves, when nobody can change an answer any more. Done twice, it is done once.

    Args:
        note: why, for the organisers to read. It stays out of the log: people may write of illness in it.
        adds_seat: whether the room, and the quota that the person counts against, gets one more seat.
        at: when it was decided, where a phone without network kept it; now if not given.

    Raises:
        NotComing, NotInService, DeputyCame.
        NoSeatToGive: there is none, and none was to be added.
    """
    forum = hold(forum)
    if not forum.is_announced or forum.ends_at <= (at or timezone.now()):
        raise NotComing
    if not person.reach.in_service and not forum.named.guests().of(person).exists():
        raise NotInService
    settle(forum)
    answer = answer_of(person, forum)
    if answer.sends_deputy:
        _take_back(answer, forum, by=by)
    elif answer.takes_part and answer.mode == Mode.ON_SITE:
        return answer
    Invitation.objects.get_or_create(forum=forum, person=person)
    answer.side = answer.side or Side.first_of(person.reach.sides)
    answer.organiser_note = note
    added = _seat(answer, forum, quota_of(person, forum, answer.side), adds_seat)
    confirm(answer, forum, by=by)
    record("seat.given", about=forum, by=by, registration=answer.pk, added_seat=added)
    settle(forum)
    return answer


def _take_back(answer, forum, *, by):
    """Give whoever gave `answer` the place of their deputy.

    Raises:
        DeputyCame: and sits on it.
    """
    deputy = answer.deputy
    if deputy and deputy.arrived_at:
        raise DeputyCame(DeputyCame.message % {"deputy": deputy.person, "name": answer.person})
    take_back(answer, forum, by=by)


def _seat(answer, forum, quota, adds_seat):
    """Take a seat for `answer`; returns whether one had to be added for it.

    Raises:
        NoSeatToGive.
    """
    added = False
    held_of, holds = answer.quota_id, answer.holds_a_seat
    same = holds and held_of == (quota and quota.pk)
    if not same and not take_seat(forum, quota):
        if not adds_seat:
            raise NoSeatToGive.among(forum, quota)
        _add_seat(forum, quota)
        added = take_seat(forum, quota)
    if holds and not same:
        free_seat(forum, held_of)
    answer.mode, answer.quota = Mode.ON_SITE, quota
    return added


def _add_seat(forum, quota):
    if forum.seats is not None:  # quotas may be set where the room itself has no limit
        Forum.objects.filter(pk=forum.pk).update(seats=F("seats") + 1)
        forum.seats += 1
    if quota is not None:
        Quota.objects.filter(pk=quota.pk).update(seats=F("seats") + 1)
        quota.seats += 1
