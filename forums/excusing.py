"""Excusing: an organiser writes down that somebody is not coming, who has called or written."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.recording import record
from accounts.refusals import Refusal
from forums.models import Registration
from forums.permissions import may_answer
from forums.placing import answer_of
from forums.queueing import hold
from forums.registering import cancel, decline


class CannotExcuse(Refusal):
    """The no cannot be written down. The message is for the organiser."""


class NotToCome(CannotExcuse):
    message = _("The forum is not announced, or it has begun.")


class NotAsked(CannotExcuse):
    message, field = _("This person is not invited to the forum."), "person"


@transaction.atomic
def excuse(forum, *, person, by, note=""):
    """Write down that `person` is not coming, as they would have said so themselves: they are told by mail,
    and the seat goes to the queue. Past the deadline too, until the forum begins; return the Registration.

    Done twice, it is done once.

    Args:
        note: for the organisers to read. It stays out of the log: people may write of illness in it.

    Raises:
        NotToCome, NotAsked.
    """
    forum = hold(forum)
    if not forum.passes_seats_on:
        raise NotToCome
    answer = answer_of(person, forum)
    if answer.state in (Registration.State.CANCELLED, Registration.State.DECLINED):
        return answer
    if answer.takes_part or answer.sends_deputy:
        answer = cancel(answer, by=by)
    elif may_answer(person, forum):
        answer = decline(forum, person=person, by=by, past_deadline=True)
    else:
        raise NotAsked
    answer.organiser_note = note
    answer.save(update_fields=["organiser_note"])
    record("registration.excused", about=forum, by=by, registration=answer.pk)
    return answer
