"""Who a note is said to come from, without pointing at fewer than five people (decisions/0060)."""

from django.db.models import Count, Q

from accounts.models import Side
from forums.counting import FEWEST_PEOPLE
from forums.models import Registration


def attribute(notes, *, figures, work):
    """Give each note `told_table`, `told_side` and `told_author`: what may be told of it, or "" or None.

    In a named group work all of it is told, but for the side where a split is withheld. An anonymous
    note tells its table; where its words belong to one side alone, by the figures, it tells the side
    instead: the two together would come down to the few of that side who sit at that table. While the
    work is open everybody sees whose turn it is, so a table is told only where that side is five there,
    whichever it is.

    Args:
        notes: fetched with `table`, `author` and `mentions`.
        figures: as in `Result`.
        work: their GroupWork.
    """
    anonymous = work.anonymous
    tables = _large_tables(work) if anonymous and work.state == work.State.OPEN else None
    concept_of = {term: concept for concept in figures["concepts"] for term in concept["terms"]}
    for note in notes:
        concepts = [concept_of[said.term_id] for said in note.mentions.all() if said.term_id in concept_of]
        split_told = figures["sides_shown"] and all(_is_told(concept) for concept in concepts)
        note.told_author = None if anonymous else note.author
        note.told_table, note.told_side = note.table, note.side if split_told else ""
        if anonymous and any(is_one_sided(concept) for concept in concepts):
            note.told_table = None
        elif anonymous:
            note.told_side = ""
        if tables is not None and note.table_id not in tables:
            note.told_table = None
    return notes


def _large_tables(work):
    """The ids of the tables at which either side is five or more. One query."""
    seated = Registration.objects.registered().filter(forum=work.forum_id, table__isnull=False)
    by_side = {side: Count("pk", filter=Q(side=side)) for side in Side}
    fives = {f"{side}__gte": FEWEST_PEOPLE for side in Side}
    return set(
        seated.order_by()
        .values("table_id")
        .annotate(**by_side)
        .filter(**fives)
        .values_list("table_id", flat=True)
    )


def _is_told(concept):
    return concept["elected"] is not None


def is_one_sided(concept):
    """Whether the figures tell that one side alone said it."""
    return _is_told(concept) and 0 in (concept["elected"], concept["official"])


def is_shared(concept):
    """Whether the figures tell that both sides said it."""
    return bool(concept["elected"] and concept["official"])
