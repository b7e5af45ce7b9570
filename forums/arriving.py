"""Arriving: who has come to the forum, by a code of their own or by name.

The code of a registration is signed, so that nobody makes one up, and opens nothing by itself: only an
organiser of the forum, signed in, can check somebody in with it. The door is open from the evening before
until two weeks after; what a phone kept without network counts from when it was, however late it comes.
"""

from datetime import timedelta

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import LogEntry
from accounts.recording import record
from accounts.refusals import Refusal
from forums import mails
from forums.models import Registration
from forums.queueing import hold, leave, settle

# So long before a forum begins people can be checked in: badges may be given out the evening before. Who came
# is put right afterwards, as long as those who did are asked what they thought (`Forum.verdicts_until`).
DOORS_OPEN = timedelta(hours=12)
# What the log says of somebody who was invited, had not answered and was given a seat at the door.
LET_IN = "registration.let_in"

_signer = Signer(salt="samspel.arriving")


class CannotCheckIn(Refusal):
    """The person is not checked in. The message is for whoever stands at the door."""


class UnknownCode(CannotCheckIn):
    message = _("The code belongs to nobody at this forum.")


class DoorNotOpen(CannotCheckIn):
    message = _("Check-in opens on %(day)s at %(time)s.")


class DoorClosed(CannotCheckIn):
    message = _("Check-in closed on %(day)s at %(time)s.")


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


def moment_at_door(forum, at=None):
    """When somebody counts as having come who comes now, or came at `at` by a phone that had no network.

    Raises:
        DoorNotOpen, DoorClosed.
    """
    now = timezone.now()
    opens, closes = forum.starts_at - DOORS_OPEN, forum.verdicts_until
    if at and opens <= at <= min(now, closes):
        return at
    if now < opens:
        raise DoorNotOpen(DoorNotOpen.message % _when(opens))
    if now > closes:
        raise DoorClosed(DoorClosed.message % _when(closes))
    return now


def check_in(registration, *, by, at=None):
    """Note that somebody has come; whoever came before keeps the time of the first.

    Args:
        at: when it was, by the clock of a phone that had no network (an aware datetime); now if not given,
            or if the door was not open then, or it is yet to come.

    Returns:
        (when they came, whether that was known before).

    Raises:
        NotComing: not registered on site; someone on the waiting list, for instance.
        DoorNotOpen, DoorClosed.
    """
    at = moment_at_door(registration.forum, at)
    coming = Registration.objects.in_the_room().filter(pk=registration.pk)
    if coming.filter(arrived_at=None).update(arrived_at=at):
        record("registration.arrived", about=registration, by=by)
        return at, False
    first = coming.values_list("arrived_at", flat=True).first()
    if first is None:
        raise NotComing(NotComing.message % {"name": registration.person.full_name})
    return first, True


@transaction.atomic
def take_back_arrival(registration, *, by):
    """Note that somebody has not come after all. Who had not answered and was let in at the door loses the
    seat as well, and is invited as before; unless they sat down at a table themselves since.

    Done twice, it is done once. Returns whether it took a seat back.
    """
    forum = hold(registration.forum)
    answer = Registration.objects.select_related("person", "table").filter(pk=registration.pk).first()
    if answer is None or answer.arrived_at is None:
        return False
    answer.forum, answer.arrived_at = forum, None
    answer.save(update_fields=["arrived_at"])
    record("registration.arrival_taken_back", about=answer, by=by)
    if not _was_let_in(answer):
        return False
    mails.let_in_taken_back(answer)
    leave(answer, forum, Registration.State.CANCELLED)
    answer.delete()
    settle(forum)
    return True


def _was_let_in(answer):
    """Whether all that its person has at the forum was given by letting them in."""
    let_in = LogEntry.objects.about(answer).filter(event=LET_IN)
    return answer.takes_part and not answer.has_joined and let_in.exists()


def _when(moment):
    local = timezone.localtime(moment)
    return {"day": date_format(local, "j F"), "time": date_format(local, "TIME_FORMAT")}
