"""Furnishing the room: how many tables a forum has, and which of them meet online."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts.recording import record
from forums.models import GroupWork, Registration
from forums.planning import CannotPlan, count_save
from forums.queueing import hold


class RoomAtWork(CannotPlan):
    message, field = _("The group work is open, so no table can be taken away."), "tables"


class NoSuchTable(CannotPlan):
    message, field = _("There is no table %(number)s."), "online"


class OnlineTableInUse(CannotPlan):
    message, field = _("There are notes from a table that would meet otherwise than before."), "online"


class TablesInUse(CannotPlan):
    message, field = _("There are notes from one of the tables that would go."), "tables"


@transaction.atomic
def set_tables(forum, *, count, by, online=None, revision=None):
    """Give the forum `count` tables, numbered from 1, and return them. Those that go lose their people.

    Args:
        online: the numbers of the tables that meet online; None leaves that as it is. Who sits in the
            room at a table that moves online, or the other way round, is left without a table.

    Raises:
        StalePlan, NoSuchTable.
        RoomAtWork: a table would go, or meet otherwise, while the group work is open.
        TablesInUse, OnlineTableInUse: such a table has written notes.
    """
    forum = hold(forum)
    count_save(forum, "tables", revision)
    surplus = forum.tables.filter(number__gt=count)
    if surplus.exists() and _is_at_work(forum):
        raise RoomAtWork
    if surplus.filter(notes__isnull=False).exists():
        raise TablesInUse
    surplus.delete()
    last = forum.tables.aggregate(last=Max("number"))["last"] or 0
    for number in range(last + 1, count + 1):
        forum.tables.create(number=number)
    if online is not None:
        _let_meet_online(forum, set(online))
    record("tables.set", about=forum, by=by, count=count, online=forum.tables.online().count())
    return list(forum.tables.all())


def _is_at_work(forum):
    return GroupWork.objects.filter(forum=forum, state=GroupWork.State.OPEN).exists()


def _let_meet_online(forum, numbers):
    tables = list(forum.tables.all())
    if unknown := numbers - {table.number for table in tables}:
        raise NoSuchTable(NoSuchTable.message % {"number": min(unknown)})
    moved = [table for table in tables if table.is_online != (table.number in numbers)]
    if not moved:
        return
    if _is_at_work(forum):
        raise RoomAtWork(_("The group work is open, so the tables meet as they do."), field="online")
    if forum.tables.filter(pk__in=[table.pk for table in moved], notes__isnull=False).exists():
        raise OnlineTableInUse
    for table in moved:
        table.is_online = not table.is_online
        table.save(update_fields=["is_online"])
        # Of those who meet in the other way; who has come to the call from a seat in the room stays there.
        other = Registration.Mode.ON_SITE if table.is_online else Registration.Mode.ONLINE
        table.registrations.filter(mode=other).update(table=None, is_pinned=False)
