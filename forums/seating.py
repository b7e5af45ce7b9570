"""Seating: who sits at which table."""

from collections import defaultdict

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.recording import record
from accounts.refusals import Refusal
from forums.acquainting import guests_of
from forums.mixing import Room, mix
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


class MeetsOnline(CannotSeat):
    message = _("That table meets online, so nobody is seated there: people join it by its link.")


class AnotherForumsTable(CannotSeat):
    message = _("The table belongs to another forum.")


class NotAtATable(CannotSeat):
    message = _("Only those who have a table can keep it.")


@transaction.atomic
def seat_everyone(forum, *, by):
    """Put everyone who is registered on site at a table, mixed as `forums.mixing` says; pins hold.

    Returns how many have a table now.

    Raises:
        NoTables.
        RoomAtWork: the group work is open, or over.
    """
    if _has_begun(forum):
        raise RoomAtWork
    tables = _tables_of(forum)
    guests = guests_of(forum)
    _sit_down(forum, {key: tables[place] for key, place in mix(guests, len(tables)).items()}, by=by)
    return len(guests)


@transaction.atomic
def seat_latecomers(forum, *, by):
    """Give a table to those who have none; for each at most one other changes tables, and nobody does once
    the group work has begun. Where nobody sits yet, but for the pinned, all are mixed. Returns how many
    got one.

    Raises:
        NoTables.
    """
    may_move = not _has_begun(forum)
    tables = _tables_of(forum)
    room, late = _room_and_late(forum, tables)
    if may_move and not forum.registrations.to_seat().filter(table__in=tables, is_pinned=False).exists():
        seat_everyone(forum, by=by)
        return len(late)
    moved = {key for guest in late for key in room.take_in(guest, may_move=may_move)}
    _sit_down(forum, {key: tables[room.table_of[key]] for key in moved}, by=by)
    return len(late)


@transaction.atomic
def fill_gaps(forum, *, by):
    """Even the tables out after people who gave up their seat or did not come: for each gap at most one other
    moves. Whoever did not come keeps the table, and is counted at it again once checked in.

    Returns how many moved.

    Raises:
        NoTables.
        RoomAtWork: the group work is open, or over.
    """
    if _has_begun(forum):
        raise RoomAtWork
    tables = _tables_of(forum)
    room, _late = _room_and_late(forum, tables)
    moved = set(room.fill_gaps())
    _sit_down(forum, {key: tables[room.table_of[key]] for key in moved}, by=by)
    return len(moved)


@transaction.atomic
def keep_at_table(registration, *, kept, by):
    """Pin a participant to their table, or (`kept` False) let go of the pin. Nothing happens where it is so.

    Raises:
        NotAtATable.
    """
    answer = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    if kept and not (answer.table_id and answer.takes_part):
        raise NotAtATable
    if answer.is_pinned != kept:
        answer.is_pinned = kept
        answer.save(update_fields=["is_pinned"])
        record("registration.pinned" if kept else "registration.unpinned", about=answer, by=by)
    return answer


def may_seat_anew(forum):
    """Whether everyone may still be seated anew: the group work has not begun."""
    return not GroupWork.objects.begun().filter(forum=forum).exists()


def _has_begun(forum):
    # The row is held, so that the work does not begin meanwhile.
    return GroupWork.objects.begun().select_for_update(of=("self",)).filter(forum=forum).exists()


def _tables_of(forum):
    tables = list(forum.tables.in_the_room())
    if not tables:
        raise NoTables
    return tables


def _room_and_late(forum, tables):
    """The Room as people sit now, and the guests who have no table yet."""
    places = {table.pk: place for place, table in enumerate(tables)}
    table_of = dict(forum.registrations.to_seat().values_list("pk", "table_id"))
    seats = {key: places[table] for key, table in table_of.items() if table in places}
    guests = guests_of(forum)
    room = Room.as_seated([guest for guest in guests if guest.key in seats], len(tables), seats)
    return room, [guest for guest in guests if guest.key not in seats]


def _sit_down(forum, table_of, *, by):
    """Save the tables of the answers with these ids, where they differ. Two queries, and one for each
    table."""
    coming = defaultdict(list)
    seated = forum.registrations.to_seat().filter(pk__in=table_of).order_by()
    for pk, table in seated.values_list("pk", "table_id"):
        if table != table_of[pk].pk:
            coming[table_of[pk]].append(pk)
    # One statement that tells of each where to would take four times as long to put together.
    for table, answers in coming.items():
        Registration.objects.filter(pk__in=answers).update(table=table, is_pinned=False)
    if coming:
        record("forum.seated", about=forum, by=by, moved=sum(map(len, coming.values())))


@transaction.atomic
def move(registration, *, table, by, pinned=False):
    """Put one participant at `table`; None leaves them without one. Nothing happens where it is so.

    `pinned`: whether they keep it when everyone is seated anew.

    Raises:
        NotInTheRoom, AnotherForumsTable, MeetsOnline.
        WritesThere: their side has written at the table that they would leave, and who wrote is not kept.
    """
    answer = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    if not (answer.takes_part and answer.holds_a_seat):
        raise NotInTheRoom
    if table is not None and table.forum_id != answer.forum_id:
        raise AnotherForumsTable
    if table is not None and table.is_online:
        raise MeetsOnline
    if answer.table_id == (table and table.pk):
        return answer
    if answer.table_id:
        must_have_written_nothing(answer)
    answer.table, answer.is_pinned = table, pinned and table is not None
    answer.save(update_fields=["table", "is_pinned"])
    record("registration.moved", about=answer, by=by, table=table and table.number)
    return answer


def must_have_written_nothing(answer):
    """Raise WritesThere where notes have been written from the answer's side of its table."""
    # Whoever writes a note holds the table's row too (noting.write_note).
    table = Table.objects.select_for_update(no_key=True).get(pk=answer.table_id)
    if table.notes.filter(side=answer.side).exists():
        raise WritesThere
