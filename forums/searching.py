"""Searching what a room has written, for those who look after it."""

from forums.disclosing import attribute, tables_told_as
from forums.models import Note
from forums.showing import notes_of


def notes_about(work, text, *, figures):
    """The shown notes with `text` in them or in a keyword, or of the table called so; all where it is empty.

    A table finds the notes that are told to come from it, and no others: in an anonymous group work the
    search would else tell what the notes themselves don't. For the same reason those aren't in the order
    of their writing, which would tell the sides apart by their rounds.

    Returns:
        A QuerySet or a list, each note with what telling of it needs (`notes_of`).
    """
    shown = Note.objects.shown()
    order = ("pk",) if work.anonymous else ("-written_at", "-pk")
    if text and (tables := tables_told_as(text, work=work)):
        notes = notes_of(work, shown.filter(table__in=tables)).order_by(*order)
        return [note for note in attribute(list(notes), figures=figures, work=work) if note.told_table]
    return notes_of(work, shown.with_word(text) if text else shown).order_by(*order)
