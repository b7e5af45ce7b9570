"""Weighing: which wishes the seat plan does not meet, as people sit now.

The same wishes as `mixing` tries to meet. Numbers force some (a manager with staff at every table, say), and
so does what the organiser has done by hand.
"""

from dataclasses import dataclass

from forums.acquainting import guests_of
from forums.mixing import Room


@dataclass(frozen=True)
class Unmet:
    """What is not met.

    Attributes:
        reporting: {id of a table: pairs of Registrations at it, one of whom reports to the other}.
        met_again: how many pairs sit together who did so at the last forum.
        far_back: how many who should sit near the front sit further back.
    """

    reporting: dict
    met_again: int
    far_back: int

    def __bool__(self):
        return bool(self.reporting or self.met_again or self.far_back)

    @property
    def pairs_reporting(self):
        return sum(map(len, self.reporting.values()))


def unmet_wishes(forum, answers):
    """The Unmet of the plan, of those who have a table in the room and are not missing. Some nine queries.

    Args:
        answers: the Registrations of the forum that are seated in the room, with their people.
    """
    tables = list(forum.tables.in_the_room())
    places = {table.pk: place for place, table in enumerate(tables)}
    table_of = {answer.pk: places[answer.table_id] for answer in answers if answer.table_id in places}
    guests = [guest for guest in guests_of(forum) if guest.key in table_of]
    room = Room.as_seated(guests, len(tables), table_of)
    answer_of = {answer.pk: answer for answer in answers}
    reporting = {}
    for one, other in _together(room, "apart"):
        pair = (answer_of[one], answer_of[other])
        reporting.setdefault(pair[0].table_id, []).append(pair)
    return Unmet(
        reporting=reporting,
        met_again=len(_together(room, "met")),
        far_back=sum(guest.near_front and table_of[guest.key] >= room.front for guest in guests),
    )


def _together(room, wish):
    """The pairs of keys at one table, lower first, of whom one is in the other's `wish` (a set of Guest)."""
    pairs = {
        tuple(sorted((guest.key, other)))
        for guest in room.guests
        for other in getattr(guest, wish)
        if room.table_of.get(other) == room.table_of[guest.key]
    }
    return sorted(pairs)
