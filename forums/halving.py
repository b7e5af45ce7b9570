"""Halving: sharing people between two tables so that every set of two laminar families is shared alike.

A family of sets is laminar when any two of them lie inside each other or apart. Pair people off inside the
smallest set of the family that has two left, and do so once in each family: the two kinds of pairs make
paths and cycles of even length. Along each, people go to one table and the other by turns, and of no pair
do both go to the same. So each set is halved to within the one person of it who has no partner inside it
(cf. D. de Werra, "Equitable colorations of graphs", 1971).
"""

EVERYONE = ("everyone",)


def halve(people, one, other):
    """Share `people` between the tables `one` and `other`; returns the table of each, in their order.

    Every set of both families, and the whole, is halved to within one, but where pins forbid it.
    """
    numbers = range(len(people))
    partners = (
        _pairs(numbers, [guest.spread_over[:2] for guest in people]),
        _pairs(numbers, [guest.spread_over[2:3] for guest in people]),
    )
    half = {}
    for start in _ends_first(numbers, partners):
        _walk(start, people, partners, (one, other), half)
    return [half[number] for number in numbers]


def _pairs(numbers, paths):
    """Pair off `numbers` inside the first set of their path, who is left inside the next, the last anyhow."""
    partner, left = {}, list(numbers)
    for level in zip(*((*path, EVERYONE) for path in paths), strict=True):
        waiting = {}
        for number in left:
            name = level[number]
            if name in waiting:
                first = waiting.pop(name)
                partner[first], partner[number] = number, first
            else:
                waiting[name] = number
        left = sorted(waiting.values())
    return partner


def _ends_first(numbers, partners):
    """The numbers in an order in which every path is met at one of its ends."""
    return sorted(numbers, key=lambda number: sum(number in pairs for pairs in partners))


def _walk(start, people, partners, tables, half):
    """Go along the path or cycle from `start`, giving its people the two tables by turns.

    A pin breaks the turn: whoever is pinned sits there, and the turns go on from that.
    """
    if start in half:
        return
    family = 0 if start in partners[0] else 1
    number, turn = start, 0
    while number is not None and number not in half:
        pinned = people[number].pinned
        if pinned is not None:
            turn = tables.index(pinned)
        half[number] = tables[turn]
        number, family, turn = partners[family].get(number), 1 - family, 1 - turn
