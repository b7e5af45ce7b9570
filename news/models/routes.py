"""The way that texts of each kind go from draft to published."""

from calendar import monthrange
from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Role

from .articles import Article

# Months after which a text is looked through again, where nobody has said otherwise.
MONTHS = {Article.Kind.PAGE: 6}


class RouteQuerySet(models.QuerySet):
    def of(self, kind):
        """The route of a kind: the one that an administrator has made, else one approver of the unit."""
        return self.filter(kind=kind).first() or Route(kind=kind, months_until_review=MONTHS.get(kind))


class Route(models.Model):
    """Who is asked about texts of one kind, and how long such a text is taken to be right.

    Whoever must sign a text off (a forum summary: the leaders of its group work) is asked before the
    first of its steps, whatever the route says; four eyes hold at every step (decisions/0120).
    """

    kind = models.CharField(_("kind"), max_length=10, choices=Article.Kind, unique=True)
    # Days that those who sign a text off have for it, unless the writer wished for another day.
    sign_off_days = models.PositiveSmallIntegerField(_("days to sign off"), default=5)
    months_until_review = models.PositiveSmallIntegerField(
        _("months until it is looked through again"), null=True, blank=True
    )
    revision = models.PositiveIntegerField(default=0)

    objects = RouteQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("review route")
        verbose_name_plural = _("review routes")

    def __str__(self):
        return self.get_kind_display()

    def asks(self):
        """Its steps in their order, as a list."""
        if self.pk is None:
            return [RouteStep(route=self, stage=1, role=Role.APPROVER)]
        return list(self.steps.select_related("reviewer"))

    def review_day(self, after):
        """The day on which a text of the kind is to be looked through again, counted from the date
        `after`; None for never."""
        if not self.months_until_review:
            return None
        years, month = divmod(after.year * 12 + after.month - 1 + self.months_until_review, 12)
        return date(years, month + 1, min(after.day, monthrange(years, month + 1)[1]))


class RouteStep(models.Model):
    """One of a route's steps: a role, held for the article's unit, or a named person. Steps of the same
    stage are asked side by side."""

    # Those who know texts; an organiser for what concerns the forums.
    ROLES = (Role.APPROVER, Role.COMMUNICATOR, Role.ORGANISER)

    route = models.ForeignKey(Route, models.CASCADE, related_name="steps")
    stage = models.PositiveSmallIntegerField(_("stage"))
    role = models.CharField(_("role"), max_length=20, choices=Role, blank=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    days = models.PositiveSmallIntegerField(_("days to answer"), default=5)

    class Meta:
        ordering = ["stage", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reviewer=None, role__gt="") | models.Q(reviewer__isnull=False, role=""),
                name="a_route_step_asks_a_person_or_a_role",
            )
        ]

    def __str__(self):
        return str(self.reviewer or self.get_role_display())
