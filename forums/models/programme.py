"""What happens at a forum, and when."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person


class ProgrammeItemQuerySet(models.QuerySet):
    def with_speakers(self):
        """Fetch the speakers along, each with their posts of today."""
        speakers = Person.objects.with_assignments()
        return self.prefetch_related(models.Prefetch("speakers", queryset=speakers))


def seams_of(items):
    """Where neighbouring items do not meet, as (before, after, minutes): more than 0 minutes between
    them is a gap, less is an overlap. The night between two days is no gap.

    Args:
        items: programme items in the order in which they start.
    """
    seams = []
    latest = None
    for item in items:
        if latest and item.starts_at != latest.ends_at and not _sleeps_between(latest, item):
            minutes = round((item.starts_at - latest.ends_at).total_seconds() / 60)
            seams.append((latest, item, minutes))
        latest = item if latest is None or item.ends_at > latest.ends_at else latest
    return seams


def empty_ends(forum, items):
    """Minutes without any item after the forum has begun, and before it ends; (0, 0) without items."""
    if not items:
        return 0, 0
    before = items[0].starts_at - forum.starts_at
    after = forum.ends_at - max(item.ends_at for item in items)
    return tuple(max(0, round(each.total_seconds() / 60)) for each in (before, after))


def _sleeps_between(before, after):
    return timezone.localdate(before.ends_at) < timezone.localdate(after.starts_at)


class ProgrammeItem(models.Model):
    """One item of a forum's programme."""

    class Kind(models.TextChoices):
        TALK = "talk", _("talk")
        GROUP_WORK = "group_work", _("group work")
        BREAK = "break", _("break")
        STREAM = "stream", _("stream")

    forum = models.ForeignKey("forums.Forum", models.CASCADE, related_name="programme")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.TALK)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("about it"), max_length=1000, blank=True)
    # People of the portal; a guest is written by name.
    speakers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="programme_items", verbose_name=_("speakers")
    )
    guests = models.CharField(_("guest speakers"), max_length=250, blank=True)

    objects = ProgrammeItemQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("programme item")
        verbose_name_plural = _("programme")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="an_item_ends_after_it_starts"
            )
        ]

    def __str__(self):
        return self.title

    @property
    def is_outside(self):
        """Whether it does not lie within the time of its forum."""
        return self.starts_at < self.forum.starts_at or self.ends_at > self.forum.ends_at
