"""Spectating: what those who don't take part are told on a wall that is open to them (decisions/0403).

They see words and numbers, never a note. Of the words only those behind which five people sit, whichever
tables said them: that follows from the seats and from the number of tables, which is told, so that what is
left out tells nothing more to somebody who takes part and sees both walls.
"""

from collections import Counter

from forums.sitting import seats_of
from forums.withholding import FEWEST_PEOPLE


def for_spectators(figures, *, work):
    """The figures of a wall (`showing.figures_at`) with only what may be told to everybody. One query."""
    needed = tables_needed(seats_of(work.pk))
    concepts = [concept for concept in figures["concepts"] if needed and concept["tables"] >= needed]
    by_question = {
        question: {pk: groups for pk, groups in said.items() if needed and groups >= needed}
        for question, said in figures["by_question"].items()
    }
    return {**figures, "concepts": concepts, "by_question": by_question}


def tables_needed(seats):
    """How many tables must have said a thing for five people to sit at them, whichever they are; None where
    fewer sit in the whole room.

    Args:
        seats: rows of (table, side, people).
    """
    at_table, counted = Counter(), 0
    for table, _side, people in seats:
        at_table[table] += people
    for number, people in enumerate(sorted(at_table.values()), start=1):
        counted += people
        if counted >= FEWEST_PEOPLE:
            return number
    return None
