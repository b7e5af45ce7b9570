"""Evening out those who lead, both sides counted together, over the tables of a room that is mixed already.

That count crosses the two families which `mixing` makes even for certain, so it is tried for: first by
single exchanges, then by halving tables in other ways. Neither makes any other count worse.
"""

from random import Random

from forums.halving import halve

# In how many ways tables are halved, for each table of the room, before it is left at that.
WAYS = 60


def spread_leaders(room):
    """Spread those who lead over the tables of `room` (a `mixing.Room`), as far as is found."""
    _exchange(room)
    _halve_anew(room)


def _exchange(room):
    leading = _leading(room)
    most = -(-sum(leading) // room.tables)
    movable = [guest for guest in room.guests if guest.pinned is None]
    for guest in [each for each in movable if each.leads]:
        here = room.table_of[guest.key]
        others = [other for other in movable if not other.leads] if leading[here] > most else []
        for other in others:
            there = room.table_of[other.key]
            if leading[there] < most and room.keeps_counts(guest, other):
                room.change_places(guest, other)
                leading[here], leading[there] = leading[here] - 1, leading[there] + 1
                break


def _halve_anew(room):
    """Halve tables two by two, as long as those who lead differ by more than one between some.

    Who of those left over goes with whom is by chance; a way that is no better is taken too, since it
    opens others.
    """
    chance = Random(room.tables)  # noqa: S311 - the same every time
    for _way in range(WAYS * room.tables):
        leading = _leading(room)
        ends = min(leading), max(leading)
        if ends[1] - ends[0] < 2:
            return
        one = chance.choice([table for table, number in enumerate(leading) if number in ends])
        other = chance.choice([table for table in range(room.tables) if table != one])
        people = room.at[one] + room.at[other]
        chance.shuffle(people)
        before = room.squares((one, other)), abs(leading[one] - leading[other])

        def is_no_worse(one=one, other=other, before=before):
            leading = _leading(room)
            return room.squares((one, other)) <= before[0] and abs(leading[one] - leading[other]) <= before[1]

        room.seat_if(is_no_worse, people, halve(people, one, other))


def _leading(room):
    """How many who lead sit at each table."""
    return [counted["leads", True] for counted in room.counts]
