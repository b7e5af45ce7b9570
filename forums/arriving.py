"""Arriving: who has come to the forum, by a code of their own or by name.

The code of a registration is signed, so that nobody makes one up, and opens nothing by itself: only an
organiser of the forum, signed in, can check somebody in with it.
"""

from datetime import timedelta

from django.core.signing import BadSignature, Signer
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.recording import record
from accounts.refusals import Refusal
from forums.models import Registration

# What a phone says of its own clock counts from so long before the forum begins.
DOORS_OPEN = timedelta(hours=6)

_signer = Signer(salt="samspel.arriving")


class CannotCheckIn(Refusal):
    """The person is not checked in. The message is for whoever stands at the door."""


class UnknownCode(CannotCheckIn):
    message = _("The code belongs to nobody at this forum.")


class NotComing(CannotCheckIn):
    message = _("%(name)s is not registered on site.")


def code_of(registration):
    """The code that stands in the registration's QR code: letters, digits, "-", "_" and ":"."""
    return _signer.sign(registration.pk)


def answer_with(code, forum):
    """The Registration at `forum` whose code this is.

    Raises:
        UnknownCode: it is no code, or one of another forum.
    """
    try:
        answer = (
            forum.registrations.filter(pk=int(_signer.unsign(code))).select_related("person", "table").first()
        )
    except (BadSignature, ValueError):
        answer = None
    if answer is None:
        raise UnknownCode
    return answer


def check_in(registration, *, by, at=None):
    """Note that somebody has come; whoever came before keeps the time of the first.

    Args:
        at: when it was, by the clock of a phone that had no network (an aware datetime); now if not given,
            or if it is not between the opening of the doors and now.

    Returns:
        (when they came, whether that was known before).

    Raises:
        NotComing: not registered on site; someone on the waiting list, for instance.
    """
    at = _believable(at, registration.forum)
    coming = Registration.objects.in_the_room().filter(pk=registration.pk)
    if coming.filter(arrived_at=None).update(arrived_at=at):
        record("registration.arrived", about=registration, by=by)
        return at, False
    first = coming.values_list("arrived_at", flat=True).first()
    if first is None:
        raise NotComing(NotComing.message % {"name": registration.person.full_name})
    return first, True


def take_back_arrival(registration, *, by):
    """Note that somebody has not come after all; returns whether they had been checked in."""
    undone = Registration.objects.filter(pk=registration.pk).exclude(arrived_at=None).update(arrived_at=None)
    if undone:
        record("registration.arrival_taken_back", about=registration, by=by)
    return bool(undone)


def _believable(at, forum):
    now = timezone.now()
    return at if at and forum.starts_at - DOORS_OPEN <= at <= now else now
