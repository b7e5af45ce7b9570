"""Who did what, for good."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class LogEntryQuerySet(models.QuerySet):
    def about(self, thing):
        """Entries about one object, newest first."""
        return self.filter(about_type=thing._meta.label_lower, about_id=str(thing.pk)).select_related("by")

    def update(self, **kwargs):
        raise TypeError("The log is append-only.")

    def delete(self):
        raise TypeError("The log is append-only.")


class LogEntry(models.Model):
    """One act by one person on one object. Never changed, never removed: the database refuses it too
    (decisions/0301).

    `event` is a dotted verb such as "article.approved"; `details` is small and holds no
    needs, no note texts of anonymous group work, no secrets.
    """

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    event = models.CharField(max_length=60, db_index=True)
    about_type = models.CharField(max_length=60)
    about_id = models.CharField(max_length=40)
    about_name = models.CharField(max_length=250)
    details = models.JSONField(default=dict, blank=True)

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("log entry")
        verbose_name_plural = _("log")
        indexes = [models.Index(fields=["about_type", "about_id", "-at"])]

    def __str__(self):
        return f"{self.event}: {self.about_name}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("The log is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("The log is append-only.")
