"""Answering: registering, declining, cancelling, accepting an offered seat.

Each verb holds the forum's row while it looks and writes; see `forums.queueing`.
"""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.flushing import flushed_together
from accounts.models import Side
from accounts.recording import record
from forums import mails
from forums.deputising import take_back
from forums.models import Forum, Invitation, Registration, Standing
from forums.permissions import may_answer
from forums.placing import (
    CannotAnswer,
    NoSeatOnThatSide,
    RegistrationClosed,
    RoomFull,
    SideNeeded,
    answer_of,
    must_be_open,
    place,
    voice_of,
)
from forums.queueing import confirm, has_room, hold, leave, pass_on, settle

__all__ = [
    "CannotAnswer",
    "NoSeatOnThatSide",
    "RegistrationClosed",
    "RoomFull",
    "SideNeeded",
    "accept_offer",
    "cancel",
    "clashes",
    "decline",
    "pass_on",
    "register",
]

State = Registration.State
Mode = Registration.Mode


class ForumBegun(CannotAnswer):
    message = _("The forum has begun, so the registration can no longer be changed.")


class NotInvited(CannotAnswer):
    message = _("You are not invited to this forum.")


class OfferExpired(CannotAnswer):
    message = _("The offer has run out, so the seat is no longer held for you.")


class NoOffer(CannotAnswer):
    message = _("You have no offered seat to accept.")


class ModeNotOffered(CannotAnswer):
    message = _("The forum cannot be attended in that way.")


def clashes(forum, *, person):
    """Other forums at the same time in which the person takes part, or is offered a seat."""
    return Forum.objects.overlapping(forum).with_place_for(person)


def register(forum, *, person, by, mode=Mode.ON_SITE, side=None, takes_free_seat=False):
    """Register `person`, or put them last on the waiting list of a full room; return the Registration.

    Done twice, it is done once. Somebody who was offered a seat accepts it; somebody who has sent a
    deputy takes the place back.

    Args:
        mode: of Registration.Mode; those who join online take no seat.
        side: of Side; needed only from somebody who holds assignments on both.
        takes_free_seat: whether somebody who waits is registered without being asked when a seat falls free.

    Raises:
        RegistrationClosed, NotInvited, SideNeeded, ModeNotOffered, RoomFull, NoSeatOnThatSide.
    """
    standing = _standing_of_asked(person, forum)
    side = voice_of(person, side)
    with flushed_together():
        forum = hold(forum)
        must_be_open(forum)
        _must_offer(forum, mode)
        # With no seat free and none offered nothing can be passed on; then the crowd need not ask.
        if standing.seats_are_offered or forum.has_quotas or has_room(forum):
            settle(forum)
        answer = answer_of(person, forum)
        _see_invited(person, forum, standing)
        answer.side, answer.takes_free_seat = side, takes_free_seat
        if answer.sends_deputy and take_back(answer, forum, by=by):
            mode = answer.mode
            if answer.takes_part:
                mails.registration_confirmed(answer)
        place(answer, forum, mode=mode, by=by)
    return answer


def decline(forum, *, person, by, reason="", past_deadline=False):
    """Say no, with a word of why if there is one; a seat or a place in the queue is given up.

    Who holds an offer, a seat or a place in the queue may do so until the forum begins.

    Args:
        past_deadline: whether anybody may, for an organiser who writes it down.

    Raises:
        RegistrationClosed, NotInvited.
    """
    standing = _standing_of_asked(person, forum)
    with flushed_together():
        forum = hold(forum)
        answer = answer_of(person, forum)
        if not ((answer.is_live or past_deadline) and forum.passes_seats_on):
            must_be_open(forum)
        if answer.state == State.DECLINED and answer.reason == reason:
            return answer
        _see_invited(person, forum, standing)
        answer.side = answer.side or Side.first_of(person.reach.sides)
        if answer.sends_deputy:
            take_back(answer, forum, by=by)
        leave(answer, forum, State.DECLINED, reason=reason)
        record("registration.declined", about=forum, by=by, registration=answer.pk)
        mails.registration_declined(answer)
        settle(forum)
    return answer


def cancel(registration, *, by):
    """Give up a registration, an offer, a place in the queue or a deputy's place. Possible until the
    forum begins: even a late word is better for the organiser than an empty chair.

    Raises:
        ForumBegun.
    """
    with flushed_together():
        forum = hold(registration.forum)
        if forum.has_started:
            raise ForumBegun
        answer = _fresh(registration, forum)
        if answer.state in (State.CANCELLED, State.DECLINED):
            return answer
        if answer.sends_deputy:
            take_back(answer, forum, by=by)
        # The queue too: its people still hold the entry that came with the invitation.
        held_entry = answer.is_live
        leave(answer, forum, State.CANCELLED)
        record("registration.cancelled", about=forum, by=by, registration=answer.pk)
        if held_entry:
            mails.registration_cancelled(answer)
        settle(forum)
    return answer


def accept_offer(registration, *, by):
    """Take the seat that is held for `registration`; done twice, it is done once.

    Raises:
        OfferExpired: its time is out, and the seat has gone on to the next.
        NoOffer: none was made.
        RegistrationClosed: the forum has been called off meanwhile, or has begun.
    """
    pass_on(registration.forum)
    with flushed_together():
        forum = hold(registration.forum)
        answer = _fresh(registration, forum)
        if answer.takes_part:
            return answer
        if not answer.is_offer or answer.offered_until <= timezone.now():
            raise OfferExpired if answer.offered_until else NoOffer
        if not forum.passes_seats_on:
            raise RegistrationClosed
        confirm(answer, forum, by=by)
    return answer


def _standing_of_asked(person, forum):
    """How somebody stands to the forum who may answer it; looked up before the forum's row is held."""
    standing = Standing.of(person, forum)
    if not may_answer(person, forum, standing):
        raise NotInvited
    return standing


def _see_invited(person, forum, standing):
    """Whoever answers is invited from then on."""
    if not standing.is_invited:
        Invitation.objects.get_or_create(forum=forum, person=person)


def _fresh(registration, forum):
    answer = Registration.objects.select_related("person").get(pk=registration.pk)
    answer.forum = forum
    return answer


def _must_offer(forum, mode):
    if (mode == Mode.ONLINE and not forum.is_online) or (mode == Mode.ON_SITE and not forum.is_on_site):
        raise ModeNotOffered
