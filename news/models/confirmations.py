"""Who has confirmed that they have read what must be read."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ConfirmationQuerySet(models.QuerySet):
    def of_text(self, version):
        """Confirmations of a published version, or of one that differs from it by small corrections."""
        return self.filter(article=version.article_id, of=version.updated_at)


class Confirmation(models.Model):
    """One person's word that they have read an article as it was at one "last updated". A small
    correction asks nobody to read anew; every other change does."""

    article = models.ForeignKey("news.Article", models.CASCADE, related_name="confirmations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="confirmations")
    of = models.DateTimeField()
    confirmed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = _("confirmation of having read")
        verbose_name_plural = _("confirmations of having read")
        constraints = [
            models.UniqueConstraint(fields=["article", "person", "of"], name="a_text_is_confirmed_once")
        ]

    def __str__(self):
        return f"confirmation {self.pk}"


class ReadingReminderQuerySet(models.QuerySet):
    def of_text(self, version):
        """The reminder to read a published version; none where it is None."""
        return self.filter(article=version.article_id, of=version.updated_at) if version else self.none()


class ReadingReminder(models.Model):
    """That those who have not confirmed an article, as it was at one "last updated", were reminded: once."""

    article = models.ForeignKey("news.Article", models.CASCADE, related_name="reading_reminders")
    of = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    done_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ReadingReminderQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "of"], name="the_rest_is_reminded_once")]

    def __str__(self):
        return f"reading reminder {self.pk}"
