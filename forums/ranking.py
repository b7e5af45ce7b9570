"""What the room found most important: the dots, counted once when the group work is closed."""

from django.db.models import Count

from forums.models import GroupWork, Note
from forums.withholding import FEWEST_PEOPLE

MOST_RANKED = 10


def priorities_of(work):
    """Count the dots of a group work that has put them; the shape is told at `Result`, None for none, and
    where it is not to be told (`people_told`). When they are gone with the notes, what was frozen.

    Never by side: behind one note's dots of one side there are seldom five.
    """
    if work.is_thinned:
        return work.result.figures.get("priorities")
    people = people_told(work) if work.has_prioritised else None
    if people is None:
        return None
    ranked = Note.objects.priorities_of(work)[:MOST_RANKED]
    notes = [{"note": note.handle, "dots": note.dots_in_all} for note in ranked]
    return {"people": people, "dots": work.dots.on_shown_notes().count(), "notes": notes}


def people_told(work, *, group=None):
    """How many people put dots, where what they chose may be told; None where it may not.

    Fewer than five, and nothing is told; nor of all where dots were put within each group and fewer than five
    did so in one of them: what the others come to would tell of those (decisions/0270).

    Args:
        group: the id of a Table, where only what its own people chose among its notes is asked about.
    """
    dots = work.dots.on_shown_notes()
    dots = dots.filter(note__table=group) if group else dots
    people = dots.people()
    if people < FEWEST_PEOPLE:
        return None
    if work.dots_on == GroupWork.Scope.TABLE and not group:
        voters = dots.values("note__table").annotate(people=Count("ballot", distinct=True)).order_by("people")
        return people if voters[0]["people"] >= FEWEST_PEOPLE else None
    return people
