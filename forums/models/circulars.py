"""What is told by mail to many of a forum's people at once."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CircularQuerySet(models.QuerySet):
    def unfinished(self):
        return self.filter(done_at=None)


class Circular(models.Model):
    """One thing to tell many by mail: written down in the transaction of what it tells of, and carried out
    by a task, some people at a time. Until `done_at` it is taken up again by the hourly round."""

    class Event(models.TextChoices):
        INVITATION = "invitation", _("invitation")
        CHANGE = "change", _("change of time or place")
        LINK = "link", _("new join link")
        CALL_OFF = "call_off", _("calling off")
        UNANSWERED = "unanswered", _("reminder to answer")
        REGISTERED = "registered", _("reminder of the day")
        EVALUATION = "evaluation", _("question what people thought")

    forum = models.ForeignKey("forums.Forum", models.CASCADE, related_name="circulars")
    event = models.CharField(max_length=10, choices=Event)
    # The calendar's SEQUENCE that is told of. A change is not told of once there is a newer one.
    sequence = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    objects = CircularQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("circular")
        verbose_name_plural = _("circulars")
        constraints = [
            models.UniqueConstraint(
                fields=["forum"],
                condition=models.Q(event="evaluation"),
                name="a_forum_asks_once_what_people_thought",
            )
        ]

    def __str__(self):
        return f"{self.get_event_display()}: {self.forum}"
