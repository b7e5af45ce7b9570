"""Writing notes at the tables, and taking them down."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.recording import record
from accounts.refusals import Refusal
from forums.models import Mention, Note, Registration, Round, Table
from forums.wording import MAX_KEYWORD_LENGTH, normalise, terms_for

MAX_KEYWORDS = 6


class NoteRefused(Refusal):
    """The note was not saved. `field` says what to mend: "text", "keywords", or None for neither."""


@transaction.atomic
def write_note(*, note_id, question, table, side, text, keywords, by):
    """Save a note once, however many times it is sent, and return it.

    The id is made by the writer's browser and shown to nobody else: whoever sends it again with
    other words edits the note. An anonymous note keeps no trace of `by`, here or in the log, so
    that the note itself is the only record of its writing.

    Args:
        note_id: a UUID.
        side: the voice; the writer must be registered with it at `table`, and hold a post on it today.
        text: up to 500 characters.
        keywords: up to 6 words or phrases of up to 60 characters.

    Raises:
        NoteRefused: too long, empty, not this side's turn, not the writer's table or note.
    """
    text = text.replace("\r\n", "\n").strip()
    keywords = [keyword for keyword in keywords if normalise(keyword)]
    _check_words(text, keywords)
    table = Table.objects.select_for_update(no_key=True).get(pk=table.pk)
    _check_turn(question, table, side, by)
    note = Note.objects.filter(pk=note_id).select_related("question").first()
    author = None if question.group_work.anonymous else by
    if note is None:
        note = Note.objects.create(
            pk=note_id, question=question, table=table, side=side, text=text, author=author
        )
        _mention(note, keywords)
        return note
    _check_own(note, question, table, side, author)
    was = note.text, note.question_id
    if _mention(note, keywords) or was != (text, question.pk):
        note.text, note.question, note.written_at = text, question, timezone.now()
        note.save(update_fields=["text", "question", "written_at"])
    return note


def _check_words(text, keywords):
    if not text:
        raise NoteRefused(_("Write something first."), "text")
    if len(text) > Note.MAX_LENGTH:
        raise NoteRefused(
            _("The note is %(length)d characters long; at most %(limit)d fit.")
            % {"length": len(text), "limit": Note.MAX_LENGTH},
            "text",
        )
    if len(keywords) > MAX_KEYWORDS:
        raise NoteRefused(_("Choose at most %(limit)d keywords.") % {"limit": MAX_KEYWORDS}, "keywords")
    if too_long := [keyword for keyword in keywords if len(normalise(keyword)) > MAX_KEYWORD_LENGTH]:
        raise NoteRefused(
            _("The keyword “%(keyword)s” is longer than %(limit)d characters.")
            % {"keyword": too_long[0][:30] + "…", "limit": MAX_KEYWORD_LENGTH},
            "keywords",
        )


def _check_turn(question, table, side, by):
    """The writer's own table and voice, and that voice's turn. Asked with the table's row locked."""
    forum_id = question.group_work.forum_id
    seated = Registration.objects.registered().filter(forum=forum_id, table=table, side=side, person=by)
    if table.forum_id != forum_id or not seated.exists():
        raise NoteRefused(_("You don't sit at that table."))
    if side not in by.reach.sides:
        raise NoteRefused(_("You no longer hold a post on the side that you were registered for."))
    current = Round.objects.filter(group_work=question.group_work_id, state=Round.State.OPEN).first()
    if current is None:
        raise NoteRefused(_("No round is open just now, so the note wasn't saved. Your text is still here."))
    if current.side not in ("", side):
        raise NoteRefused(
            _("It is the other side's turn to write, so the note wasn't saved. Your text is still here.")
        )


def _check_own(note, question, table, side, author):
    same_place = (
        note.table_id == table.pk
        and note.side == side
        and note.question.group_work_id == question.group_work_id
    )
    if not same_place or note.author_id != (author and author.pk):
        raise NoteRefused(_("That note belongs to somebody else."))
    if note.hidden_at:
        raise NoteRefused(_("The note has been hidden by those who lead the group work."))


def _mention(note, keywords):
    """Give the note these words and no others; returns whether that changed anything."""
    terms = terms_for(keywords)
    before = set(note.mentions.values_list("term_id", flat=True))
    gone, _ = note.mentions.exclude(term__in=terms).delete()
    new = [Mention(note=note, term=term) for term in terms if term.pk not in before]
    Mention.objects.bulk_create(new)
    return bool(gone or new)


@transaction.atomic
def hide_note(note, *, reason, by):
    """Take a note down: it is kept and logged, but neither shown nor counted.

    The log names the table, never the words, and not the note's id either, which is its writer's
    secret. After the group work is closed its words go, but the frozen count stays. A second call
    changes nothing.

    Raises:
        NoteRefused: no reason given.
    """
    reason = reason.strip()
    if not reason:
        raise NoteRefused(_("Say why the note is hidden."), "reason")
    table = Table.objects.select_for_update(no_key=True).get(pk=note.table_id)
    hidden = Note.objects.shown().filter(pk=note.pk)
    if hidden.update(hidden_at=timezone.now(), hidden_reason=reason[:250]):
        work = note.question.group_work
        record("note.hidden", about=work, by=by, table=table.number, reason=reason[:250])
    return Note.objects.get(pk=note.pk)
