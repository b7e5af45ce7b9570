"""Joining: sitting down at a table, or in a group, by its code or its link."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.recording import record
from accounts.refusals import Refusal
from forums.models import GroupWork, Registration
from forums.placing import voice_of
from forums.seating import WritesThere, must_have_written_nothing

__all__ = ["NotRegistered", "SitsInTheRoom", "WritesThere", "join"]


class NotRegistered(Refusal):
    message = _("You are not registered for this forum, so you have no place at its tables.")


class SitsInTheRoom(Refusal):
    message = _("That table is in the room, and you take part online. Choose a group that meets online.")


@transaction.atomic
def join(table, *, by, side=None):
    """Let `by` sit at `table` and speak with the voice `side`; return the Registration. Done twice, it is
    done once.

    Args:
        side: of Side; needed only from somebody who holds posts on both, and has chosen none yet.

    Raises:
        NotRegistered, SitsInTheRoom, SideNeeded.
        WritesThere: their side has written at the table that they would leave, and who wrote is not kept.
    """
    answers = Registration.objects.select_for_update(of=("self",)).registered().of(by)
    answer = answers.filter(forum=table.forum_id).first()
    if answer is None or not by.reach.in_service:
        raise NotRegistered
    if answer.mode == Registration.Mode.ONLINE and not (table.is_online or table.unit_id):
        raise SitsInTheRoom
    voice = voice_of(by, side or (answer.side if answer.side in by.reach.sides else None))
    sits_there = (answer.table_id, answer.side) == (table.pk, voice)
    # Who chooses a table by its link days before has a seat there, but has not been there (decisions/0342).
    is_there = answer.has_joined or _has_come(table.forum)
    if sits_there and answer.is_pinned and answer.has_joined == is_there:
        return answer
    if answer.table_id and not sits_there:
        must_have_written_nothing(answer)
    answer.table, answer.side, answer.is_pinned, answer.has_joined = table, voice, True, is_there
    answer.save(update_fields=["table", "side", "is_pinned", "has_joined"])
    record("registration.joined", about=answer, by=by, table=table.number)
    return answer


def _has_come(forum):
    """Whether the day of the forum has come, or its group work has been started before that."""
    if timezone.localdate() >= timezone.localdate(forum.starts_at):
        return True
    return GroupWork.objects.filter(forum=forum, opened_at__lte=timezone.now()).exists()
