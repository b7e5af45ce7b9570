"""The work in the room: rounds, questions, tables."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Numbered, Side


class GroupWorkQuerySet(models.QuerySet):
    def begun(self):
        """Group works that are open, or over."""
        return self.exclude(state=GroupWork.State.PLANNED)

    def left_open(self, before):
        """Group works that are still open though their forums, not called off, ended before a moment."""
        held = self.filter(forum__state="announced", forum__ends_at__lte=before)
        return held.filter(state=GroupWork.State.OPEN).select_related("forum").order_by("pk")

    def to_thin_out(self, before):
        """Group works closed before a moment whose notes have not been thinned out."""
        return self.filter(state=GroupWork.State.CLOSED, closed_at__lt=before, thinning=None)


class GroupWork(models.Model):
    """A forum's group work and its two leaders, one from each side."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    class Grouping(models.TextChoices):
        TABLES = "tables", _("tables in the room")
        UNITS = "units", _("departments and companies")

    class Scope(models.TextChoices):
        ROOM = "room", _("the notes of the whole room")
        TABLE = "table", _("the notes of one's own group")

    forum = models.OneToOneField("forums.Forum", models.CASCADE, related_name="group_work")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)
    anonymous = models.BooleanField(_("anonymous notes"), default=True)
    # What a group is. Every table has a `unit` where units are the groups.
    grouped_by = models.CharField(
        _("the groups are"), max_length=10, choices=Grouping, default=Grouping.TABLES
    )
    dots_on = models.CharField(_("dots are put on"), max_length=10, choices=Scope, default=Scope.ROOM)
    # Whoever may find the forum may watch the wall: its words and numbers, never a note.
    wall_for_all = models.BooleanField(_("the big screen is open to all"), default=False)
    leader_official = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("leader, officials")
    )
    leader_elected = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("leader, elected members")
    )
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The prioritising: not begun, going on, over.
    dots_opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    dots_closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = GroupWorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("group work")
        verbose_name_plural = _("group works")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(dots_closed_at=None) | models.Q(dots_opened_at__isnull=False),
                name="a_prioritising_ends_after_it_has_begun",
            ),
            models.CheckConstraint(
                condition=~models.Q(leader_official=models.F("leader_elected")),
                name="a_group_work_has_two_leaders",
            ),
        ]

    def __str__(self):
        return f"{self.forum}"

    def asked(self):
        """Its questions in their order, as a list, found the quick way: every note asks. One query."""
        questions = _ASKED.ask(self.pk)
        for question in questions:
            question.group_work = self
        return questions

    @property
    def leaders(self):
        return [self.leader_elected, self.leader_official]

    @property
    def has_unit_groups(self):
        return self.grouped_by == self.Grouping.UNITS

    @property
    def is_prioritising(self):
        """Whether people put their dots now. Nobody is told the counts until it is over."""
        return self.dots_opened_at is not None and self.dots_closed_at is None

    @property
    def has_prioritised(self):
        return self.dots_closed_at is not None

    @property
    def is_thinned(self):
        """Whether its notes have been thinned out, so that its Result is all there is."""
        return self.state == self.State.CLOSED and hasattr(self, "thinning")

    @property
    def leader_sides(self):
        """The Side that each of the two leads for."""
        return {self.leader_elected: Side.ELECTED, self.leader_official: Side.OFFICIAL}

    @property
    def current_round(self):
        """The round that is open now, or None."""
        return self.rounds.filter(state=Round.State.OPEN).first()


class Round(models.Model):
    """A stretch of the group work in which one side (or, where empty, both) writes."""

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("round", "planned")
        OPEN = "open", pgettext_lazy("round", "open")
        CLOSED = "closed", pgettext_lazy("round", "closed")

    group_work = models.ForeignKey(GroupWork, models.CASCADE, related_name="rounds")
    order = models.PositiveSmallIntegerField()
    side = models.CharField(_("side"), max_length=10, choices=Side, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=20)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    opened_at = models.DateTimeField(null=True, blank=True)
    # Since when its clock stands still; notes are taken all the same.
    paused_at = models.DateTimeField(null=True, blank=True)
    # What pauses and extensions have added to its minutes.
    added = models.DurationField(default=timedelta)

    class Meta:
        ordering = ["order"]
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        constraints = [
            models.UniqueConstraint(fields=["group_work", "order"], name="rounds_have_an_order"),
            models.UniqueConstraint(
                fields=["group_work"], condition=models.Q(state="open"), name="one_round_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(paused_at=None) | models.Q(state="open"),
                name="only_an_open_round_is_paused",
            ),
        ]

    def __str__(self):
        return self.get_side_display() if self.side else str(_("both sides"))

    @property
    def closes_at(self):
        """When its minutes are up; in a pause, as if it ended now. The leaders close it, not the clock."""
        if self.opened_at is None:
            return None
        stood_still = timezone.now() - self.paused_at if self.paused_at else timedelta()
        return self.opened_at + timedelta(minutes=self.minutes) + self.added + stood_still

    @property
    def is_paused(self):
        return self.paused_at is not None

    @property
    def left(self):
        """The time left of an open round, never below zero."""
        return max(self.closes_at - timezone.now(), timedelta())

    @property
    def clock_left(self):
        """The same as minutes and seconds: "4:07"."""
        return "{}:{:02}".format(*divmod(int(self.left.total_seconds()), 60))


class Question(models.Model):
    """What the tables are asked."""

    class Kind(models.TextChoices):
        NEED = "need", _("need")
        EXPECTATION = "expectation", _("expectation")
        LESSON = "lesson", _("lesson")
        KEEP = "keep", _("worth keeping")
        IDEA = "idea", _("idea")
        OPEN = "open", _("question")

    group_work = models.ForeignKey(GroupWork, models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.NEED)
    text = models.CharField(_("question"), max_length=250)

    class Meta:
        ordering = ["order"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.UniqueConstraint(fields=["group_work", "order"], name="questions_have_an_order")
        ]

    def __str__(self):
        return self.text


_ASKED = Numbered(lambda number: Question.objects.filter(group_work=number))


class TableQuerySet(models.QuerySet):
    def in_the_room(self):
        """Tables at which people sit; the others meet online."""
        return self.filter(is_online=False)

    def online(self):
        """Tables that meet in a video call."""
        return self.filter(is_online=True)

    def with_people(self):
        """Each with `people`: how many are registered there."""
        here = models.Q(registrations__state="registered")
        return self.annotate(people=models.Count("registrations", filter=here))


class Table(models.Model):
    """A group: people of both sides around a table, or a unit (`GroupWork.grouped_by`)."""

    forum = models.ForeignKey("forums.Forum", models.CASCADE, related_name="tables")
    number = models.PositiveSmallIntegerField(_("number"))
    # Where units are the groups: the unit, and its name on that day.
    unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    # Its people meet in a video call and come in by a link.
    is_online = models.BooleanField(_("meets online"), default=False)

    objects = TableQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = _("table")
        verbose_name_plural = _("tables")
        constraints = [
            models.UniqueConstraint(fields=["forum", "number"], name="a_forums_tables_are_numbered"),
            models.UniqueConstraint(fields=["forum", "unit"], name="a_unit_is_one_group_of_a_forum"),
        ]

    def __str__(self):
        """What people call it: its name, or "Table 3"."""
        return self.name or f"{_('Table')} {self.number}"

    @property
    def with_number(self):
        """What the organiser calls it, whose forms ask for its number: "Table 3", "3. Social services"."""
        return f"{self.number}. {self.name}" if self.name else str(self)
