"""Grouping: departments and companies as the groups of a forum, in place of numbered tables."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.recording import record
from forums.furnishing import TablesInUse
from forums.models import GroupWork
from forums.planning import CannotPlan, GroupWorkBegun, count_save
from forums.queueing import hold


class NoGroups(CannotPlan):
    message, field = _("Choose at least two departments or companies."), "units"


class NoWorkToGroup(CannotPlan):
    message = _("Plan the group work first: its leaders, questions and rounds.")


@transaction.atomic
def group_by_units(forum, *, units, by):
    """Make each of `units` a group of the forum's group work, by name, and return the groups. Each is a
    Table; those of units that stay keep their people, and all other tables go.

    Raises:
        NoWorkToGroup, GroupWorkBegun, NoGroups.
        TablesInUse: a table that would go has written notes.
    """
    forum = hold(forum)
    work = GroupWork.objects.select_for_update(of=("self",)).filter(forum=forum).first()
    if work is None:
        raise NoWorkToGroup
    if work.state != GroupWork.State.PLANNED:
        raise GroupWorkBegun
    if len(units) < 2:
        raise NoGroups
    groups = list(forum.tables.all())
    if {group.unit_id for group in groups} == {unit.pk for unit in units}:
        return groups
    count_save(forum, "tables", None)
    gone = forum.tables.exclude(unit__in=units)
    if gone.filter(notes__isnull=False).exists():
        raise TablesInUse
    gone.delete()
    last = max(forum.tables.values_list("number", flat=True), default=0)
    there = set(forum.tables.values_list("unit_id", flat=True))
    for unit in sorted(units, key=str):
        if unit.pk not in there:
            last += 1
            forum.tables.create(number=last, unit=unit, name=unit.name)
    work.grouped_by = GroupWork.Grouping.UNITS
    work.save(update_fields=["grouped_by"])
    record("tables.grouped_by_units", about=forum, by=by, count=len(units))
    return list(forum.tables.all())


@transaction.atomic
def group_by_tables(forum, *, by):
    """Let numbered tables be the groups again; how many is said as usual. Nothing happens where they are.

    Raises:
        GroupWorkBegun.
    """
    forum = hold(forum)
    work = GroupWork.objects.select_for_update(of=("self",)).filter(forum=forum).first()
    if work is None or not work.has_unit_groups:
        return
    if work.state != GroupWork.State.PLANNED:
        raise GroupWorkBegun
    count_save(forum, "tables", None)
    forum.tables.all().delete()
    work.grouped_by = GroupWork.Grouping.TABLES
    work.save(update_fields=["grouped_by"])
    record("tables.grouped_by_tables", about=forum, by=by)
