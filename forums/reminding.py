"""Reminding: deciding when, and telling those who have not answered or who are coming.

The hourly round asks what is due. One that comes late, after a worker was down, tells once what still
makes sense, and lets go of the rest (decisions/0142).
"""

from django.db import transaction

from accounts.recording import record
from forums.circulating import circulate
from forums.models import Circular, Reminder
from forums.planning import count_save
from forums.queueing import hold

TELLS = {
    Reminder.To.UNANSWERED: Circular.Event.UNANSWERED,
    Reminder.To.REGISTERED: Circular.Event.REGISTERED,
}


@transaction.atomic
def set_reminders(forum, *, reminders, by, revision=None):
    """Let the forum have these reminders and no others. Those that it has already stay as they are.

    Args:
        reminders: triples of (Reminder.To, days before, time of day).
        revision: as in `planning.change_forum`.

    Raises:
        StalePlan.
    """
    forum = hold(forum)
    count_save(forum, "reminders", revision)
    wanted = set(reminders)
    for reminder in forum.reminders.all():
        kept = (reminder.to, reminder.days_before, reminder.time)
        if kept in wanted:
            wanted.remove(kept)
        else:
            reminder.delete()
    for to, days_before, time in wanted:
        forum.reminders.create(to=to, days_before=days_before, time=time)
    record("reminders.set", about=forum, by=by, count=len(set(reminders)))


def remind():
    """Tell what is due; returns how many reminders were."""
    due = {
        reminder.forum
        for reminder in Reminder.objects.still_of_use().select_related("forum")
        if reminder.is_due
    }
    return sum(_remind(forum) for forum in due)


@transaction.atomic
def _remind(forum):
    forum = hold(forum)
    due = [reminder for reminder in forum.reminders.all() if reminder.is_due]
    tell = {}
    for reminder in due:
        if forum.is_announced and reminder.is_of_use:
            tell[reminder.to] = reminder  # two that are late to the same people are told as one
        reminder.told_for = reminder.due_at
        reminder.save(update_fields=["told_for"])
    for to in tell:
        circulate(TELLS[to], forum)
        record("forum.reminded", about=forum, by=None, to=to)
    return len(tell)
