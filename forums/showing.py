"""What the wall and the result page show, put together from the figures and the notes."""

from collections import defaultdict

from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.utils.translation import get_language

from forums.caching import recall, recall_or_make, remember
from forums.charting import on_the_wall
from forums.counting import figures_from, in_language
from forums.disclosing import attribute, is_shared
from forums.models import Mention, Note
from forums.ranking import priorities_of
from forums.sizing import FILLED, FILLED_BY_HALF, size_words
from forums.spectating import for_spectators
from forums.stamping import stamp_of_wall
from forums.tallying import tally_of
from forums.veiling import figures_named, figures_told

LATEST_NOTES = 3
LATEST_AT_A_TABLE = 40
MOST_ON_THE_WALL = 5  # of the notes with most dots
FIGURES_KEPT_FOR = 60  # seconds
# Seconds. A person who changes their name is seen there after that.
WALL_KEPT_FOR = 60
WALL_MAY_BE_OLD = 0.4  # seconds, as long as the lookout rests (portal/looking.py)
CONCEPTS_IN_A_COLUMN = 8
CONCEPTS_IN_HALF_A_COLUMN = 4
COLUMNS_ABREAST = 3
CONCEPTS_OF_THE_ROOM = 20  # where the whole screen is one column


def notes_of(group_work, notes=None):
    """The shown notes, or others of `notes`, with what telling of them needs; latest first."""
    notes = Note.objects.shown() if notes is None else notes
    return (
        notes.of_group_work(group_work)
        .select_related("table", "author")
        .prefetch_related(Prefetch("mentions", Mention.objects.select_related("term")))
    )


def notes_at(table, group_work, *, own, whole=False):
    """Return the notes at a table, latest first, and how many there are in all: the latest and, after them,
    this browser's `own` (their ids), or all of them where the `whole` list is asked for.

    A department that shares one table may write hundreds, and each of its phones fetches the list at every
    new one. Two queries, and two more where there are more notes than are told.
    """
    written = notes_of(group_work, Note.objects.shown_or_held(own)).filter(table=table)
    notes = list(written if whole else written[:LATEST_AT_A_TABLE])
    if whole or len(notes) < LATEST_AT_A_TABLE:
        return notes, len(notes)
    older = set(own) - {note.pk for note in notes}
    return [*notes, *written.filter(pk__in=older)], written.count()


def figures_at(group_work, stamp):
    """The figures as they stand, counted once for all who ask at the same `stamp` of the wall; beside them
    `by_question`, what `Tally.groups_by_question` returns."""
    key = f"figures:{group_work.pk}:{stamp}"

    def count():
        tally = tally_of(group_work.pk)
        tally.bring_up_to_date()
        return figures_from(tally) | {"by_question": tally.groups_by_question()}

    return recall_or_make(key, count, FIGURES_KEPT_FOR)


def wall_of(group_work, stamp, *, with_notes=True):
    """Return the wall's content: figures, columns of concepts with their sizes, latest notes, what got most
    dots, and whether the number of notes is told. Read while one side writes, it would be that side's.
    Spectators see no notes. When the notes have been thinned out, what the result tells."""
    figures = _frozen(group_work) if group_work.is_thinned else figures_at(group_work, stamp)
    figures = in_language(figures, get_language())
    figures = figures if with_notes else for_spectators(figures, work=group_work)
    latest = list(notes_of(group_work).latest_of(group_work, LATEST_NOTES)) if with_notes else []
    priorities = priorities_of(group_work) if with_notes else None
    dotted = _most_dotted(group_work) if priorities else []
    attribute([*latest, *dotted], figures=figures, work=group_work)
    closed = group_work.state == group_work.State.CLOSED
    return {
        "figures": figures,
        "columns": columns_of(figures, work=group_work),
        "chart": on_the_wall(figures),
        "latest": latest,
        "priorities": priorities,
        "dotted": dotted,
        "notes_counted": figures["notes"]["elected"] is not None or closed,
    }


def _frozen(work):
    """The figures of the result, which is what is left when the notes are gone; what each question was
    answered by went with them."""
    return figures_told(work.result) | {"by_question": {}}


def _most_dotted(work):
    """The few notes with most dots, each with `dots_in_all`, to be read from the last row."""
    return list(notes_of(work, Note.objects.priorities_of(work))[:MOST_ON_THE_WALL])


def wall_html(work, stamp, *, with_notes=True):
    """What changes on the wall, as HTML in the active language: the same for all who watch, and made
    once for those who read notes and once for spectators."""
    about = _wall_for(work, with_notes)

    def render_wall():
        told = {"forum": work.forum, "work": work, "round": work.current_round, "with_notes": with_notes}
        context = told | wall_of(work, stamp, with_notes=with_notes)
        html = render_to_string("forums/parts/wall_content.html", context)
        remember(f"latest-{about}", (stamp, html), WALL_MAY_BE_OLD)
        return html

    return recall_or_make(f"{about}:{stamp}", render_wall, WALL_KEPT_FOR)


def wall_as_of_late(work, *, with_notes=True):
    """Return the stamp and the HTML of the wall as it was made a moment ago or, where nobody has asked for
    so long, as it is. Of a thousand who open it while the tables write, each would else have a new one
    made; whoever follows it is told at once what has come since."""
    kept = recall(f"latest-{_wall_for(work, with_notes)}")
    return kept or (stamp := stamp_of_wall(work), wall_html(work, stamp, with_notes=with_notes))


def _wall_for(work, with_notes):
    return f"wall:{work.pk}:{with_notes}:{get_language()}"


