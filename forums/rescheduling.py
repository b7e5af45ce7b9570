"""Rescheduling: the programme goes along where its forum is moved.

By the municipality's clocks: what begins at ten begins at ten on the new day too, though the hour changed
between them.
"""

from datetime import timedelta

from django.utils import timezone

from forums.models import ProgrammeItem


def move_programme(forum, *, began, ended):
    """Move the items of a forum that was `began` to `ended` and has other times now; returns how many.

    A forum that is moved as it is takes its programme along. One that changes its length too takes it
    along to the other day, at the same times of day. One that only begins earlier or ends later keeps it.
    What lies outside the forum then stays as it is, and is pointed out (`ProgrammeItem.is_outside`).
    """
    moved = on_the_clock(forum.starts_at) - on_the_clock(began)
    if on_the_clock(forum.ends_at) - on_the_clock(ended) != moved:
        moved = timedelta(days=(on_the_clock(forum.starts_at).date() - on_the_clock(began).date()).days)
    if not moved:
        return 0
    items = list(forum.programme.all())
    for item in items:
        item.starts_at = timezone.make_aware(on_the_clock(item.starts_at) + moved)
        item.ends_at = timezone.make_aware(on_the_clock(item.ends_at) + moved)
    ProgrammeItem.objects.bulk_update(items, ["starts_at", "ends_at"])
    return len(items)


def on_the_clock(moment):
    """The reading of the municipality's clocks: a day shorter by an hour keeps its times of day."""
    return timezone.localtime(moment).replace(tzinfo=None)
