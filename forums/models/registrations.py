"""People's answers to forums."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, Side


class RegistrationQuerySet(models.QuerySet):
    def holding_seats(self):
        """Answers that count against the seats of the room: registered on site, and offers not yet
        answered. Those who join online take no seat."""
        return self.filter(state__in=Registration.HOLDING, mode=Registration.Mode.ON_SITE)

    def of(self, person):
        return self.filter(person=person)

    def holding(self):
        """Answers that open the forum to their person: registered, on site or online, and offers."""
        return self.filter(state__in=Registration.HOLDING)

    def live(self):
        """Answers that can still be given up: registered, offered a seat, or in the queue."""
        return self.filter(state__in=Registration.LIVE)

    def of_people_gone(self):
        """Live answers to coming forums by people who are no longer in service."""
        in_service = Person.objects.in_service().filter(pk=models.OuterRef("person_id"))
        coming = self.live().filter(forum__state="announced", forum__starts_at__gt=timezone.now())
        return coming.filter(~models.Exists(in_service))

    def registered(self):
        return self.filter(state=Registration.State.REGISTERED)

    def waiting(self):
        """The waiting list in its order."""
        return self.filter(state=Registration.State.WAITING).order_by("queued_at", "pk")

    def been_at(self, at=None):
        """Seats at forums that had ended at `at` (now if not given), latest first."""
        been = self.registered().filter(forum__ends_at__lte=at or timezone.now())
        return been.order_by("-forum__starts_at")

    def by_name(self):
        return self.order_by("person__sort_name", "person_id")

    def expired_offers(self, at=None):
        return self.filter(state=Registration.State.OFFERED, offered_until__lte=at or timezone.now())


class Registration(models.Model):
    """One person's answer to one forum. Its state is moved by `forums.registering` only."""

    class State(models.TextChoices):
        REGISTERED = "registered", _("registered")
        WAITING = "waiting", _("on the waiting list")
        OFFERED = "offered", _("offered a seat")
        DECLINED = "declined", _("declined")
        CANCELLED = "cancelled", _("cancelled")

    HOLDING = (State.REGISTERED, State.OFFERED)
    LIVE = (*HOLDING, State.WAITING)

    class Mode(models.TextChoices):
        ON_SITE = "on_site", _("on site")
        ONLINE = "online", _("online")

    forum = models.ForeignKey("forums.Forum", models.CASCADE, related_name="registrations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="registrations")
    state = models.CharField(_("answer"), max_length=10, choices=State)
    mode = models.CharField(_("takes part"), max_length=10, choices=Mode, default=Mode.ON_SITE)
    # The voice the person speaks with; somebody who is both chooses.
    side = models.CharField(_("side"), max_length=10, choices=Side)
    reason = models.CharField(_("reason"), max_length=250, blank=True)
    answered_at = models.DateTimeField(default=timezone.now)
    queued_at = models.DateTimeField(null=True, blank=True)
    offered_until = models.DateTimeField(null=True, blank=True)
    table = models.ForeignKey(
        "forums.Table",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name=_("table"),
    )

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["answered_at", "pk"]
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        indexes = [models.Index(fields=["forum", "state", "queued_at"])]
        constraints = [
            models.UniqueConstraint(fields=["forum", "person"], name="a_person_answers_a_forum_once"),
            models.CheckConstraint(
                condition=~models.Q(state="offered") | models.Q(offered_until__isnull=False),
                name="an_offer_has_an_end",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="waiting") | models.Q(queued_at__isnull=False),
                name="who_waits_has_a_place_in_the_queue",
            ),
        ]

    def __str__(self):
        return f"{self.person} – {self.get_state_display()}"

    @staticmethod
    def counts_by_side(answers):
        """Rows of (state, elected, officials), counted over the QuerySet `answers`. One query."""
        counted = answers.order_by().values_list("state", "side").annotate(models.Count("pk"))
        count = {(state, side): number for state, side, number in counted}
        return [
            (state, count.get((state, Side.ELECTED), 0), count.get((state, Side.OFFICIAL), 0))
            for state in Registration.State
        ]

    @property
    def takes_part(self):
        return self.state == self.State.REGISTERED

    @property
    def holds_a_seat(self):
        return self.state in self.HOLDING and self.mode == self.Mode.ON_SITE

    @property
    def is_offer(self):
        return self.state == self.State.OFFERED

    @property
    def queue_place(self):
        """The place on the waiting list, counted from 1; None for those who do not wait. One query."""
        if self.state != self.State.WAITING:
            return None
        ahead = models.Q(queued_at__lt=self.queued_at) | models.Q(queued_at=self.queued_at, pk__lt=self.pk)
        return Registration.objects.waiting().filter(ahead, forum=self.forum_id).count() + 1
