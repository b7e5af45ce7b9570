"""Forums: events with a theme, a programme and an audience."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import OpenToQuerySet, Person, Role, reach_of
from news.models import Article

from .registrations import Registration

# UNION, not UNION ALL: forums that follow each other in a ring end instead of running for ever.
CHAIN = """
    WITH RECURSIVE before(id, follows_id) AS (
        SELECT id, follows_id FROM forums_forum WHERE id = %s
        UNION
        SELECT earlier.id, earlier.follows_id
        FROM forums_forum earlier JOIN before ON earlier.id = before.follows_id
    )
    SELECT id FROM before
"""


def answers_of(user):
    """What to prefetch of forums so that each knows the answer of `user` (`Forum.my_answer`)."""
    mine = Registration.objects.of(user).select_related("table")
    return models.Prefetch("registrations", queryset=mine, to_attr="answers_of_reader")


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
        lead, speak at or hold a seat at. An invitation alone opens nothing (decisions/0052)."""
        reach = reach_of(user)
        if not reach.in_service:
            return self.none()
        announced = Forum.objects.announced()
        mine = announced.filter(
            models.Q(pk__in=Registration.objects.of(user).holding().values("forum"))
            | models.Q(programme__speakers=user)
            | models.Q(group_work__leader_official=user)
            | models.Q(group_work__leader_elected=user)
        )
        return self.filter(
            models.Q(pk__in=announced.open_to(reach).values("pk"))
            | models.Q(pk__in=mine.values("pk"))
            | self._organised_by(user)
        )

    def organised_by(self, user):
        """Forums that `user` may plan and run: as an organiser of the unit that arranges it."""
        return self.filter(self._organised_by(user)) if reach_of(user).in_service else self.none()

    def with_answer_of(self, user):
        """Fetch `user`'s own answer with each forum (`my_answer`) and whether it asks for one
        (`asks_me`, the same rule as `permissions.may_answer`)."""
        live = models.Exists(Registration.objects.of(user).live().filter(forum=models.OuterRef("pk")))
        meant = models.Q(audience__in=reach_of(user).audiences)
        return self.annotate(
            asks_me=models.ExpressionWrapper(live | meant, models.BooleanField())
        ).prefetch_related(answers_of(user))

    def with_summary_for(self, user):
        """Fetch the summary article along, and whether `user` may read it now (`has_summary`)."""
        readable = Article.objects.visible_to(user).filter(pk=models.OuterRef("summary"))
        return self.select_related("summary").annotate(has_summary=models.Exists(readable))

    def for_page(self, user):
        """Fetch along what the page of a forum shows of it to `user`."""
        return (
            self.select_related(
                "audience",
                "unit",
                "organiser",
                "group_work__leader_elected",
                "group_work__leader_official",
            )
            .with_answer_of(user)
            .with_summary_for(user)
        )

    def chain_of(self, forum):
        """The forum that `forum` follows, the one that it followed, and so on."""
        return self.filter(pk__in=RawSQL(CHAIN, [forum.follows_id]))  # noqa: S611 - a constant

    def overlapping(self, forum):
        """Coming forums, other than `forum`, that share some of its time."""
        return (
            self.coming()
            .filter(starts_at__lt=forum.ends_at, ends_at__gt=forum.starts_at)
            .exclude(pk=forum.pk)
        )

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
    # How many times each part of the plan has been saved: {"facts": 3, "programme": 1}. See planning.py.
    revisions = models.JSONField(default=dict, editable=False)
    # Made with the empty form: the same form sent twice plans one forum.
    form_key = models.UUIDField(null=True, unique=True, editable=False)

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

    def people_concerned(self):
        """Those whom changes are told of: in service, without a no, and either still meant by the
        audience that they were invited with or holding a seat or a place in the queue."""
        meant = Person.objects.in_audience(self.audience).filter(
            pk__in=self.invitations.standing().values("person_id")
        )
        return Person.objects.in_service().filter(
            models.Q(pk__in=meant.values("pk"))
            | models.Q(pk__in=self.registrations.live().values("person_id"))
        )

    @property
    def my_answer(self):
        """The reader's own Registration or None, after `with_answer_of`."""
        return self.answers_of_reader[0] if self.answers_of_reader else None

    @property
    def seats_left(self):
        """Free seats; None where the forum has no limit."""
        return None if self.seats is None else self.seats - self.seats_taken

    @property
    def is_full(self):
        return self.seats is not None and self.seats_taken >= self.seats

    def revision_of(self, part):
        """How many times this part of the plan has been saved."""
        return self.revisions.get(part, 0)

    @property
    def lasts_several_days(self):
        return timezone.localdate(self.starts_at) != timezone.localdate(self.ends_at)

    @property
    def is_on_site(self):
        return bool(self.place) or not self.join_url

    @property
    def is_online(self):
        return bool(self.join_url)

    @property
    def is_announced(self):
        return self.state == self.State.ANNOUNCED

    @property
    def is_called_off(self):
        return self.state == self.State.CANCELLED

    @property
    def has_started(self):
        return self.starts_at <= timezone.now()

    @property
    def answers_close_at(self):
        """When the last answer is taken: at the deadline, and never after the forum has begun."""
        return min(self.registration_closes_at, self.starts_at)

    @property
    def is_open_for_answers(self):
        return self.is_announced and timezone.now() < self.answers_close_at

    @property
    def is_past(self):
        return self.ends_at <= timezone.now()
