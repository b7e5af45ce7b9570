"""Mixing: which table each guest sits at, so that sides, departments and those who lead are spread.

Plain data in, plain data out; `forums.seating` fetches and saves. It is done in two steps:

1. The counts. What is to be alike at every table is counted in sets of two laminar families: everyone >
   a side > those of it who lead; and the departments. Two tables between which some set differs by more
   than one are halved anew (`forums.halving`). That lowers the sum of squares of that set's counts and
   raises no other's, so it comes to an end.
2. The company. People change places two by two, never at the cost of a count, as long as that parts
   managers from those who report to them, pairs who sat together last time, or brings those who need
   it nearer to the front.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import cycle
from random import Random

from forums.annealing import anneal
from forums.evening import spread_leaders
from forums.halving import EVERYONE, halve

# What it costs that two who sat together at the last forum do so again, and in such pairs what it costs to
# sit with one's manager.
MET_AGAIN = 1
WITH_MANAGER = 10_000
# What each table further back costs somebody who should sit near the front.
A_TABLE_BACK = 100
# When one comes or goes, how many sit at a table outweighs who they are.
NUMBER_FIRST = 10_000
# How many others somebody tries to change places with in one round (all, once few sit badly), and how
# many rounds there are.
TRIES, FEW = 80, 20
ROUNDS = 12


@dataclass(frozen=True)
class Guest:
    """Somebody to be seated.

    Attributes:
        key: what identifies the guest, unique and sortable.
        side, home: what is counted: the side, and the department, company or board.
        leads: whether the guest leads such a unit.
        near_front: whether the guest should sit at one of the first tables.
        apart: keys of those who must not sit at the same table: one's manager, those who report to one.
        met: keys of those who sat at the same table last time.
        pinned: the table (an index from 0) that the organiser has chosen, or None.
    """

    key: int
    side: str
    home: int | None = None
    leads: bool = False
    near_front: bool = False
    apart: frozenset = frozenset()
    met: frozenset = frozenset()
    pinned: int | None = None

    @property
    def counted_as(self):
        """The sets in which the guest is counted, each of which is spread over the tables."""
        return (*self.spread_over, ("leads", self.leads))

    @property
    def spread_over(self):
        """Those of them that are sure to be spread to within one: both families, the smallest set first."""
        return (("leads", self.side, self.leads), ("side", self.side), ("home", self.home), EVERYONE)


def mix(guests, tables):
    """Return {key: index of a table, from 0} for all `guests`.

    No count of a side or a department, nor of those of a side who lead, differs by more than one between
    two tables, unless pins force it; nor does the number of people. The same guests get the same answer.

    Args:
        guests: an iterable of Guest, each pinned to one of the tables or to none.
        tables: how many tables there are, at least one.
    """
    dealt = sorted(guests, key=lambda guest: guest.key)
    # Those who are alike come in any order, lest the same people come after one another every time.
    Random(len(dealt)).shuffle(dealt)  # noqa: S311 - the same every time
    room = Room(sorted(dealt, key=lambda guest: (guest.side, not guest.leads, str(guest.home))), tables)
    room.deal()
    room.even_out()
    spread_leaders(room)
    room.part_company()
    anneal(room, worth=A_TABLE_BACK)
    anneal(room, worth=MET_AGAIN)
    return {guest.key: room.table_of[guest.key] for guest in room.guests}


class Room:
    """Tables and who sits at them, while they are being mixed."""

    def __init__(self, guests, tables):
        self.guests = guests
        self.tables = tables
        self.at = [[] for _ in range(tables)]
        self.table_of = {}
        self.totals = Counter(each for guest in guests for each in guest.counted_as)
        self.counts = [Counter() for _ in range(tables)]
        needing = sum(guest.near_front for guest in guests)
        # So many tables are "near the front": with room for those who need it beside as many others.
        self.front = -(-2 * needing * tables // len(guests)) if guests else 0

    @classmethod
    def as_seated(cls, guests, tables, table_of):
        """The room in which each of `guests` sits at `table_of[key]`."""
        room = cls(guests, tables)
        for guest in guests:
            room.sit(guest, table_of[guest.key])
        return room

    def deal(self):
        """Pins first; then everybody by turns to the tables with fewest people."""
        for guest in self.guests:
            if guest.pinned is not None:
                self.sit(guest, guest.pinned)
        turns = cycle(range(self.tables))
        free = [guest for guest in self.guests if guest.pinned is None]
        most = -(-len(self.guests) // self.tables)
        for guest in free:
            table = next(turn for turn in turns if len(self.at[turn]) < most)
            self.sit(guest, table)

    def sit(self, guest, table):
        """Seat `guest` at `table`, leaving the one before."""
        before = self.table_of.get(guest.key)
        if before is not None:
            self.at[before].remove(guest)
            self.counts[before].subtract(guest.counted_as)
        self.at[table].append(guest)
        self.table_of[guest.key] = table
        self.counts[table].update(guest.counted_as)

    # The counts

    def even_out(self):
        """Halve pairs of tables anew until no set's count differs by more than one, or pins forbid it."""
        hopeless = set()
        while pair := self._uneven_pair(hopeless):
            people = self.at[pair[0]] + self.at[pair[1]]
            before = self.squares(pair)

            def is_better(pair=pair, before=before):
                return self.squares(pair) < before

            if self.seat_if(is_better, people, halve(people, *pair)):
                hopeless = {each for each in hopeless if not set(each) & set(pair)}
            else:
                hopeless.add(pair)

    def seat_if(self, is_better, people, tables):
        """Seat each of `people` at its one of `tables`, and back where they sat unless `is_better()` then."""
        seated = [self.table_of[guest.key] for guest in people]
        for guest, table in zip(people, tables, strict=True):
            self.sit(guest, table)
        if is_better():
            return True
        for guest, table in zip(people, seated, strict=True):
            self.sit(guest, table)
        return False

    def _uneven_pair(self, hopeless):
        """Two tables between which some set differs by more than one; None when there are none left."""
        for counted in self._families():
            order = sorted(range(self.tables), key=counted.__getitem__)
            low, high = 0, len(order) - 1
            while low < high and counted[order[high]] - counted[order[low]] > 1:
                pair = tuple(sorted((order[low], order[high])))
                if pair not in hopeless:
                    return pair
                high -= 1
        return None

    def _families(self):
        """For each set of the two families its count at every table."""
        names = {name for guest in self.guests for name in guest.spread_over}
        for name in sorted(names, key=str):
            yield [counted[name] for counted in self.counts]

    def squares(self, pair):
        """How uneven two tables are: it falls when a set is shared more evenly between them."""
        total = 0
        for table in pair:
            counted = Counter(name for guest in self.at[table] for name in guest.spread_over)
            total += sum(number**2 for number in counted.values())
        return total

    # One comes, one goes

    def take_in(self, guest, *, may_move=True):
        """Seat a latecomer where it is most even; at most one other changes tables for it, if anybody may.

        Returns the keys of those who sit elsewhere than before, the latecomer first.
        """
        self.guests.append(guest)
        self.totals.update(guest.counted_as)
        tables = range(self.tables) if guest.pinned is None else [guest.pinned]
        table = min(tables, key=lambda each: (self._joining(guest, each), self.unease(guest, each), each))
        self.sit(guest, table)
        return [guest.key, *(self._move_one(start=table) if may_move else [])]

    def fill_gaps(self):
        """Fill the tables with fewest people from those with most; returns the keys of those who moved."""
        moved = []
        while True:
            least = min(range(self.tables), key=lambda table: len(self.at[table]))
            if max(map(len, self.at)) - len(self.at[least]) < 2:
                return moved
            step = self._move_one(end=least)
            if not step:
                return moved
            moved += step

    def _move_one(self, *, start=None, end=None):
        """Let the one person move, from table `start` or to table `end`, after whom all is most even; of
        several, whoever gets the best company by it."""
        moves = [
            (self._joining(guest, there) - self._joining(guest, here, sits_there=True), guest, here, there)
            for here in (range(self.tables) if start is None else [start])
            for there in (range(self.tables) if end is None else [end])
            for guest in self.at[here]
            if here != there and guest.pinned is None
        ]
        most = min((change for change, *_move in moves), default=0)
        if most >= 0:
            return []
        _worse, _key, table, guest = min(
            (self.unease(guest, there) - self.unease(guest, here), guest.key, there, guest)
            for change, guest, here, there in moves
            if change == most
        )
        self.sit(guest, table)
        return [guest.key]

    def _joining(self, guest, table, *, sits_there=False):
        """How much less even (in sums of squares) it is with `guest` at `table` than without."""
        here = self.counts[table]
        uneven = sum(2 * (here[name] - sits_there) + 1 for name in guest.counted_as)
        return uneven + NUMBER_FIRST * 2 * (here[EVERYONE] - sits_there)

    # The company

    def part_company(self):
        """Let people change places while that makes the company better and no count worse."""
        chance = Random(len(self.guests))  # noqa: S311 - the same every time
        movable = [guest for guest in self.guests if guest.pinned is None]
        for _round in range(ROUNDS):
            uneasy = [guest for guest in movable if self.unease(guest, self.table_of[guest.key])]
            changed = False
            tries = len(movable) if len(uneasy) <= FEW else min(TRIES, len(movable))
            for guest in uneasy:
                changed |= self._find_better(guest, self._others(guest, chance.sample(movable, tries)))
            if not changed:
                break

    def _others(self, guest, sample):
        """Those with whom `guest` tries to change places: who sits further in front, or the sample."""
        if guest.near_front and self.table_of[guest.key] >= self.front:
            in_front = range(self.table_of[guest.key])
            return [other for table in in_front for other in self.at[table] if other.pinned is None]
        return sample

    def _find_better(self, guest, others):
        """Change places with the one of `others` that helps most; returns whether anybody helped."""
        best, gain = None, 0
        for other in others:
            better = self.gain(guest, other)
            if better > gain and self.keeps_counts(guest, other):
                best, gain = other, better
        if best is not None:
            self.change_places(guest, best)
        return best is not None

    def change_places(self, guest, other):
        here, there = self.table_of[guest.key], self.table_of[other.key]
        self.sit(guest, there)
        self.sit(other, here)

    def unease(self, guest, table, *, without=None):
        """What it costs `guest` to sit at `table`, with `without` gone from it."""
        cost = A_TABLE_BACK * max(0, table + 1 - self.front) if guest.near_front else 0
        for other in self.at[table]:
            if other.key != guest.key and other is not without:
                cost += WITH_MANAGER * (other.key in guest.apart) + MET_AGAIN * (other.key in guest.met)
        return cost

    def gain(self, guest, other):
        """How much less it costs when the two have changed places."""
        here, there = self.table_of[guest.key], self.table_of[other.key]
        if here == there:
            return 0
        now = self.unease(guest, here) + self.unease(other, there)
        then = self.unease(guest, there, without=other) + self.unease(other, here, without=guest)
        return now - then

    def keeps_counts(self, guest, other):
        """Whether no set is less evenly spread when the two have changed places."""
        here, there = self.table_of[guest.key], self.table_of[other.key]
        return all(
            old == new or (self._may_pass(old, here, there) and self._may_pass(new, there, here))
            for old, new in zip(guest.counted_as, other.counted_as, strict=True)
        )

    def _may_pass(self, name, start, end):
        """Whether one of the set `name` may go from table to table with its counts as even as they were."""
        least, rest = divmod(self.totals[name], self.tables)
        most = least + bool(rest)
        return self.counts[start][name] > least and self.counts[end][name] < most
