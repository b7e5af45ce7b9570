"""The record of what was thinned out."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Thinning(models.Model):
    """That the raw notes of a group work were erased: when, how many, by which decision. Its Result stays."""

    group_work = models.OneToOneField("forums.GroupWork", models.PROTECT, related_name="thinning")
    at = models.DateTimeField(default=timezone.now, editable=False)
    notes = models.PositiveIntegerField()
    # The words by which the municipality has decided it, as they were in the settings then.
    decision = models.CharField(max_length=200, blank=True)
    # The ids of the words that only hidden notes said, which the result goes on not naming (`veiling`).
    unsaid = models.JSONField(default=list)

    class Meta:
        verbose_name = _("thinning")
        verbose_name_plural = _("thinnings")

    def __str__(self):
        return f"{self.group_work}"
