"""When those who have not answered, or who are coming, are reminded."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ReminderQuerySet(models.QuerySet):
    def still_of_use(self):
        """Reminders of announced forums that have not begun."""
        return self.filter(forum__state="announced", forum__starts_at__gt=timezone.now())


class Reminder(models.Model):
    """So many days before, at a time of day on the municipality's clocks: to the unanswered before the
    last day to answer, to the registered before the forum. It moves when the forum does."""

    class To(models.TextChoices):
        UNANSWERED = "unanswered", _("those who have not answered")
        REGISTERED = "registered", _("those who are registered")

    forum = models.ForeignKey("forums.Forum", models.CASCADE, related_name="reminders")
    to = models.CharField(_("to"), max_length=10, choices=To)
    days_before = models.PositiveSmallIntegerField(_("days before"))
    time = models.TimeField(_("at"))
    # The moment for which it was last told, or let go because it was of no use any more.
    told_for = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["to", "-days_before", "time"]
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "to", "days_before", "time"], name="a_reminder_is_said_once"
            ),
            models.CheckConstraint(condition=Q(days_before__lte=60), name="a_reminder_is_near"),
        ]

    def __str__(self):
        return f"{self.get_to_display()}, {self.forum}"

    @property
    def before(self):
        """What it comes before: the last moment to answer, or the start."""
        return self.forum.answers_close_at if self.to == self.To.UNANSWERED else self.forum.starts_at

    @property
    def due_at(self):
        """When it is to go out. The clocks may change in between: days are counted, not hours."""
        day = timezone.localdate(self.before) - timedelta(days=self.days_before)
        return timezone.make_aware(datetime.combine(day, self.time))

    @property
    def is_due(self):
        """Whether its time has come and it has not been told for that time or a later one."""
        due = self.due_at
        return due <= timezone.now() and (self.told_for is None or self.told_for < due)

    @property
    def is_of_use(self):
        """Whether it still makes sense: it can be heeded, and came up after the invitations went out."""
        heeded = timezone.now() < self.before
        return heeded and self.due_at > max(self.created_at, self.forum.announced_at)
