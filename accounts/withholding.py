"""Withholding: what a count of people does not tell, so that nobody can be pointed at.

Fewer than five people are never told of, nor to be worked out from what is: from the neighbours of what
is left out, from the sum, or from its having been left out (DESIGN.md, "Forums"; decisions/0231).
"""

from dataclasses import dataclass

FEWEST_PEOPLE = 5
# So many that both those counted and those not counted can be five.
SMALLEST_GROUP = 2 * FEWEST_PEOPLE
# One less than five, and so the width of what is told of too few.
TOO_FEW = FEWEST_PEOPLE - 1


@dataclass(frozen=True)
class Span:
    """A number as far as it is told: from `low` to and including `high`, which are the same where it is
    told exactly."""

    low: int
    high: int

    def __str__(self):
        return str(self.low) if self.low == self.high else f"{self.low}–{self.high}"


def join_small(groups):
    """Return groups large enough to be told of, as (names, people), in the order of what is given.

    Those that are too small are told of together, last, and with the smallest of the others where even
    so they are too few. By the number of people alone, which everybody knows: so that a group has been
    joined tells nothing of what is counted in it.

    Args:
        groups: {name: a set of people}; nobody is in two.
    """
    large = [([name], people) for name, people in groups.items() if len(people) >= SMALLEST_GROUP]
    small = [(name, people) for name, people in groups.items() if 0 < len(people) < SMALLEST_GROUP]
    if small:
        names, rest = [name for name, _people in small], set().union(*(people for _name, people in small))
        if len(rest) >= SMALLEST_GROUP:
            large.append((names, rest))
        elif large:
            place = min(range(len(large)), key=lambda at: len(large[at][1]))
            large[place] = (large[place][0] + names, large[place][1] | rest)
    return large


def tell(counts):
    """Return what is told of each group and of all of them: (a list of Spans, a Span).

    Where fewer than five are counted in a group that is all that is told; the same where fewer than five
    are not. From an exact sum one could then work these out: so its five lowest and its five highest
    values, by what else is told, are told as one each.

    Args:
        counts: (number of people, how many of them are counted) of each group of `join_small`.
    """
    told = [_span(people, counted) for people, counted in counts]
    lowest, highest = sum(span.low for span in told), sum(span.high for span in told)
    exact = sum(counted for _people, counted in counts)
    if lowest == highest:
        return told, Span(exact, exact)
    if exact <= lowest + TOO_FEW:
        return told, Span(lowest, lowest + TOO_FEW)
    if exact >= highest - TOO_FEW:
        return told, Span(highest - TOO_FEW, highest)
    return told, Span(exact, exact)


def _span(people, counted):
    if counted < FEWEST_PEOPLE:
        return Span(0, TOO_FEW)
    if people - counted < FEWEST_PEOPLE:
        return Span(people - TOO_FEW, people)
    return Span(counted, counted)
