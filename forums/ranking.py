"""What the room found most important: the dots, counted once when the group work is closed."""

from django.db.models import Count

from forums.models import GroupWork, Note
from forums.withholding import FEWEST_PEOPLE

MOST_RANKED = 10


def priorities_of(work):
    """Count the dots of a group work that has put them; the shape is told at `Result`, None for none.

    Never by side: behind one note's dots of one side there are seldom five. Where fewer than five people
    put any, nothing is told; nor where dots were put within each group and fewer than five did so in one of
    them: what the others come to would tell of those (decisions/0270).
    """
    if not work.has_prioritised:
        return None
    dots = work.dots.on_shown_notes()
    people, tables = dots.people(), dots.values("note__table")
    if people < FEWEST_PEOPLE:
        return None
    voters = tables.annotate(people=Count("ballot", distinct=True)).order_by("people")
    if work.dots_on == GroupWork.Scope.TABLE and voters[0]["people"] < FEWEST_PEOPLE:
        return None
    ranked = Note.objects.priorities_of(work)[:MOST_RANKED]
    notes = [{"note": note.handle, "dots": note.dots_in_all} for note in ranked]
    return {"people": people, "dots": dots.count(), "notes": notes}
