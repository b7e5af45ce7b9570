"""Trending: what forums have said over time. Counted by the dictionary as it is now (`recounting`)."""

from collections import defaultdict
from dataclasses import dataclass, field

from forums.counting import label_of
from forums.models import Concept, Result
from forums.veiling import all_named

# What one table alone says is nothing new in a room.
FEWEST_TABLES = 2
# Said by this share of the tables, a concept is large enough to be missed.
WORTH_MISSING = 0.1
# What is shared has grown by at least so much.
WORTH_TELLING = 0.05
MOST_TOLD = 8


@dataclass(frozen=True)
class Point:
    """What one forum said of a concept.

    Attributes:
        room: the share of the tables that said it, from 0 to 1 (decisions/0695).
        elected, official: the share of a side's participants who sat at tables where their side said it;
            None where that is not told.
        tables: how many tables said it.
    """

    room: float = 0
    elected: float | None = None
    official: float | None = None
    tables: int = 0

    @property
    def shared(self):
        """The share of either side that said it, at the least; None where that is not told."""
        return None if None in (self.elected, self.official) else min(self.elected, self.official)


@dataclass
class Trend:
    """A concept over the forums: `points` in their order, oldest first."""

    pk: int
    label: str
    points: list = field(default_factory=list)

    @property
    def weight(self):
        return sum(point.room for point in self.points)


@dataclass(frozen=True)
class Trends:
    """`forums` oldest first; `concepts` the most said first; and of these what the latest forum brought."""

    forums: list
    concepts: list
    new: list
    faded: list
    more_shared: list


def trends_for(user, *, kind=None, language="sv"):
    """Return the Trends of all closed group works that `user` may find, of one ForumKind if given.

    Six queries, and one for each step that concepts are merged.
    """
    found = Result.objects.visible_to(user).in_order().select_related("recount", "group_work__forum")
    if kind:
        found = found.filter(group_work__forum__kind=kind)
    results = list(found)
    figures = all_named(results, [_latest_figures(result) for result in results])
    trends = sorted(_trends_in(figures, language), key=lambda trend: (-trend.weight, trend.label, trend.pk))
    return Trends(
        forums=[result.group_work.forum for result in results],
        concepts=trends,
        new=_largest([one for one in trends if _is_new(one.points)]),
        faded=_largest([one for one in trends if _has_faded(one.points)], at=-2),
        more_shared=sorted(
            (one for one in trends if _gain(one.points) >= WORTH_TELLING),
            key=lambda one: -_gain(one.points),
        )[:MOST_TOLD],
    )


def _latest_figures(result):
    return result.recount.figures if hasattr(result, "recount") else result.figures


def _trends_in(all_figures, language):
    """A Trend for every concept, each with a Point for every forum. The latest forum's label is used."""
    said = [{concept["id"]: concept for concept in figures["concepts"]} for figures in all_figures]
    roots = Concept.objects.roots_of({pk for concepts in said for pk in concepts})
    trends, points = {}, defaultdict(dict)
    for place, (figures, concepts) in enumerate(zip(all_figures, said, strict=True)):
        for pk, concept in concepts.items():
            root = roots[pk].pk
            point = _point(concept, figures)
            # Two that became one where the notes are gone: what is certain is the larger.
            if root not in points or place not in points[root] or points[root][place].room < point.room:
                points[root][place] = point
            trends[root] = Trend(root, label_of(concept, language))
    for root, trend in trends.items():
        trend.points = [
            points[root].get(place, _unsaid(figures)) for place, figures in enumerate(all_figures)
        ]
    return trends.values()


def _point(concept, figures):
    people = figures["participants"]

    def share(side):
        behind = concept.get(f"{side}_people")
        return None if behind is None or not people[side] else behind / people[side]

    tables = concept["tables"]
    return Point(tables / max(figures["tables"], 1), share("elected"), share("official"), tables)


def _unsaid(figures):
    return Point(0, 0, 0) if figures["sides_shown"] else Point()


def _is_new(points):
    """Whether several tables said at the latest forum what none had said before."""
    *earlier, now = points
    return bool(earlier) and now.tables >= FEWEST_TABLES and not any(point.room for point in earlier)


def _has_faded(points):
    """Whether it was large at the forum before the latest and has at least halved since."""
    return len(points) > 1 and points[-2].room >= max(WORTH_MISSING, 2 * points[-1].room)


def _gain(points):
    """How much larger the share is that both sides have said, than at the forum before; 0 if not told."""
    if len(points) < 2 or None in (points[-1].shared, points[-2].shared):
        return 0
    return points[-1].shared - points[-2].shared


def _largest(trends, at=-1):
    return sorted(trends, key=lambda one: -one.points[at].room)[:MOST_TOLD]
