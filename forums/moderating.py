"""Looking after what is written: taking a note down, showing one again, marking it for the summary."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.recording import record
from forums.models import GroupWork, Note, Table
from forums.noting import NoteRefused
from forums.redrawing import redraw_pictures
from forums.veiling import note_unsaid


@transaction.atomic
def hide_note(note, *, reason, by):
    """Take a note down: it is kept and logged, but neither shown nor counted.

    The log names the table, never the words, and not the note's id either, which is its writer's
    secret. After the group work is closed its words go, and its keywords too (`veiling`), also from the
    pictures of the summary, but the frozen count stays. A second call changes nothing.

    Raises:
        NoteRefused: no reason given.
    """
    reason = reason.strip()
    if not reason:
        raise NoteRefused(_("Say why the note is hidden."), "reason")
    table = _hold_table(note)
    seen = Note.objects.filter(Q(hidden_at=None) | Q(is_held=True), pk=note.pk)
    if seen.update(hidden_at=timezone.now(), is_held=False, hidden_reason=reason[:250]):
        record("note.hidden", about=_work_of(note), by=by, table=table.number, reason=reason[:250])
        note_unsaid(note)
        redraw_pictures(_work_of(note))
    return Note.objects.get(pk=note.pk)


def let_through(note, *, by):
    """Show and count a note that was held back. Nothing happens where it isn't.

    Raises:
        NoteRefused: the group work is closed, and its count frozen.
    """
    return _show(note, Note.objects.held(), "note.let_through", by)


def show_again(note, *, by):
    """Show and count a note again that was taken down, as it was: with its mark, and with the dots on it
    that have not been moved meanwhile. Nothing happens where it is shown.

    Raises:
        NoteRefused: the group work is closed, and its count frozen.
    """
    return _show(note, Note.objects.taken_down(), "note.shown_again", by)


@transaction.atomic
def _show(note, among, event, by):
    """Show a note that is out of sight, where it is one of the notes `among`."""
    work = GroupWork.objects.select_for_update(of=("self",)).get(pk=note.question.group_work_id)
    table = _hold_table(note)
    unseen = among.filter(pk=note.pk)
    if unseen.exists() and work.state == GroupWork.State.CLOSED:
        raise NoteRefused(_("The group work is closed and its count frozen, so the note stays out."))
    if unseen.update(is_held=False, hidden_at=None, hidden_reason=""):
        record(event, about=work, by=by, table=table.number)
    return Note.objects.get(pk=note.pk)


@transaction.atomic
def mark_for_summary(note, *, marked, by):
    """Mark a note for the summary, or take the mark off. The mark is seen by those who lead and write.

    Raises:
        NoteRefused: the note isn't shown.
    """
    table = _hold_table(note)
    note = Note.objects.get(pk=note.pk)
    if note.hidden_at:
        raise NoteRefused(_("A note that isn't shown can't be marked."))
    if note.is_for_summary != marked:
        note.is_for_summary = marked
        note.save(update_fields=["is_for_summary"])
        event = "note.marked" if marked else "note.unmarked"
        record(event, about=_work_of(note), by=by, table=table.number)
    return note


def _hold_table(note):
    return Table.objects.select_for_update(no_key=True).get(pk=note.table_id)


def _work_of(note):
    return note.question.group_work
