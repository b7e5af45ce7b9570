"""People's answers to forums."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, Side

from .named import NamedPerson

# Whoever has not been checked in so long after a forum began leaves an empty chair.
MISSING_AFTER = timedelta(minutes=15)


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

    def deputies(self):
        """Those of them that somebody gives in another's place."""
        return self.live().filter(deputy_for__isnull=False)

    def of_people_gone(self):
        """Live answers to coming forums by people who are no longer in service, guests apart."""
        in_service = Person.objects.in_service().filter(pk=models.OuterRef("person_id"))
        guest = NamedPerson.objects.guests().filter(
            forum=models.OuterRef("forum_id"), person=models.OuterRef("person_id")
        )
        coming = self.live().filter(forum__state="announced", forum__starts_at__gt=timezone.now())
        return coming.filter(~models.Exists(in_service), ~models.Exists(guest))

    def registered(self):
        return self.filter(state=Registration.State.REGISTERED)

    def in_the_room(self):
        """Those who sit at the tables: registered on site."""
        return self.registered().filter(mode=Registration.Mode.ON_SITE)

    def outside_the_room(self):
        """Everyone else who has answered: online, in the queue, with an offer, not coming."""
        on_site = models.Q(state=Registration.State.REGISTERED, mode=Registration.Mode.ON_SITE)
        return self.exclude(on_site)

    def to_seat(self):
        """Those of them who are seated there: who has gone over to a table that meets online is not."""
        return self.in_the_room().exclude(table__is_online=True)

    def with_missing(self):
        """Tell of each whether they are missing (`is_missing`): not checked in a quarter of an hour after the
        forum began, where others were."""
        late = models.Q(forum__starts_at__lte=timezone.now() - MISSING_AFTER, arrived_at=None)
        is_missing = models.ExpressionWrapper(late & _somebody_came(), models.BooleanField())
        return self.annotate(is_missing=is_missing)

    def waiting(self):
        """The waiting list in its order."""
        return self.filter(state=Registration.State.WAITING).order_by("queued_at", "pk")

    def been_at(self, at=None):
        """Seats at forums that had ended at `at` (now if not given), latest first."""
        been = self.registered().filter(forum__ends_at__lte=at or timezone.now())
        return been.order_by("-forum__starts_at")

    def by_name(self):
        return self.order_by("person__sort_name", "person_id")

    def arrived(self):
        """Those who were checked in at the door."""
        return self.filter(arrived_at__isnull=False)

    def attended(self):
        """Those who took part: registered online, or on site and, where the check-in was used, checked in."""
        return self.registered().filter(Registration.took_part(_somebody_came()))

    def for_seat_plan(self):
        """Fetch what a seat plan shows of each person along with it, by name."""
        people = models.Prefetch("person", queryset=Person.objects.with_assignments())
        return self.with_missing().select_related("table").prefetch_related(people).by_name()

    def expired_offers(self, at=None):
        return self.filter(state=Registration.State.OFFERED, offered_until__lte=at or timezone.now())


def _somebody_came():
    """Whether anybody was checked in to the room of an answer's forum: then the check-in is used there."""
    came = Registration.objects.in_the_room().arrived().filter(forum=models.OuterRef("forum_id"))
    return models.Exists(came)


