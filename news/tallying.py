"""Tallying who has read what must be read, by unit, without pointing at anybody (decisions/0231)."""

from dataclasses import dataclass

from accounts.models import Assignment, Unit
from accounts.withholding import Span, join_small, tell
from news.models import Confirmation


@dataclass(frozen=True)
class Row:
    """What is told of one unit with what is below it, or of a few small ones together."""

    names: list[str]
    asked: int
    read: Span

    @property
    def few_have(self):
        """Whether all that is told is that fewer than five have read."""
        return self.read.low == 0 != self.read.high

    @property
    def few_have_not(self):
        """Whether all that is told is that fewer than five have not."""
        return self.read.low < self.read.high == self.asked


@dataclass(frozen=True)
class Tally:
    """How many are asked, and how many of them have read; `read` is None where so few are asked that
    nothing can be told."""

    asked: int
    read: Span | None
    rows: list[Row]


def tally(version):
    """Return the Tally of a live version: of those whom it asks today. Seven queries."""
    units = Unit.objects.in_bulk()
    by_unit = _asked_by_unit(version.article.audience, units)
    groups = join_small(by_unit)
    read = set(Confirmation.objects.of_text(version).values_list("person", flat=True))
    told, total = tell([(len(people), len(people & read)) for _joined, people in groups])
    rows = [
        Row([units[unit].name for unit in joined], len(people), span)
        for (joined, people), span in zip(groups, told, strict=True)
    ]
    asked = sum(map(len, by_unit.values()))
    return Tally(asked, total if rows else None, rows)


def _asked_by_unit(audience, units):
    """{id of a unit: ids of people} for the units below the one that all who are asked have in common, in the
    order of the tree. Whoever holds several posts is in the unit of the oldest."""
    posts = Assignment.objects.filter(pk__in=audience.assignments().values("pk"), person__is_active=True)
    unit_of = {}
    for person, unit in posts.order_by("starts_on", "pk").values_list("person", "unit"):
        unit_of.setdefault(person, unit)
    paths = {unit: _path(units, unit) for unit in set(unit_of.values())}
    shared = _shared(list(paths.values()))
    found = {}
    for person, unit in unit_of.items():
        path = paths[unit]
        found.setdefault(path[min(shared, len(path) - 1)], set()).add(person)
    return {unit: found[unit] for unit in units if unit in found}


def _path(units, unit):
    """The ids of the units from the root of the tree down to this one."""
    path = [unit]
    while (above := units[path[0]].parent_id) is not None:
        path.insert(0, above)
    return path


def _shared(paths):
    """How many units, from the root, all paths have in common."""
    steps = enumerate(zip(*paths, strict=False))
    parting = (at for at, step in steps if len(set(step)) > 1)
    return next(parting, min(map(len, paths), default=0))
