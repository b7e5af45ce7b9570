"""Seats of a forum that are kept for one side, or for the people of one unit."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Side


class QuotaQuerySet(models.QuerySet):
    def counting(self, person, side):
        """The quota that `person`, speaking for `side`, counts against: the first that fits; or None.

        One query beside those of the person's reach.
        """
        units = person.reach.elected if side == Side.ELECTED else person.reach.officials
        fits = models.Q(unit=None) | models.Q(unit__in=units)
        return self.filter(fits, side__in=["", side]).order_by("order", "pk").first()


class Quota(models.Model):
    """So many of a forum's seats, for nobody else. What no quota names shares the seats that are left.

    Whoever asks for a seat counts against one quota or none: the first, in the organiser's order,
    whose side and unit (with all below it) are theirs.
    """

    forum = models.ForeignKey("forums.Forum", models.CASCADE, related_name="quotas")
    order = models.PositiveSmallIntegerField()
    side = models.CharField(_("side"), max_length=10, choices=Side, blank=True)
    unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    seats = models.PositiveIntegerField(_("seats"))
    # Seats taken and seats held by offers, as `Forum.seats_taken` is. Moved by queueing.py only.
    seats_taken = models.PositiveIntegerField(default=0, editable=False)

    objects = QuotaQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        constraints = [
            models.UniqueConstraint(fields=["forum", "side", "unit"], name="a_forum_has_one_quota_of_a_kind"),
            # No two NULLs are alike (SQL:2016, 4.17.5).
            models.UniqueConstraint(
                fields=["forum", "side"], condition=models.Q(unit=None), name="a_side_has_one_quota"
            ),
            models.CheckConstraint(
                condition=models.Q(seats_taken__lte=models.F("seats")), name="a_quota_is_never_over_its_seats"
            ),
            models.CheckConstraint(
                condition=~models.Q(side="") | models.Q(unit__isnull=False), name="a_quota_is_for_somebody"
            ),
        ]

    def __str__(self):
        return ", ".join(str(part) for part in (self.get_side_display(), self.unit) if part)

    @property
    def seats_left(self):
        return self.seats - self.seats_taken
