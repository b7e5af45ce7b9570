"""The organisation as a tree to show: who leads each unit and how many it has."""

from dataclasses import dataclass, field

from django.db.models import Count

from .assignments import Assignment
from .people import Person
from .units import Unit


@dataclass
class Branch:
    """A unit with what is below it.

    Attributes:
        leaders: current assignments of those who lead the unit, with their people.
        posts: how many people sit in the unit itself.
        total: how many posts there are in the unit and below it.
    """

    unit: Unit
    leaders: list[Assignment] = field(default_factory=list)
    posts: int = 0
    total: int = 0
    branches: list["Branch"] = field(default_factory=list)


def grow_tree(user):
    """Return the root Branches of the organisation that `user` may see. Three queries."""
    seen = Assignment.objects.current().filter(person__in=Person.objects.visible_to(user).values("pk"))
    branches = {unit.pk: Branch(unit) for unit in Unit.objects.all()}
    for unit_id, posts in seen.values_list("unit").annotate(Count("person", distinct=True)).order_by():
        branches[unit_id].posts = posts
    for assignment in seen.leading().select_related("person").order_by("person__sort_name"):
        branches[assignment.unit_id].leaders.append(assignment)
    roots = []
    for branch in branches.values():
        above = branches.get(branch.unit.parent_id)
        (above.branches if above else roots).append(branch)
    for root in roots:
        _count(root)
    return roots


def _count(branch):
    branch.total = branch.posts + sum(_count(below) for below in branch.branches)
    return branch.total
