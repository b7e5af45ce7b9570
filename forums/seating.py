"""Seating: who sits at which table."""

from itertools import cycle

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Side
from accounts.recording import record
from accounts.refusals import Refusal
from forums.models import GroupWork, Registration, Table


class CannotSeat(Refusal):
    """The seating is not possible. The message is for the organiser."""


class NoTables(CannotSeat):
    message = _("The forum has no tables yet.")


class NotInTheRoom(CannotSeat):
    message = _("Only those who are registered on site sit at a table.")


class RoomAtWork(CannotSeat):
    message = _("The group work has begun, so people keep the tables at which they write.")


class WritesThere(CannotSeat):
    message = _("Notes have been written from that side of the table, so its people stay there.")


class AnotherForumsTable(CannotSeat):
    message = _("The table belongs to another forum.")


@transaction.atomic
def seat_by_turns(forum, *, by):
    """Deal everyone who is registered on site to the tables, one side after the other.

    So each side's count, and the whole, differs by at most one between tables. Returns how many sat down.

    Raises:
        NoTables.
        RoomAtWork: the group work is open, or over.
    """
    begun = ~Q(state=GroupWork.State.PLANNED)
    if GroupWork.objects.select_for_update(of=("self",)).filter(begun, forum=forum).exists():
        raise RoomAtWork
    tables = list(forum.tables.all())
    if not tables:
        raise NoTables
    seated = sorted(_in_the_room(forum), key=lambda answer: (answer.side != Side.ELECTED, answer.pk))
    moved = []
    for answer, table in zip(seated, cycle(tables), strict=False):
        if answer.table_id != table.pk:
            answer.table = table
            moved.append(answer)
    if moved:
        Registration.objects.bulk_update(moved, ["table"], batch_size=500)
        record("forum.seated", about=forum, by=by, seated=len(seated))
    return len(seated)


@transaction.atomic
def move(registration, *, table, by):
    """Put one participant at `table`; None leaves them without one. Nothing happens where it is so.

    Raises:
        NotInTheRoom, AnotherForumsTable.
        WritesThere: their side has written at the table that they would leave, and who wrote is not kept.
    """
    answer = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    if not (answer.takes_part and answer.holds_a_seat):
        raise NotInTheRoom
    if table is not None and table.forum_id != answer.forum_id:
        raise AnotherForumsTable
    if answer.table_id == (table and table.pk):
        return answer
    if answer.table_id:
        _must_have_written_nothing(answer)
    answer.table = table
    answer.save(update_fields=["table"])
    record("registration.moved", about=answer, by=by, table=table and table.number)
    return answer


def _must_have_written_nothing(answer):
    # Whoever writes a note holds the table's row too (noting.write_note).
    table = Table.objects.select_for_update(no_key=True).get(pk=answer.table_id)
    if table.notes.filter(side=answer.side).exists():
        raise WritesThere


def _in_the_room(forum):
    return forum.registrations.registered().filter(mode=Registration.Mode.ON_SITE)
