"""Who a thing is meant for: groups of people x units."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .assignments import Assignment, Side
from .units import Unit


class Group(models.TextChoices):
    """The part of a unit's people that a rule means."""

    EVERYONE = "everyone", _("everyone")
    MANAGERS = "managers", _("managers")
    OFFICIALS = "officials", _("officials")
    ELECTED = "elected", _("elected members")


class AudienceQuerySet(models.QuerySet):
    def ready_made(self):
        """Those that administrators have made, for all who write and arrange."""
        return self.filter(is_composed=False)

    def composed_of(self, rules):
        """Those that were put together of exactly these rules, different pairs of (Group, Unit)."""
        said = models.Q(pk__in=[])
        for group, unit in rules:
            said |= models.Q(rules__group=group, rules__unit=unit)
        return (
            self.filter(is_composed=True)
            .alias(all_rules=models.Count("rules"), said_rules=models.Count("rules", filter=said))
            .filter(all_rules=len(rules), said_rules=len(rules))
        )

    def of_everyone(self):
        """Audiences that everybody in the municipality belongs to."""
        return self.filter(rules__group=Group.EVERYONE, rules__unit__parent=None).distinct()


class Audience(models.Model):
    """A named set of rules; somebody belongs who fits any one of them."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    # Put together where it was needed, by `targeting.compose_audience`; its rules never change.
    is_composed = models.BooleanField(_("put together for a forum"), default=False, editable=False)

    objects = AudienceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")

    def __str__(self):
        return self.name

    def assignments(self, on=None):
        """The assignments in force on the day `on` (a date; today if not given) that a rule means."""
        return assignments_meant_by(self.rules.all(), on)


class AudienceRule(models.Model):
    """One group of people in one unit, and in every unit below it."""

    audience = models.ForeignKey(Audience, models.CASCADE, related_name="rules")
    group = models.CharField(_("who"), max_length=10, choices=Group, default=Group.EVERYONE)
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name=_("in unit"))

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        constraints = [
            models.UniqueConstraint(
                fields=["audience", "group", "unit"], name="an_audience_says_a_thing_once"
            )
        ]

    def __str__(self):
        return f"{self.get_group_display()}, {self.unit}"

    @property
    def condition(self):
        """The condition on an assignment, beside its unit, that makes its holder one of the group."""
        return {
            Group.EVERYONE: models.Q(),
            Group.MANAGERS: models.Q(is_manager=True),
            Group.OFFICIALS: models.Q(side=Side.OFFICIAL),
            Group.ELECTED: models.Q(side=Side.ELECTED),
        }[Group(self.group)]


def assignments_meant_by(rules, on=None):
    """The assignments in force on the day `on` (a date; today if not given) that one of `rules`,
    AudienceRules that need not be saved, means."""
    meant = models.Q(pk__in=[])
    for rule in rules:
        within = Unit.objects.within([rule.unit_id]).values("pk")
        meant |= models.Q(unit__in=within) & rule.condition
    return Assignment.objects.current(on).filter(meant)


class OpenToQuerySet(models.QuerySet):
    """For models with `audience` and `restricted`: aimed things lead in feeds but anyone in
    service may find them; restricted things do not exist for others."""

    def open_to(self, reach):
        """Rows that somebody of this reach may find. No query of its own."""
        if not reach.in_service:
            return self.none()
        return self.filter(models.Q(restricted=False) | models.Q(audience__in=reach.audiences))
