"""Withholding: what a count does not tell, chosen so that it can't be worked out from what it does.

A theme's split by side is small where one to four people stand behind one of its sides. To leave out
the small ones alone would tell that they are small, and then, from who sits where, often whose they
are. So themes are taken two and two in the order of what is told of all of them, and two are told or
not told together. `tests/forums/test_withholding.py` tries every room there can be (decisions/0190).
"""

from accounts.withholding import FEWEST_PEOPLE

TOGETHER = 2


def withhold(concepts, *, shown, smallest):
    """Return the concepts with their splits, those not to be told replaced by None.

    Args:
        concepts: dicts with `tables`, `notes` and `label`, which are told of all; and with `elected`,
            `official` (tables) and `elected_people`, `official_people` (seated at them).
        shown: whether the room's own split is told.
        smallest: how many people the smallest group of one side at one table is; None for no group.
    """
    ordered = sorted(concepts, key=lambda said: (-said["tables"], -said["notes"], said["label"], said["id"]))
    if not shown:
        return [concept | NOT_TOLD for concept in ordered]
    if can_tell_all(smallest):
        return ordered
    told = []
    for start in range(0, len(ordered), TOGETHER):
        group = ordered[start : start + TOGETHER]
        # One that is left over has nobody to hide among, so it is never told, whatever it holds.
        tells = len(group) == TOGETHER and not any(map(is_small, group))
        told += group if tells else [concept | NOT_TOLD for concept in group]
    return told


def can_tell_all(smallest):
    """Whether nothing in a room can be small, since no side at any table is."""
    return smallest is None or smallest >= FEWEST_PEOPLE


def tells_notes_by_side(concepts, unbound, *, tables):
    """Whether the number of notes of each side may be told beside these concepts.

    From it and what is told one could work out whose the rest are. So either side must have written so
    much that it could have said the largest of what is not told alone, and something more at every table.

    Args:
        concepts: as `withhold` returns them.
        unbound: the number of notes of either side that carry no concept whose split is told.
        tables: how many tables wrote.
    """
    hidden = [concept["notes"] for concept in concepts if concept["elected"] is None]
    return not hidden or max(hidden) + tables <= min(unbound)


def is_small(concept):
    """Whether one to four people stand behind either side. Nobody at all is no secret."""
    return any(0 < concept[key] < FEWEST_PEOPLE for key in ("elected_people", "official_people"))


NOT_TOLD = dict.fromkeys(("elected", "official", "elected_people", "official_people"))
