"""Welcoming: letting in, at the door, somebody who was invited and never answered."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.recording import record
from forums.arriving import LET_IN, check_in, moment_at_door
from forums.models import Registration
from forums.overruling import give_seat


@transaction.atomic
def welcome(person, *, forum, by, at=None):
    """Give `person` a seat in the room, if there is one, and check them in; whoever has answered meanwhile
    is checked in where they are expected.

    Args:
        at: when it was, as `arriving.check_in` takes it.

    Returns:
        (their Registration, when they came, whether that was known before).

    Raises:
        CannotOverrule: there is no seat, for instance. Whoever decides on one more has a page for it.
        CannotCheckIn: they have answered that they are not coming, or are waiting for a seat; or the door is
            not open.
    """
    at = moment_at_door(forum, at)
    answer = Registration.objects.of(person).filter(forum=forum).first()
    if answer is None:
        note = _("Came to the door without having answered.")
        answer = give_seat(forum, person=person, note=note, by=by, at=at)
        record(LET_IN, about=answer, by=by)
    at, before = check_in(answer, by=by, at=at)
    return answer, at, before
