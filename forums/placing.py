"""Placing: how an answer gets its place, inside a transaction that holds the forum's row.

What `registering`, `deputising` and `overruling` have in common.
"""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Side
from accounts.recording import record
from accounts.refusals import Refusal
from forums import mails
from forums.models import Needs, Registration, answer_at
from forums.queueing import confirm, free_seat, has_room, seats_left, settle, take_seat, write

State = Registration.State
Mode = Registration.Mode


class CannotAnswer(Refusal):
    """The answer is not possible now. The message is for the person who answered."""


class RegistrationClosed(CannotAnswer):
    message = _("The time to answer has passed, so nothing was changed. Contact the organiser.")


class SideNeeded(CannotAnswer):
    message = _("Choose whether you take part as an official or as an elected member.")


class RoomFull(CannotAnswer):
    message = _("The room is full. You still take part online.")


class NoSeatOnThatSide(CannotAnswer):
    message = _("There is no free seat of that kind, so nothing was changed. You keep the place you have.")


def answer_of(person, forum):
    """The person's answer so far, or a new one without a state."""
    if person.reach.in_service:
        answer = answer_at(forum, person)
    else:  # a guest
        answer = Registration.objects.of(person).filter(forum=forum).first()
    answer = answer or Registration(state="")
    answer.forum, answer.person = forum, person
    return answer


def quota_of(person, forum, side):
    """The quota that the person's seat in the room counts against; None for the seats for all."""
    return forum.quotas.counting(person, side) if forum.has_quotas else None


def seats_left_for(forum, person):
    """How many seats in the room `person` could get now; None where there is no limit. Somebody who holds
    both sides may find another number on the other."""
    return seats_left(forum, quota_of(person, forum, Side.first_of(person.reach.sides)))


def must_be_open(forum):
    """Raise RegistrationClosed unless answers are taken."""
    if not forum.is_open_for_answers:
        raise RegistrationClosed


def voice_of(person, chosen=None):
    """The side that `person` speaks for; `chosen` where they hold both.

    Raises:
        SideNeeded: they hold both and chose none, or chose one that they do not hold.
    """
    sides = person.reach.sides
    if chosen in sides:
        return chosen
    if len(sides) > 1 or chosen:
        raise SideNeeded
    return next(iter(sides), "")  # a guest speaks for neither side


def place(answer, forum, *, mode, by):
    """Let `answer` take part: online, on a free seat, or last in the queue for one.

    Raises:
        RoomFull, NoSeatOnThatSide: there is no seat, and the answer holds a place that is better than none.
    """
    quota = None if mode == Mode.ONLINE else quota_of(answer.person, forum, answer.side)
    same = answer.mode == mode and answer.quota_id == (quota and quota.pk)
    if answer.takes_part and same:
        answer.save(update_fields=["side"])
    elif answer.state == State.WAITING and same:
        answer.save(update_fields=["side", "takes_free_seat"])
    elif answer.is_offer and same:
        confirm(answer, forum, by=by)
    elif mode == Mode.ONLINE or (has_room(forum, quota) and take_seat(forum, quota)):
        _move(answer, forum, mode, quota, by)
    elif answer.takes_part and answer.mode == Mode.ONLINE:
        raise RoomFull
    elif answer.holds_a_seat:
        raise NoSeatOnThatSide
    else:
        queue(answer, forum, quota, by=by)


def _move(answer, forum, mode, quota, by):
    """Confirm the answer at its new place, and pass the seat on that it held before."""
    gives_back, before = answer.holds_a_seat, answer.quota_id
    answer.mode, answer.quota = mode, quota
    if gives_back:
        answer.table = None
    if mode == Mode.ONLINE:  # whoever was checked in has left the room
        answer.arrived_at = None
    confirm(answer, forum, by=by)
    if mode == Mode.ONLINE:  # nobody cooks for them, and nothing in the room is for them
        Needs.objects.filter(registration=answer).delete()
    if gives_back:
        free_seat(forum, before)
        settle(forum)


def queue(answer, forum, quota, *, by):
    """Put the answer last on the waiting list for a seat of `quota`."""
    answer.state, answer.mode, answer.quota, answer.reason = State.WAITING, Mode.ON_SITE, quota, ""
    answer.answered_at = answer.queued_at = timezone.now()
    answer.offered_until = None
    write(answer)
    record("registration.queued", about=forum, by=by, registration=answer.pk)
    mails.waiting_list(answer)
