"""Writing notes at the tables."""

import unicodedata
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.flushing import flushed_together
from accounts.models import insert_rows
from accounts.refusals import Refusal
from forums.guarding import withheld_in, withheld_in_each
from forums.models import Mention, Note, Question, Turn
from forums.wording import MAX_KEYWORD_LENGTH, letters_of, normalise, terms_for

MAX_KEYWORDS = 6
WRITTEN = ("question_id", "table_id", "side", "author_id", "text")


class NoteRefused(Refusal):
    """The note was not saved. `field` says what to mend: "text", "keywords", or None for neither."""


class StaleNote(NoteRefused):
    """The note has been saved again since its writer opened it. `note` is what it says now."""

    def __init__(self, note):
        super().__init__(_("The note has been changed elsewhere since you opened it, so yours wasn't saved."))
        self.note = note


@dataclass
class SentNote:
    """A note as its writer's browser sent it.

    Attributes:
        note_id: a UUID.
        text: up to 500 characters, composed, as people count letters: a Mac pastes å as two signs.
        keywords: up to 6 words or phrases of up to 60 characters.
        revision: of the note when its writer opened it, 0 for a new one; None for whoever saw no form.
    """

    note_id: UUID
    question: Question
    text: str
    keywords: list[str]
    revision: int | None = None

    def __post_init__(self):
        self.text = unicodedata.normalize("NFC", self.text.replace("\r\n", "\n").strip())
        self.keywords = [keyword for keyword in self.keywords if normalise(keyword)]


def write_note(*, table, side, by, **sent):
    """Save a note once, however many times it is sent, and return it.

    The id is made by the writer's browser and shown to nobody else: whoever sends it again with
    other words edits the note, in its side's turn or, until the room begins to put its dots, after it
    (decisions/0401). An anonymous note keeps no trace of `by`, here or in the log, so
    that the note itself is the only record of its writing. One with an insult in it, or with somebody's
    name as a keyword, is kept, but held back (`is_held`) until somebody has looked at it, or its writer has
    found another word.

    Args:
        side: the voice; the writer must be registered with it at `table`, and hold a post on it today.
        sent: as in `SentNote`.

    Raises:
        NoteRefused: too long, empty, not this side's turn, not the writer's table or note.
        StaleNote: it has been saved with other words since `revision`.
    """
    [told] = write_notes([SentNote(**sent)], table=table, side=side, by=by)
    if isinstance(told, NoteRefused):
        raise told
    return told


@flushed_together(few_wait=True)  # those at one table
def write_notes(sent, *, table, side, by):
    """Save several notes of one writer together, as a browser sends what it has kept (decisions/0705).

    Each is saved or refused by itself, as `write_note` tells.

    Args:
        sent: a list of SentNote of one group work, each with another id.

    Returns:
        In their order, the Note for each that was saved, the NoteRefused for each that was not.
    """
    work = sent[0].question.group_work
    ids = [one.note_id for one in sent]
    turn = Turn.held(work_id=work.pk, table_id=table.pk, side=side, person_id=by.pk, note_ids=ids)
    known = Note.objects.select_related("question").in_bulk(ids) if turn.knows_any else {}
    author = None if work.anonymous else by
    told, new = [], []
    for one in sent:
        note = Note(
            pk=one.note_id, question=one.question, table=table, side=side, text=one.text, author=author
        )
        try:
            _check_words(one.text, one.keywords)
            if one.note_id in known:
                note = _write_again(known[one.note_id], note, one, turn, by)
            else:
                _check_seat(turn, side, by)
                _check_turn(turn, side, None)
                new.append((note, one.keywords))
            told.append(note)
        except NoteRefused as refusal:
            told.append(refusal)
    if new:
        _insert(new)
    return told


def _insert(new):
    """Write new notes, each given with its keywords."""
    withheld = withheld_in_each([(note.text, keywords) for note, keywords in new])
    for (note, _keywords), words in zip(new, withheld, strict=True):
        _hold_back(note, words)
    insert_rows([note for note, _keywords in new])
    if mentions := _mentions_of(new):
        insert_rows(mentions)


