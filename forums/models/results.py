"""The frozen count of a closed group work."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Result(models.Model):
    """What a group work came to, counted once by SQL when it was closed and never changed.

    `figures` holds (schema 1):
        {"schema": 1,
         "participants": {"elected": int, "official": int},
         "tables": int, "notes": {"elected": int, "official": int},
         "sides_shown": bool,       # False where a side has fewer than 5 people
         "concepts": [{"id": int, "label": str, "label_en": str, "elected": int, "official": int,
                       "tables": int, "notes": int}, ...]}   # counts of tables, except notes
    """

    group_work = models.OneToOneField("forums.GroupWork", models.PROTECT, related_name="result")
    figures = models.JSONField()
    frozen_at = models.DateTimeField(default=timezone.now, editable=False)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")

    def __str__(self):
        return f"{self.group_work}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("A result is frozen.")
        super().save(*args, **kwargs)
