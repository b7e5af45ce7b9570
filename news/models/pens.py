"""Who is writing in a draft, and from which window its last saves came."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PenQuerySet(models.QuerySet):
    def held(self, at=None):
        """Pens that have been used in the last IDLE before `at` (an aware datetime; now if not given)."""
        return self.filter(used_at__gt=(at or timezone.now()) - Pen.IDLE)


class Pen(models.Model):
    """A draft's soft lock: says who is writing, and lets go by itself. It keeps nobody from saving."""

    IDLE = timedelta(minutes=15)

    version = models.OneToOneField("news.Version", models.CASCADE, related_name="pen")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="pens")
    taken_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(default=timezone.now)

    objects = PenQuerySet.as_manager()

    class Meta:
        verbose_name = _("pen")
        verbose_name_plural = _("pens")

    def __str__(self):
        return f"{self.version_id}: {self.person_id}"

    @property
    def free_at(self):
        """When it lets go unless it is used again."""
        return self.used_at + self.IDLE


class SaveRun(models.Model):
    """The latest saves of a draft that came one after the other from the same window of a browser.

    What that window saved is no news to it: an answer that was lost on the way, or a save that was
    overtaken by a later one, makes no conflict of somebody with themselves.
    """

    version = models.OneToOneField("news.Version", models.CASCADE, related_name="save_run")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # Made with each form that is opened.
    window = models.UUIDField(null=True)
    # The revision on top of which the run began.
    since = models.PositiveIntegerField()
    # The window's own clock at its latest save, in milliseconds; 0 where it has none.
    turn = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("run of saves")
        verbose_name_plural = _("runs of saves")

    def __str__(self):
        return f"{self.version_id}: {self.window} from {self.since}"

    def knows(self, window, revision):
        """Whether everything saved after `revision` came from `window` itself."""
        return self.is_from(window) and revision >= self.since

    def has_overtaken(self, window, turn):
        """Whether the same window has sent a later text than that of `turn` already."""
        return self.is_from(window) and 0 < turn < self.turn

    def is_from(self, window):
        return window is not None and self.window == window
