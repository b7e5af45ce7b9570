"""The words that hold a note back until somebody has looked at it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Insult(models.Model):
    """A word or phrase on the list, normalised; its inflected forms count too (`forums.moderating`)."""

    text = models.CharField(_("word"), max_length=60, unique=True)

    class Meta:
        ordering = ["text"]
        verbose_name = _("insult")
        verbose_name_plural = _("insults")

    def __str__(self):
        return self.text
