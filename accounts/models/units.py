"""The organisation tree."""

from django.db import models
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .trees import walk_tree

# UNION, not UNION ALL: a loop in the tree, should one ever get in, ends instead of running for ever.
BELOW = """
    WITH RECURSIVE below(id) AS (
        SELECT id FROM accounts_unit WHERE id IN ({marks})
        UNION
        SELECT child.id FROM accounts_unit child JOIN below ON child.parent_id = below.id
    )
    SELECT id FROM below
"""
ABOVE = """
    WITH RECURSIVE above(id, parent_id) AS (
        SELECT id, parent_id FROM accounts_unit WHERE id = %s
        UNION
        SELECT parent.id, parent.parent_id FROM accounts_unit parent JOIN above ON parent.id = above.parent_id
    )
    SELECT id FROM above
"""


class UnitQuerySet(models.QuerySet):
    def within(self, unit_ids):
        """The units with these ids and every unit below them, in one recursive query.

        Args:
            unit_ids: primary keys; none given means no unit at all.
        """
        unit_ids = list(unit_ids)
        if not unit_ids:
            return self.none()
        marks = ", ".join(["%s"] * len(unit_ids))
        return self.filter(pk__in=RawSQL(BELOW.format(marks=marks), unit_ids))  # noqa: S611 - only marks

    def around(self, unit_id):
        """The unit with this id and every unit above it."""
        return self.filter(pk__in=RawSQL(ABOVE, [unit_id]))  # noqa: S611 - a constant

    def in_tree(self):
        """Every unit of the QuerySet as a list in the order of the tree, each with `depth`, 0 for one
        whose parent is not among them. One query."""
        units = list(self)
        among, below = {unit.pk for unit in units}, {}
        for unit in units:
            below.setdefault(unit.parent_id if unit.parent_id in among else None, []).append(unit)
        return list(walk_tree(below))


class Unit(models.Model):
    """A node of the organisation tree: the municipality itself is the root."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("municipality")
        COUNCIL = "council", _("council")
        BOARD = "board", _("board")
        DEPARTMENT = "department", _("department")
        SECTION = "section", _("section")
        COMPANY = "company", _("company")
        LEADERSHIP_GROUP = "leadership_group", _("leadership group")

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    position = models.PositiveSmallIntegerField(_("order among its neighbours"), default=0)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="a_unit_does_not_belong_to_itself"
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"{reverse('accounts:organisation')}#{self.slug}"
