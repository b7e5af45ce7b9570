"""Forums: events with a theme, a programme and an audience."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Person

from .finding import ASKED_AFTER_THE_END, ASKED_BEFORE_THE_END, ForumQuerySet
from .kinds import FIRST, ForumKind


class Forum(models.Model):
    """An event to which people are invited: the municipality's leadership forum and its kin."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        ANNOUNCED = "announced", _("announced")
        CANCELLED = "cancelled", _("called off")

    kind = models.ForeignKey(
        ForumKind, models.PROTECT, related_name="forums", default=FIRST, verbose_name=_("kind")
    )
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
    # Whether some of the seats are kept for a side or a unit: the rows of Quota.
    has_quotas = models.BooleanField(default=False, editable=False)
    allows_deputies = models.BooleanField(_("deputies are welcome"), default=False)
    asks_diet = models.BooleanField(_("ask what people eat"), default=False)
    asks_access = models.BooleanField(_("ask what people need in the room"), default=False)
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
    topics = models.ManyToManyField("news.Topic", blank=True, related_name="forums", verbose_name=_("topics"))
    # RFC 5545: UID stays, SEQUENCE rises with every change of time or place.
    calendar_uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    announced_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When the organiser took no more verdicts; they end by themselves too. See evaluating.py.
    evaluation_closed_at = models.DateTimeField(null=True, editable=False)
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

    def people_meant(self, posts=None):
        """Those who are asked to come, as things are today: the audience, minus and plus whom the
        organiser has named, and the guests from outside (decisions/0140).

        Args:
            posts: the Assignments that another audience than the forum's own would mean.
        """
        posts = self.audience.assignments() if posts is None else posts
        in_audience = models.Q(is_active=True, pk__in=posts.values("person_id"))
        left_out = models.Q(pk__in=self.named.left_out().values("person_id"))
        also = Person.objects.in_service().filter(pk__in=self.named.also().values("person_id"))
        return Person.objects.filter(
            (in_audience & ~left_out)
            | models.Q(pk__in=also.values("pk"))
            | models.Q(pk__in=self.named.guests().values("person_id"))
        )

    def people_concerned(self):
        """Those whom changes are told of: without a no, and either still meant after they were invited
        or, in service, holding a seat or a place in the queue."""
        meant = self.people_meant().filter(pk__in=self.invitations.standing().values("person_id"))
        live = Person.objects.in_service().filter(pk__in=self.registrations.live().values("person_id"))
        return Person.objects.filter(models.Q(pk__in=meant.values("pk")) | models.Q(pk__in=live.values("pk")))

    def unanswered_invitations(self):
        """The invitations of those still meant who have given no answer, with their people, by name."""
        silent = self.invitations.unanswered().filter(person__in=self.people_meant()).select_related("person")
        return silent.order_by("person__sort_name", "person_id")

    @cached_property
    def guest_tokens(self):
        """{id of a guest: what stands in the guest's link}. One query."""
        return {named.person_id: named.token for named in self.named.guests()}

    @property
    def my_answer(self):
        """The reader's own Registration or None, after `with_answer_of`."""
        return self.answers_of_reader[0] if self.answers_of_reader else None

    def is_attended_by(self, person):
        """Whether `person` is registered; no query where that came `with_answer_of(person)`."""
        if getattr(self, "reader_id", None) == person.pk:
            return bool(self.my_answer and self.my_answer.takes_part)
        return self.registrations.registered().filter(person=person).exists()

    @property
    def seats_left(self):
        """Free seats; None where the forum has no limit."""
        return None if self.seats is None else self.seats - self.seats_taken

    @property
    def is_full(self):
        return self.seats is not None and self.seats_taken >= self.seats

    @property
    def asks_needs(self):
        return self.asks_diet or self.asks_access

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
    def passes_seats_on(self):
        """Whether free seats are offered to those who wait: until it begins, also after the deadline."""
        return self.is_announced and not self.has_started

    @property
    def is_past(self):
        return self.ends_at <= timezone.now()

    @property
    def evaluation_is_over(self):
        """Whether what people thought may be told: no more verdicts are taken."""
        return self.evaluation_closed_at is not None or self.verdicts_until <= timezone.now()

    @property
    def verdicts_until(self):
        return self.ends_at + ASKED_AFTER_THE_END

    @property
    def takes_verdicts(self):
        begun = self.ends_at - ASKED_BEFORE_THE_END <= timezone.now()
        return self.is_announced and begun and not self.evaluation_is_over
