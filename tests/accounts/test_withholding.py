"""A count by group, tried on every small world: nobody can be worked out from what is told of it."""

from collections import defaultdict
from itertools import combinations, product

import pytest

from accounts.withholding import FEWEST_PEOPLE, SMALLEST_GROUP, Span, join_small, tell


@pytest.mark.parametrize("sizes", [(10,), (14,), (10, 10), (10, 13), (10, 10, 11)])
def test_no_group_or_lot_of_groups_of_fewer_than_five_can_be_worked_out(sizes):
    """Whoever knows the rule and sees what is told knows which worlds it could be. In no lot of groups do
    they all agree on a number of one to four, counted or not counted."""
    worlds = defaultdict(list)
    for counted in product(*(range(size + 1) for size in sizes)):
        told, total = tell(list(zip(sizes, counted, strict=True)))
        worlds[*told, total].append(counted)
        assert total.low <= sum(counted) <= total.high
    for possible in worlds.values():
        for many in range(1, len(sizes) + 1):
            for lot in combinations(range(len(sizes)), many):
                sums = {sum(world[at] for at in lot) for world in possible}
                people = sum(sizes[at] for at in lot)
                (least, *more) = sorted(sums)
                assert more or FEWEST_PEOPLE <= least <= people - FEWEST_PEOPLE


def test_what_is_harmless_is_told_exactly():
    told, total = tell([(20, 12), (30, 7), (15, 5)])
    assert (list(map(str, told)), str(total)) == (["12", "7", "5"], "24")


def test_few_are_told_as_few_whichever_they_are():
    told, total = tell([(20, 3), (20, 19), (40, 20)])
    assert told == [Span(0, 4), Span(16, 20), Span(20, 20)]
    assert total == Span(40, 44)


def people(first, many):
    return set(range(first, first + many))


def test_small_groups_are_joined_until_they_are_large_enough():
    groups = {"A": people(0, 12), "B": people(100, 6), "C": people(200, 4), "D": people(300, 30), "E": set()}
    joined = join_small(groups)
    assert [(names, len(group)) for names, group in joined] == [(["A"], 12), (["D"], 30), (["B", "C"], 10)]


def test_what_is_left_over_joins_the_smallest():
    joined = join_small({"A": people(0, 12), "B": people(100, 2), "D": people(300, 30)})
    assert [(names, len(group)) for names, group in joined] == [(["A", "B"], 14), (["D"], 30)]
    assert join_small({"A": people(0, SMALLEST_GROUP - 1)}) == []
