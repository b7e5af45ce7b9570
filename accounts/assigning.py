"""Giving people posts, and ending them. Rights come and go with the post."""

from django.db import transaction

from accounts.models import Assignment
from accounts.recording import record


@transaction.atomic
def assign(person, *, unit, title, side, starts_on, by, ends_on=None, is_manager=False, party=""):
    """Give `person` a post in `unit` from `starts_on` to and including `ends_on` (dates).

    Raises:
        IntegrityError: it ends before it starts, or an official is given a party.
    """
    assignment = Assignment.objects.create(
        person=person,
        unit=unit,
        title=title,
        side=side,
        starts_on=starts_on,
        ends_on=ends_on,
        is_manager=is_manager,
        party=party,
    )
    record("assignment.given", about=assignment, by=by, person=person.pk, unit=unit.pk)
    return assignment


@transaction.atomic
def end(assignment, *, on, by):
    """End the post: `on` (a date) is its last day.

    Raises:
        IntegrityError: `on` lies before the post began.
    """
    assignment.ends_on = on
    assignment.save(update_fields=["ends_on"])
    record("assignment.ended", about=assignment, by=by, on=on.isoformat())
    return assignment
