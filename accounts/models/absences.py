"""Who is away, and who stands in."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AbsenceQuerySet(models.QuerySet):
    def not_over(self, on=None):
        """Absences that last on the day `on` (a date; today if not given), or are to come."""
        return self.filter(ends_on__gte=on or timezone.localdate())

    def current(self, on=None):
        """Absences that the day `on` (a date; today if not given) lies in."""
        on = on or timezone.localdate()
        return self.not_over(on).filter(starts_on__lte=on)


class Absence(models.Model):
    """Some days on which one person's reviews are also asked of another."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="absences")
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="stands_in", verbose_name=_("stand-in")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to and including"))

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        indexes = [models.Index(fields=["stand_in", "ends_on"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="an_absence_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("stand_in")), name="nobody_stands_in_for_themselves"
            ),
            models.UniqueConstraint(
                fields=["person", "stand_in", "starts_on", "ends_on"], name="an_absence_is_told_once"
            ),
        ]

    def __str__(self):
        return f"{self.person} – {self.stand_in}"
