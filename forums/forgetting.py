"""Forgetting when, and in which order, notes, dots and verdicts came: beside a server's log of who sent
something, the order alone would be a key to a person (decisions/0171, 0490, 0510 and 0610)."""

import secrets

from django.db import models

from forums.models import Concept, Mention, Note

_random = secrets.SystemRandom()


def forget_order_of_notes(work, *, at):
    """Let nothing in an anonymous group work tell when one of the notes that it has by now was written, or
    before which: as if all were written at the moment `at`, when a round or the work was closed.

    Whoever calls holds all tables (`working.wait_for_writers`), in a transaction.
    """
    notes = Note.objects.of_group_work(work)
    notes.update(written_at=at)
    # A note that is held back was hidden when it was written; one that was taken down, later and by others.
    notes.filter(is_held=True).update(hidden_at=at)
    new = Concept.objects.filter(terms__notes__in=notes, created_at__gte=work.opened_at)
    Concept.objects.filter(pk__in=new.values("pk")).update(created_at=at)
    # Each note's words stay in the order in which they were given.
    _write_anew(Mention.objects.filter(note__in=notes.values("pk")).order_by("pk"), together="note_id")
    _write_anew(Note.objects.filter(pk__in=notes.values("pk")))


def forget_order_of_dots(work):
    """Let nothing tell in which order the dots came, and so which followed upon whose claim."""
    _write_anew(work.dots.all())


def write_among(verdict, others):
    """Write a Verdict, and `others` anew, so that none of them tells which came last; nor do two copies of
    the database, by their keys, which are new for all. Nothing points to a verdict."""
    _write_anew(others, also=[verdict], new_keys=True)


def _write_anew(rows, together="pk", also=(), new_keys=False):
    """Take these rows of one model out and write them again, with those of `also`, in random order; those
    that have the field `together` in common in their own.

    Keys that the database counts up are new, others stay unless `new_keys`. So is where a row lies in the
    file (SQLite's rowid, PostgreSQL's ctid), and which transaction wrote it (xmin). What points to a row is
    checked when the transaction ends, and points to it still.
    """
    found = [*rows, *also]
    groups = list({getattr(row, together) for row in found})
    _random.shuffle(groups)
    places = {group: place for place, group in enumerate(groups)}
    found.sort(key=lambda row: places[getattr(row, together)])
    rows.order_by()._raw_delete(rows.db)
    for row in found:
        if new_keys or isinstance(row._meta.pk, models.AutoField):
            row.pk = row._meta.pk.get_default()
    rows.model.objects.bulk_create(found)
