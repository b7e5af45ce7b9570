"""Deputising: somebody else comes in the place of the one who was invited.

A deputy has a registration of their own, so that the seat's mail, its table and its voice are theirs;
`deputy_for` says whose place it is. Whoever sent them stays responsible: they may send another, take
the place back or give it up, and hear if the deputy does.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.recording import record
from forums import mails
from forums.models import Needs, Registration
from forums.permissions import may_send_deputy
from forums.placing import CannotAnswer, RegistrationClosed, answer_of, must_be_open, place, quota_of
from forums.queueing import hold, leave, settle

State = Registration.State
Mode = Registration.Mode
# What a place consists of, and goes over from one person to another.
PLACE = ("state", "mode", "quota", "queued_at", "offered_until", "takes_free_seat")
TOLD_BY = {
    State.REGISTERED: mails.registration_confirmed,
    State.WAITING: mails.waiting_list,
    State.OFFERED: mails.seat_offered,
}


class NoDeputies(CannotAnswer):
    message = _("You cannot send a deputy to this forum. Contact the organiser.")


class CannotBeDeputy(CannotAnswer):
    field = "deputy"


class NotOneself(CannotBeDeputy):
    message = _("Name somebody else than yourself.")


class DeputyNotInService(CannotBeDeputy):
    message = _("This person has no assignment today.")


class DeputyTaken(CannotBeDeputy):
    message = _("This person is already registered, or sends a deputy too. Name somebody else.")


class DeputyOfAnotherKind(CannotBeDeputy):
    message = _("Your seat is one of those kept for your side or unit. Name somebody who belongs there too.")


def send_deputy(forum, *, person, deputy, by):
    """Let `deputy` come in the place of `person`; return the deputy's Registration.

    The seat, offer or place in the queue that `person` or an earlier deputy of theirs has goes over to
    the deputy, until the forum begins; where there is none, the deputy gets a seat or queues like
    anybody. Done twice, it is done once.

    Raises:
        NoDeputies, RegistrationClosed, and the kinds of CannotBeDeputy.
    """
    if not may_send_deputy(person, forum):
        raise NoDeputies
    if deputy == person:
        raise NotOneself
    if not deputy.reach.in_service:
        raise DeputyNotInService
    with transaction.atomic():
        forum = hold(forum)
        if forum.has_started or not forum.is_announced:
            raise RegistrationClosed
        settle(forum)
        mine, theirs = answer_of(person, forum), answer_of(deputy, forum)
        if mine.deputy_for_id:
            raise NoDeputies
        if theirs.is_live and theirs.deputy_for_id == person.pk:
            return theirs
        if theirs.is_live or theirs.sends_deputy:
            raise DeputyTaken
        _hand_over(mine, theirs, forum, by)
    return theirs


def take_back(answer, forum, *, by):
    """Give the place of their deputy to whoever gave `answer`, while the forum's row is held.

    Returns whether there was one.
    """
    deputy = answer.deputy
    if deputy is None:
        return False
    _pass_place(deputy, answer)
    answer.save()
    _dismiss(deputy, forum, by)
    return True


def _hand_over(mine, theirs, forum, by):
    """Pass the place that `mine` or an earlier deputy has to `theirs`, or find one."""
    earlier = mine.deputy if mine.sends_deputy else None
    source = earlier or mine
    has_place = source.is_live
    mine.side = mine.side or mine.person.reach.sides[0]
    theirs.side = _voice_of(theirs.person, mine.side)
    if has_place:
        _must_be_of_the_same_kind(source, theirs, forum)
        _pass_place(source, theirs)
    else:
        must_be_open(forum)
    if earlier:
        _dismiss(earlier, forum, by)
    if not mine.sends_deputy:
        leave(mine, forum, State.DEPUTISED)
    theirs.deputy_for, theirs.reason = mine.person, ""
    if has_place:
        theirs.save()
        TOLD_BY[theirs.state](theirs)
    else:
        place(theirs, forum, mode=Mode.ON_SITE if forum.is_on_site else Mode.ONLINE, by=by)
    record("deputy.sent", about=forum, by=by, registration=theirs.pk, sent_by=mine.person_id)
    mails.deputy_sent(mine)


def _must_be_of_the_same_kind(source, theirs, forum):
    """Seats of different quotas are never exchanged."""
    quota = quota_of(theirs.person, forum, theirs.side)
    if source.mode == Mode.ON_SITE and source.quota_id != (quota and quota.pk):
        raise DeputyOfAnotherKind


def _pass_place(source, target):
    """Give `target`, unsaved, the place of `source`. No seat is taken or given back."""
    for name in PLACE:
        setattr(target, name, getattr(source, name))
    target.table = source.table if source.side == target.side else None
    target.answered_at = timezone.now()
    source.state, source.quota, source.queued_at, source.table = State.CANCELLED, None, None, None
    source.deputy_for, source.takes_free_seat, source.arrived_at = None, False, None
    source.save()
    Needs.objects.filter(registration=source).delete()


def _dismiss(deputy, forum, by):
    """Tell a deputy whose place has gone over to somebody else."""
    record("deputy.withdrawn", about=forum, by=by, registration=deputy.pk)
    mails.deputy_withdrawn(deputy)


def _voice_of(deputy, side):
    """A deputy speaks for a side of their own: the sender's, where they hold both."""
    sides = deputy.reach.sides
    return side if side in sides else sides[0]
