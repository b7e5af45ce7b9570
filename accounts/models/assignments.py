"""Posts that people hold in units, from a date to a date."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# How the title of whoever chairs a board, a council or a committee begins.
CHAIR = "ordförande"


class Side(models.TextChoices):
    """Which voice speaks."""

    OFFICIAL = "official", _("official")
    ELECTED = "elected", _("elected member")

    @classmethod
    def first_of(cls, held):
        """The side that somebody with posts on those `held` counts as until they say otherwise: whoever holds
        both is elected; "" where none is held, as by a guest."""
        return next((side for side in (cls.ELECTED, cls.OFFICIAL) if side in held), "")


class AssignmentQuerySet(models.QuerySet):
    def current(self, on=None):
        """Assignments in force on the day `on` (a date; today in the municipality if not given)."""
        on = on or timezone.localdate()
        return self.filter(models.Q(ends_on=None) | models.Q(ends_on__gte=on), starts_on__lte=on)

    def leading(self):
        """Assignments of those who lead their unit: managers, and the chairs of political bodies."""
        chairs = models.Q(side=Side.ELECTED, title__istartswith=CHAIR)
        return self.filter(models.Q(is_manager=True) | chairs)


class Assignment(models.Model):
    """One person's post in one unit. Rights follow it, and end with it."""

    person = models.ForeignKey(
        "accounts.Person", models.CASCADE, related_name="assignments", verbose_name=_("person")
    )
    unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, related_name="assignments", verbose_name=_("unit")
    )
    title = models.CharField(_("title"), max_length=120)
    side = models.CharField(_("side"), max_length=10, choices=Side)
    is_manager = models.BooleanField(_("manager"), default=False)
    party = models.CharField(_("party"), max_length=40, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to and including"), null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        indexes = [models.Index(fields=["person", "starts_on"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="an_assignment_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(party="") | models.Q(side=Side.ELECTED),
                name="only_the_elected_have_a_party",
            ),
        ]

    def __str__(self):
        return f"{self.title}, {self.unit}"

    @property
    def leads_unit(self):
        """Whether the holder leads the unit: `leading` for one row."""
        is_chair = self.side == Side.ELECTED and self.title.lower().startswith(CHAIR)
        return self.is_manager or is_chair

    def is_current(self, on=None):
        """Whether it is in force on the day `on` (a date; today if not given): `current` for one row."""
        on = on or timezone.localdate()
        return self.starts_on <= on and (self.ends_on is None or self.ends_on >= on)
