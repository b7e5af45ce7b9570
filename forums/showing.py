"""What the wall and the result page show, put together from the figures and the notes."""

from collections import defaultdict

from django.core.cache import cache
from django.db.models import Count, Prefetch

from forums.counting import figures_of
from forums.disclosing import attribute, is_shared
from forums.models import Mention, Note, Term

LATEST_NOTES = 3
FIGURES_KEPT_FOR = 60  # seconds
CONCEPTS_IN_A_COLUMN = 8
SUGGESTIONS = 40
# The eight sizes of static/css/wall.css, in hundredths of the screen, and a column's width in the same.
SIZES = (1.9, 2.2, 2.6, 3.0, 3.5, 4.1, 4.8, 5.6)
COLUMN = 27
LETTER = 0.48  # an average letter's width, in its own height


def notes_of(group_work):
    """The shown notes with what telling of them needs, latest first."""
    return (
        Note.objects.shown()
        .filter(question__group_work=group_work)
        .select_related("table", "author")
        .prefetch_related(Prefetch("mentions", Mention.objects.select_related("term")))
    )


def suggestions_for(group_work):
    """The words that the forum has used already, commonest first."""
    used = Term.objects.filter(mentions__note__question__group_work=group_work)
    ranked = used.annotate(times=Count("mentions")).order_by("-times", "text")
    return list(ranked.values_list("text", flat=True)[:SUGGESTIONS])


def figures_at(group_work, stamp):
    """The figures as they stand, counted once for all who ask at the same `stamp` of the wall."""
    key = f"figures:{group_work.pk}:{stamp}"
    return cache.get_or_set(key, lambda: figures_of(group_work), FIGURES_KEPT_FOR)


def wall_of(group_work, stamp):
    """Return the wall's content: figures, columns of concepts with their sizes, latest notes, and
    whether the number of notes is told. Read while one side writes, it would be that side's."""
    figures = figures_at(group_work, stamp)
    latest = attribute(list(notes_of(group_work)[:LATEST_NOTES]), figures=figures, work=group_work)
    closed = group_work.state == group_work.State.CLOSED
    return {
        "figures": figures,
        "columns": columns_of(figures),
        "latest": latest,
        "notes_counted": figures["sides_shown"] or closed,
    }


def columns_of(figures):
    """Sort the concepts by who said them: "elected", "shared", "official", and "room" where no
    split is told. Each gets `size`, 1 to 8 by the number of tables."""
    concepts = figures["concepts"]
    most = max((concept["tables"] for concept in concepts), default=1)
    columns = {"elected": [], "shared": [], "official": [], "room": []}
    for concept in concepts:
        column = columns[side_of(concept)]
        if len(column) < CONCEPTS_IN_A_COLUMN:
            column.append({**concept, "size": _size(concept, most)})
    return columns


def side_of(concept):
    """Which column a concept stands in."""
    if concept["elected"] is None:
        return "room"
    if is_shared(concept):
        return "shared"
    return "elected" if concept["elected"] else "official"


def _size(concept, most):
    """1 to 8 by the number of tables, but no larger than lets the longest word keep to its column."""
    by_tables = 4 if most == 1 else 1 + round(7 * (concept["tables"] - 1) / (most - 1))
    letters = max(map(len, concept["label"].split())) + 1.5  # and the number beside it
    fitting = sum(1 for size in SIZES if size * LETTER * letters <= COLUMN)
    return max(1, min(by_tables, fitting))


def counts_of(result):
    """Return the result's concepts, each with its `side`; not a word of what was written."""
    return [{**concept, "side": side_of(concept)} for concept in result.figures["concepts"]]


def themes_of(result):
    """Return the result's concepts, each with `side` and the `notes_said` behind it.

    By the words that counted when the result was frozen: a later merge moves nothing. Ordered by
    table, not by time, which would tell the sides apart by their rounds.
    """
    work = result.group_work
    notes = attribute(list(notes_of(work).order_by("table__number", "pk")), figures=result.figures, work=work)
    by_term = defaultdict(list)
    for note in notes:
        for mention in note.mentions.all():
            by_term[mention.term_id].append(note)
    return [{**theme, "notes_said": _said(theme, by_term)} for theme in counts_of(result)]


def _said(concept, by_term):
    """The notes behind a concept, each once. Those that tell only their side come last, shuffled by id."""
    notes = {note.pk: note for term in concept["terms"] for note in by_term[term]}
    told = sorted(notes.values(), key=lambda note: (note.told_table is None, note.handle))
    return sorted(told, key=lambda note: note.told_table.number if note.told_table else 10**6)
