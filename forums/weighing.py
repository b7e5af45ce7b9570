"""Weighing: which wishes the seat plan does not meet, as people sit now.

The same wishes as `mixing` tries to meet. Numbers force some (a manager with staff at every table, say), and
so does what the organiser has done by hand. What is uneven is told only where placing everyone anew would
even it out.
"""

from collections import Counter
from dataclasses import dataclass

from accounts.models import Unit
from forums.acquainting import guests_of
from forums.mixing import Room


@dataclass(frozen=True)
class Unmet:
    """What is not met.

    Attributes:
        reporting: {id of a table: pairs of Registrations at it, one of whom reports to the other}.
        met_again: how many pairs sit together who did so at the last forum.
        far_back: how many who should sit near the front sit further back.
        sides, leaders: whether those of a side, or those who lead, are spread unevenly.
        homes: the names of the departments, companies and boards whose people are, in order.
    """

    reporting: dict
    met_again: int
    far_back: int
    sides: bool
    leaders: bool
    homes: list

    def __bool__(self):
        return bool(self.reporting or self.met_again or self.far_back or self.is_uneven)

    @property
    def is_uneven(self):
        """Whether placing everyone anew would spread people more evenly."""
        return bool(self.sides or self.leaders or self.homes)

    @property
    def pairs_reporting(self):
        return sum(map(len, self.reporting.values()))


def unmet_wishes(forum, answers):
    """The Unmet of the plan, of those who have a table in the room and are not missing. Some ten queries.

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
    uneven = _uneven(room)
    homes = {name[1] for name in uneven if name[0] == "home"}
    return Unmet(
        reporting=reporting,
        sides=any(name[0] == "side" for name in uneven),
        leaders=any(name[0] == "leads" for name in uneven),
        homes=sorted(Unit.objects.filter(pk__in=homes).values_list("name", flat=True)) if homes else [],
        met_again=len(_together(room, "met")),
        far_back=sum(guest.near_front and table_of[guest.key] >= room.front for guest in guests),
    )


def _uneven(room):
    """The sets of people, as `mixing` counts them, of which some table has two more than another, apart from
    those that the pinned alone keep so.

    Mixing anew is sure to bring those to within one (`Guest.spread_over`).
    """
    pinned = [Counter() for _ in range(room.tables)]
    for guest in room.guests:
        if guest.pinned is not None:
            pinned[guest.pinned].update(guest.spread_over)
    sets = {name for guest in room.guests for name in guest.spread_over if _is_told(name)}
    return {
        name
        for name in sets
        if max(counts := [counted[name] for counted in room.counts]) - min(counts) > 1
        and max(counted[name] for counted in pinned) <= -(-sum(counts) // room.tables)
    }


def _is_told(name):
    """Whether the plan tells of this set: how many sit at each table stands there already, and those who lead
    nothing are the rest of those who do."""
    kind, *rest = name
    return rest[-1] is True if kind == "leads" else kind in {"side", "home"} and rest[0] not in {None, ""}


def _together(room, wish):
    """The pairs of keys at one table, lower first, of whom one is in the other's `wish` (a set of Guest)."""
    pairs = {
        tuple(sorted((guest.key, other)))
        for guest in room.guests
        for other in getattr(guest, wish)
        if room.table_of.get(other) == room.table_of[guest.key]
    }
    return sorted(pairs)