def columns_of(figures, *, work):
    """The columns of words on the wall: {"kind", "title", "concepts", "growth"} from left to right.

    The kind is "elected", "shared", "official"; "room" for words whose sides aren't told; or, where the
    groups are units, "asked", one for each question: there no side is told, but what several of them
    say. Beside a "room", what one side says may stand in it: `waits_for_more`. Each concept gets `side`,
    and `size`, 1 to 8 by the number of tables that said it; the growth is the same for all.
    """
    by_question = work.has_unit_groups and not work.is_thinned
    columns = _columns_by_question(figures, work) if by_question else _columns_by_side(figures)
    growth = size_words(columns)
    return [{**column, "growth": growth} for column in columns]


def _columns_by_side(figures):
    by_side = {"elected": [], "shared": [], "room": [], "official": []}
    for concept in figures["concepts"]:
        by_side[side_of(concept)].append({**concept, "side": side_of(concept)})
    if not figures["sides_shown"]:
        said = by_side["room"][:CONCEPTS_OF_THE_ROOM]
        return [{"kind": "room", "title": "", "concepts": said, "room": FILLED}]
    halves = [kind for kind in ("shared", "room") if by_side[kind]]
    kinds = ["elected", *(halves or ["shared"]), "official"]
    columns = [_column(kind, by_side[kind], is_half=len(halves) > 1 and kind in halves) for kind in kinds]
    return [{**column, "waits_for_more": bool(by_side["room"])} for column in columns]


def _columns_by_question(figures, work):
    """A column for each question; a concept is "shared" there where several of the groups say it."""
    said = figures["by_question"]
    labels = {concept["id"]: concept for concept in figures["concepts"]}
    columns, questions = [], list(work.questions.all())
    for question in questions:
        counted = said.get(question.pk, {})
        concepts = [
            {**labels[pk], "tables": groups, "side": "shared" if groups > 1 else ""}
            for pk, groups in sorted(counted.items(), key=lambda pair: (-pair[1], labels[pair[0]]["label"]))
        ]
        is_half = len(questions) > COLUMNS_ABREAST
        columns.append(_column("asked", concepts, title=question.get_kind_display(), is_half=is_half))
    return columns


def _column(kind, concepts, *, title="", is_half=False):
    """A column of several, of the wall's whole height or of half of it."""
    most, room = (CONCEPTS_IN_HALF_A_COLUMN, FILLED_BY_HALF) if is_half else (CONCEPTS_IN_A_COLUMN, FILLED)
    return {"kind": kind, "title": title, "concepts": concepts[:most], "room": room}


def side_of(concept):
    """Which column a concept stands in."""
    if concept["elected"] is None:
        return "room"
    if is_shared(concept):
        return "shared"
    return "elected" if concept["elected"] else "official"


def counts_of(figures):
    """Return the concepts of a result's figures, each with its `side`; not a word of what was written."""
    return [{**concept, "side": side_of(concept)} for concept in figures["concepts"]]


def themes_of(result, *, named=False):
    """Return the result's concepts, each with `side` and the `notes_said` behind it; all, or without those
    that are no longer named (`veiling`).

    By the words that counted when the result was frozen: a later merge moves nothing. Ordered by
    table, not by time, which would tell the sides apart by their rounds. An anonymous note that stands
    under a theme whose sides are told is not shown under one whose sides aren't: it would tell them.
    """
    work = result.group_work
    # Without the words of the mentions, which nothing here shows: 3,000 notes have 6,000 of them.
    notes = Note.objects.shown().of_group_work(work).select_related(*_told_with(work))
    notes = notes.prefetch_related("mentions").order_by("table__number", "pk")
    attribute(notes, figures=result.figures, work=work)
    by_term = defaultdict(list)
    for note in notes:
        for mention in note.mentions.all():
            by_term[mention.term_id].append(note)
    themes = counts_of(figures_named(result) if named else figures_told(result))
    bound = {
        note.pk
        for theme in themes
        if work.anonymous and theme["side"] != "room"
        for term in theme["terms"]
        for note in by_term[term]
    }
    return [{**theme, "notes_said": _said(theme, by_term, bound)} for theme in themes]


def wordless_notes(result):
    """The shown notes without any keyword, which stand under no theme."""
    work = result.group_work
    notes = Note.objects.shown().of_group_work(work).filter(mentions=None).select_related(*_told_with(work))
    notes = attribute(notes.prefetch_related("mentions"), figures=result.figures, work=work)
    return sorted(notes, key=_by_what_is_told)


def ranked_notes(result):
    """Pairs of (note, dots) of what got most dots, most first, each note with what may be told of it; those
    that were hidden since are left out."""
    priorities = result.figures.get("priorities")
    if not priorities:
        return []
    work = result.group_work
    dots = {one["note"]: one["dots"] for one in priorities["notes"]}
    dotted = Note.objects.shown().filter(dots__isnull=False).distinct()
    notes = {note.handle: note for note in notes_of(work, dotted) if note.handle in dots}
    attribute(list(notes.values()), figures=result.figures, work=work)
    return [(notes[handle], number) for handle, number in dots.items() if handle in notes]


def _told_with(work):
    return ("table",) if work.anonymous else ("table", "author")


def _said(concept, by_term, bound):
    """The notes behind a concept, each once. Those that tell only their side come last, shuffled by id."""
    notes = {note.pk: note for term in concept["terms"] for note in by_term[term]}
    if concept["side"] == "room":
        notes = {pk: note for pk, note in notes.items() if pk not in bound}
    return sorted(notes.values(), key=_by_what_is_told)


def _by_what_is_told(note):
    """A sort key that tells nothing else: the table as far as it is told, then chance."""
    return note.told_table.first if note.told_table else 10**6, note.handle
