"""Forums: events with a theme, a programme and an audience."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import OpenToQuerySet, Role, reach_of


class ForumQuerySet(OpenToQuerySet):
    def announced(self):
        return self.exclude(state=Forum.State.DRAFT)

    def coming(self, at=None):
        """Announced forums, not called off, that have not ended at `at` (now if not given); soonest first."""
        return self.filter(state=Forum.State.ANNOUNCED, ends_at__gt=at or timezone.now()).order_by(
            "starts_at"
        )

    def past(self, at=None):
        """Announced forums that have ended at `at` (now if not given); latest first."""
        return self.announced().filter(ends_at__lte=at or timezone.now()).order_by("-starts_at")

    def visible_to(self, user):
        """Forums that `user` may find: announced and not restricted to others, or own to organise,
        lead or take part in."""
        reach = reach_of(user)
        if not reach.in_service:
            return self.none()
        open_to_all = models.Q(pk__in=Forum.objects.announced().open_to(reach).values("pk"))
        invited = models.Q(pk__in=Forum.objects.announced().filter(invitations__person=user).values("pk"))
        return self.filter(open_to_all | invited | self._organised_by(user))

    def organised_by(self, user):
        """Forums that `user` may plan and run: as its organiser, or as an organiser of its unit."""
        return self.filter(self._organised_by(user)) if reach_of(user).in_service else self.none()

    def _organised_by(self, user):
        units = reach_of(user).units_as(Role.ORGANISER)
        if None in units:
            return models.Q(pk__isnull=False)
        return models.Q(unit_id__in=units) if units else models.Q(pk__in=[])


class Forum(models.Model):
    """An event to which people are invited: the municipality's leadership forum and its kin."""

    class Kind(models.TextChoices):
        FORUM = "forum", _("leadership forum")
        LARGE = "large", _("large leadership forum")
        MEETING = "meeting", _("managers' meeting")
        VISIT = "visit", _("study visit")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        ANNOUNCED = "announced", _("announced")
        CANCELLED = "cancelled", _("called off")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.FORUM)
    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    theme = models.CharField(_("theme"), max_length=200)
    description = models.TextField(_("description"), max_length=4000, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    registration_closes_at = models.DateTimeField(_("answer by"))
    place = models.CharField(_("place"), max_length=160, blank=True)
    join_url = models.URLField(_("link for those who join online"), max_length=500, blank=True)
    seats = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    # Seats taken and seats held by offers. Moved by conditional updates only, see registering.py.
    seats_taken = models.PositiveIntegerField(default=0, editable=False)
    audience = models.ForeignKey(
        "accounts.Audience", models.PROTECT, related_name="forums", verbose_name=_("invited")
    )
    restricted = models.BooleanField(_("only for the invited"), default=False)
    unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, related_name="forums", verbose_name=_("arranged by")
    )
    organiser = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="organised_forums", verbose_name=_("contact")
    )
    follows = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="followed_by", verbose_name=_("follows")
    )
    summary = models.OneToOneField(
        "news.Article", models.SET_NULL, null=True, blank=True, related_name="forum", editable=False
    )
    # RFC 5545: UID stays, SEQUENCE rises with every change of time or place.
    calendar_uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    announced_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ForumQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at"]
        verbose_name = _("forum")
        verbose_name_plural = _("forums")
        indexes = [models.Index(fields=["state", "starts_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(seats=None) | models.Q(seats_taken__lte=models.F("seats")),
                name="a_forum_is_never_over_its_seats",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="a_forum_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=models.Q(registration_closes_at__lte=models.F("ends_at")),
                name="registration_closes_before_the_forum_ends",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("forums:forum", args=[self.slug])

    @property
    def seats_left(self):
        """Free seats; None where the forum has no limit."""
        return None if self.seats is None else self.seats - self.seats_taken

    @property
    def is_open_for_answers(self):
        return self.state == self.State.ANNOUNCED and timezone.now() < self.registration_closes_at

    @property
    def is_past(self):
        return self.ends_at <= timezone.now()


class ProgrammeItem(models.Model):
    """One item of a forum's programme."""

    class Kind(models.TextChoices):
        TALK = "talk", _("talk")
        GROUP_WORK = "group_work", _("group work")
        BREAK = "break", _("break")
        STREAM = "stream", _("stream")

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="programme")
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