def _write_again(known, note, sent, turn, by):
    """Take a note that there is already once more, and return it as it stands then."""
    if _says_the_same(known, note, sent.keywords):
        return known  # sent again since its answer got lost: saved is saved, whosever turn it is by now
    _check_seat(turn, note.side, by)
    _check_turn(turn, note.side, known)
    _check_own(known, note)
    # Mended after its turn, it stays where it was: it is none of what is written now.
    known.written_at = timezone.now() if turn.lets_write(note.side) else known.written_at
    return _change(known, sent)


def _says_the_same(known, sent, keywords):
    """Whether a note is its sender's own, where they stand, and says just this already."""
    if any(getattr(known, name) != getattr(sent, name) for name in WRITTEN) or known.is_taken_down:
        return False
    return letters_of(keywords) == dict(known.mentions.values_list("term__text", "written"))


def _change(note, sent):
    """Save other words over a note."""
    was = list(note.terms.values_list("text", flat=True))
    if sent.revision is not None and sent.revision != note.revision:
        raise StaleNote(note)
    # What has been let through once isn't held back again for the same word.
    passed = set() if note.is_held else withheld_in(note.text, was)
    _hold_back(note, withheld_in(sent.text, sent.keywords) - passed)
    _mention(note, sent.keywords)
    note.text, note.question = sent.text, sent.question
    note.revision += 1
    note.save(update_fields=["text", "question", "written_at", "revision", "is_held", "hidden_at"])
    return note


def _hold_back(note, withheld):
    note.is_held = bool(withheld)
    note.hidden_at = timezone.now() if withheld else None


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


def _check_seat(turn, side, by):
    """The writer's own table and voice."""
    if not turn.sits_there:
        raise NoteRefused(_("You don't sit at that table."))
    if side not in by.reach.sides:
        raise NoteRefused(_("You no longer hold a post on the side that you were registered for."))


def _check_turn(turn, side, known):
    """That voice's turn; for a note that there is already, the time until people judge it by their dots."""
    if turn.is_over:
        raise NoteRefused(
            _("The group work is closed, so the note was not sent in. Your text is still here.")
        )
    if known and turn.has_dots and (known.dots.exists() or not turn.lets_write(side)):
        raise NoteRefused(
            _("The dots stand for the notes as they are, so it wasn't changed. Your text is still here.")
        )
    if known or turn.lets_write(side):
        return
    if turn.writes is None:
        raise NoteRefused(_("No round is open just now, so the note wasn't saved. Your text is still here."))
    raise NoteRefused(
        _("It is the other side's turn to write, so the note wasn't saved. Your text is still here.")
    )


def _check_own(known, sent):
    same_place = (
        known.table_id == sent.table_id
        and known.side == sent.side
        and known.question.group_work_id == sent.question.group_work_id
    )
    if not same_place or known.author_id != sent.author_id:
        raise NoteRefused(_("That note belongs to somebody else."))
    if known.is_taken_down:
        raise NoteRefused(_("The note has been hidden by those who lead the group work."))


def _mention(note, keywords):
    """Give the note these words and no others."""
    mentions = _mentions_of([(note, keywords)])
    before = {(known.term_id, known.written): known.pk for known in note.mentions.all()}
    stays = {(one.term_id, one.written) for one in mentions} & before.keys()
    note.mentions.exclude(pk__in=[before[word] for word in stays]).delete()
    Mention.objects.bulk_create(one for one in mentions if (one.term_id, one.written) not in stays)


def _mentions_of(written):
    """A Mention for each word of each note, given with its keywords; not saved yet."""
    terms = {term.text: term for term in terms_for([word for _note, words in written for word in words])}
    return [
        Mention(note=note, term=terms[word], written=letters)
        for note, keywords in written
        for word, letters in sorted(letters_of(keywords).items())
    ]
