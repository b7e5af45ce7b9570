"""Answering: registering, declining, cancelling, accepting an offered seat.

Each verb holds the forum's row while it looks and writes; see `forums.queueing`.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.recording import record
from accounts.refusals import Refusal
from forums import mails
from forums.models import Forum, Invitation, Registration
from forums.permissions import may_answer
from forums.queueing import free_seat, hold, leave, pass_on, settle, take_seat

__all__ = ["accept_offer", "cancel", "clashes", "decline", "pass_on", "register"]

State = Registration.State
Mode = Registration.Mode


class CannotAnswer(Refusal):
    """The answer is not possible now. The message is for the person who answered."""


class RegistrationClosed(CannotAnswer):
    message = _("The time to answer has passed, so nothing was changed. Contact the organiser.")


class ForumBegun(CannotAnswer):
    message = _("The forum has begun, so the registration can no longer be changed.")


class NotInvited(CannotAnswer):
    message = _("You are not invited to this forum.")


class OfferExpired(CannotAnswer):
    message = _("The offer is no longer open. The seat has gone to the next person in the queue.")


class NoOffer(CannotAnswer):
    message = _("You have no offered seat to accept.")


class SideNeeded(CannotAnswer):
    message = _("Choose whether you take part as an official or as an elected member.")


class ModeNotOffered(CannotAnswer):
    message = _("The forum cannot be attended in that way.")


class RoomFull(CannotAnswer):
    message = _("The room is full. You still take part online.")


def clashes(forum, *, person):
    """Other forums at the same time in which the person takes part, or is offered a seat."""
    return Forum.objects.overlapping(forum).filter(
        registrations__person=person, registrations__state__in=Registration.HOLDING
    )


def register(forum, *, person, by, mode=Mode.ON_SITE, side=None):
    """Register `person`, or put them last on the waiting list of a full room; return the Registration.

    Done twice, it is done once. Somebody who was offered a seat accepts it.

    Args:
        mode: of Registration.Mode; those who join online take no seat.
        side: of Side; needed only from somebody who holds assignments on both.

    Raises:
        RegistrationClosed, NotInvited, SideNeeded, ModeNotOffered, RoomFull.
    """
    if not may_answer(person, forum):
        raise NotInvited
    side = _voice_of(person, side)
    with transaction.atomic():
        forum = hold(forum)
        _must_be_open(forum)
        _must_offer(forum, mode)
        settle(forum)
        answer = _answer_of(person, forum)
        answer.side = side
        if answer.takes_part and answer.mode == mode:
            answer.save(update_fields=["side"])
        elif mode == Mode.ONLINE:
            _register_online(answer, forum, by)
        else:
            _register_on_site(answer, forum, by)
    return answer


def decline(forum, *, person, by, reason=""):
    """Say no, with a word of why if there is one; a seat or a place in the queue is given up.

    Raises:
        RegistrationClosed, NotInvited.
    """
    if not may_answer(person, forum):
        raise NotInvited
    with transaction.atomic():
        forum = hold(forum)
        _must_be_open(forum)
        answer = _answer_of(person, forum)
        if answer.state == State.DECLINED and answer.reason == reason:
            return answer
        answer.side = answer.side or person.reach.sides[0]
        leave(answer, forum, State.DECLINED, reason=reason)
        record("registration.declined", about=forum, by=by, registration=answer.pk)
        settle(forum)
    return answer


def cancel(registration, *, by):
    """Give up a registration, an offer or a place in the queue. Possible until the forum begins:
    even a late word is better for the organiser than an empty chair.

    Raises:
        ForumBegun.
    """
    with transaction.atomic():
        forum = hold(registration.forum)
        if forum.has_started:
            raise ForumBegun
        answer = _fresh(registration, forum)
        if answer.state in (State.CANCELLED, State.DECLINED):
            return answer
        took_part = answer.takes_part
        leave(answer, forum, State.CANCELLED)
        record("registration.cancelled", about=forum, by=by, registration=answer.pk)
        if took_part:
            mails.registration_cancelled(answer)
        settle(forum)
    return answer


def accept_offer(registration, *, by):
    """Take the seat that is held for `registration`; done twice, it is done once.

    Raises:
        OfferExpired: its time is out, and the seat has gone on to the next.
        NoOffer: none was made.
        RegistrationClosed: the forum has been called off meanwhile.
    """
    pass_on(registration.forum)
    with transaction.atomic():
        forum = hold(registration.forum)
        answer = _fresh(registration, forum)
        if answer.takes_part:
            return answer
        if not answer.is_offer or answer.offered_until <= timezone.now():
            raise OfferExpired if answer.offered_until else NoOffer
        _must_be_open(forum)
        _confirm(answer, forum, by)
    return answer


# Inside a transaction that holds the forum's row


def _answer_of(person, forum):
    """The person's answer so far, or a new one without a state. Whoever answers is invited from then on."""
    Invitation.objects.get_or_create(forum=forum, person=person)
    answer = Registration.objects.filter(forum=forum, person=person).first()
    answer = answer or Registration(state="")
    answer.forum, answer.person = forum, person
    return answer


def _fresh(registration, forum):
    answer = Registration.objects.select_related("person").get(pk=registration.pk)
    answer.forum = forum
    return answer


def _register_online(answer, forum, by):
    gives_back = answer.holds_a_seat
    answer.mode, answer.table = Mode.ONLINE, None
    _confirm(answer, forum, by)
    if gives_back:
        free_seat(forum)
        settle(forum)


def _register_on_site(answer, forum, by):
    if answer.state == State.WAITING:
        answer.save(update_fields=["side"])
    elif answer.is_offer:
        _confirm(answer, forum, by)
    elif take_seat(forum):  # `settle` has just offered every seat that somebody waits for
        answer.mode = Mode.ON_SITE
        _confirm(answer, forum, by)
    elif answer.takes_part:
        raise RoomFull
    else:
        _queue(answer, forum, by)


def _confirm(answer, forum, by):
    answer.state, answer.reason = State.REGISTERED, ""
    answer.answered_at, answer.queued_at, answer.offered_until = timezone.now(), None, None
    answer.save()
    record("registration.confirmed", about=forum, by=by, registration=answer.pk)
    mails.registration_confirmed(answer)


def _queue(answer, forum, by):
    answer.state, answer.mode, answer.reason = State.WAITING, Mode.ON_SITE, ""
    answer.answered_at = answer.queued_at = timezone.now()
    answer.offered_until = None
    answer.save()
    record("registration.queued", about=forum, by=by, registration=answer.pk)
    mails.waiting_list(answer)


def _must_be_open(forum):
    if not forum.is_open_for_answers:
        raise RegistrationClosed


def _must_offer(forum, mode):
    if (mode == Mode.ONLINE and not forum.is_online) or (mode == Mode.ON_SITE and not forum.is_on_site):
        raise ModeNotOffered


def _voice_of(person, chosen):
    sides = person.reach.sides
    if chosen in sides:
        return chosen
    if len(sides) > 1 or chosen:
        raise SideNeeded
    return sides[0]