class Registration(models.Model):
    """One person's answer to one forum. Its state is moved by `forums.registering` only."""

    class State(models.TextChoices):
        REGISTERED = "registered", _("registered")
        WAITING = "waiting", _("on the waiting list")
        OFFERED = "offered", _("offered a seat")
        DECLINED = "declined", _("declined")
        CANCELLED = "cancelled", _("cancelled")
        DEPUTISED = "deputised", _("sends a deputy")

    HOLDING = (State.REGISTERED, State.OFFERED)
    LIVE = (*HOLDING, State.WAITING)
    AWAY = (State.DECLINED, State.CANCELLED, State.DEPUTISED)

    class Mode(models.TextChoices):
        ON_SITE = "on_site", _("on site")
        ONLINE = "online", _("online")

    forum = models.ForeignKey("forums.Forum", models.CASCADE, related_name="registrations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="registrations")
    state = models.CharField(_("answer"), max_length=10, choices=State)
    mode = models.CharField(_("takes part"), max_length=10, choices=Mode, default=Mode.ON_SITE)
    # The voice the person speaks with; somebody who is both chooses, and a guest has none.
    side = models.CharField(_("side"), max_length=10, choices=Side, blank=True)
    reason = models.CharField(_("reason"), max_length=250, blank=True)
    answered_at = models.DateTimeField(default=timezone.now)
    queued_at = models.DateTimeField(null=True, blank=True)
    offered_until = models.DateTimeField(null=True, blank=True)
    # Whoever waits may ask to be registered at once when a seat falls free, without an offer.
    takes_free_seat = models.BooleanField(_("takes a free seat at once"), default=False)
    # The quota that the seat, or the place in the queue, counts against; None: the seats for all.
    quota = models.ForeignKey(
        "forums.Quota", models.RESTRICT, null=True, blank=True, related_name="registrations"
    )
    # A deputy's: the invited person whose place it is.
    deputy_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="deputies"
    )
    # Why the organiser seated this person past the queue, or what was said by who called to say no; shown to
    # organisers only.
    organiser_note = models.CharField(_("note"), max_length=250, blank=True)
    table = models.ForeignKey(
        "forums.Table",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name=_("table"),
    )
    # That the person has begun to put dots, by a name that leads to none of them (models/dots.py).
    dots_claim = models.CharField(max_length=64, blank=True, editable=False)
    # The organiser has chosen the table: seating everyone anew leaves the person there.
    is_pinned = models.BooleanField(_("keeps the table"), default=False)
    # They have sat down by a table's code or link themselves, so they were there.
    has_joined = models.BooleanField(default=False, editable=False)
    # That they have told what they thought; what it was, leads to nobody (models/verdicts.py).
    has_evaluated = models.BooleanField(default=False, editable=False)
    # When they were checked in at the door.
    arrived_at = models.DateTimeField(_("came"), null=True, blank=True, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["answered_at", "pk"]
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        indexes = [
            models.Index(fields=["forum", "state", "queued_at"]),
            # Whether any seat is offered is asked for each answer; on PostgreSQL the index above was not
            # chosen while a crowd answers, and all of its answers were looked through.
            models.Index(fields=["forum"], condition=models.Q(state="offered"), name="seats_on_offer"),
        ]
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
            models.UniqueConstraint(
                fields=["forum", "deputy_for"],
                condition=models.Q(state__in=["registered", "offered", "waiting"]),
                name="a_person_sends_one_deputy",
            ),
            models.CheckConstraint(
                condition=~models.Q(deputy_for=models.F("person")), name="nobody_is_their_own_deputy"
            ),
        ]

    def __str__(self):
        return f"{self.person} – {self.get_state_display()}"

    @staticmethod
    def took_part(somebody_came):
        """The condition that somebody registered took part, by whether the check-in was used."""
        online = models.Q(mode=Registration.Mode.ONLINE)
        return online | models.Q(arrived_at__isnull=False) | ~somebody_came

    @staticmethod
    def counts_by_side(answers):
        """Rows of (state, elected, officials, guests), counted over the QuerySet `answers`. One query."""
        counted = answers.order_by().values_list("state", "side").annotate(models.Count("pk"))
        count = {(state, side): number for state, side, number in counted}
        sides = (Side.ELECTED, Side.OFFICIAL, "")
        return [(state, *(count.get((state, side), 0) for side in sides)) for state in Registration.State]

    @staticmethod
    def by_table(answers, tables):
        """Pairs of (Table, its answers) in the order of `tables`, the order of `answers` kept."""
        at = {table.pk: [] for table in tables}
        for answer in answers:
            if answer.table_id in at:
                at[answer.table_id].append(answer)
        return [(table, at[table.pk]) for table in tables]

    @property
    def is_guests(self):
        """Whether it is the answer of a guest from outside."""
        return self.side == ""

    @property
    def takes_part(self):
        return self.state == self.State.REGISTERED

    @property
    def is_live(self):
        return self.state in self.LIVE

    @property
    def holds_a_seat(self):
        return self.state in self.HOLDING and self.mode == self.Mode.ON_SITE

    @property
    def asks_needs(self):
        """Whether its person is asked what they need: with a place in the room, or on the way to one."""
        in_the_room = self.is_live and self.mode == self.Mode.ON_SITE
        return in_the_room and self.forum.asks_needs and not self.forum.is_past

    @property
    def may_be_given_seat(self):
        """Whether an organiser can give its person a seat in the room past the queue."""
        in_the_room = self.takes_part and self.mode == self.Mode.ON_SITE
        return not in_the_room and self.forum.is_announced and not self.forum.is_past

    @property
    def sends_deputy(self):
        return self.state == self.State.DEPUTISED

    @property
    def deputy(self):
        """The live answer of who comes in its person's place, with person and table; or None. One query."""
        deputies = Registration.objects.live().filter(forum=self.forum_id, deputy_for=self.person_id)
        return deputies.select_related("person", "table").first()

    @property
    def is_offer(self):
        return self.state == self.State.OFFERED

    @property
    def offer_ran_out(self):
        """Whether its person was offered a seat and did not answer in time (`queueing.settle`)."""
        lapsed = self.state == self.State.CANCELLED and self.offered_until is not None
        return lapsed and self.offered_until <= self.answered_at

    @property
    def queue_place(self):
        """The place on the waiting list (of the same quota), counted from 1; None for those who do not
        wait. One query."""
        if self.state != self.State.WAITING:
            return None
        ahead = models.Q(queued_at__lt=self.queued_at) | models.Q(queued_at=self.queued_at, pk__lt=self.pk)
        same = Registration.objects.waiting().filter(forum=self.forum_id, quota=self.quota_id)
        return same.filter(ahead).count() + 1
