"""What a closed group work comes to by the dictionary of concepts as it is now."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Recount(models.Model):
    """The figures of a Result, counted anew after the dictionary changed; there only where that altered
    them. The Result stays as it was frozen: recounts are for comparing forums with each other."""

    result = models.OneToOneField("forums.Result", models.CASCADE, related_name="recount")
    figures = models.JSONField()
    counted_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("recount")
        verbose_name_plural = _("recounts")

    def __str__(self):
        return f"{self.result}"
