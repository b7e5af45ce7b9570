"""The work in the room: rounds, questions, tables."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Side


class GroupWork(models.Model):
    """A forum's group work and its two leaders, one from each side."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    forum = models.OneToOneField("forums.Forum", models.CASCADE, related_name="group_work")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)
    anonymous = models.BooleanField(_("anonymous notes"), default=True)
    leader_official = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("leader, officials")
    )
    leader_elected = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("leader, elected members")
    )
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("group work")
        verbose_name_plural = _("group works")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(leader_official=models.F("leader_elected")),
                name="a_group_work_has_two_leaders",
            )
        ]

    def __str__(self):
        return f"{self.forum}"

    @property
    def leaders(self):
        return [self.leader_elected, self.leader_official]

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

    class Meta:
        ordering = ["order"]
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        constraints = [
            models.UniqueConstraint(fields=["group_work", "order"], name="rounds_have_an_order"),
            models.UniqueConstraint(
                fields=["group_work"], condition=models.Q(state="open"), name="one_round_at_a_time"
            ),
        ]

    def __str__(self):
        return self.get_side_display() if self.side else str(_("both sides"))

    @property
    def closes_at(self):
        """When its minutes are up. It is the leaders who close it, not the clock."""
        return self.opened_at and self.opened_at + timedelta(minutes=self.minutes)


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


class Table(models.Model):
    """A table in the room, with people of both sides around it."""

    forum = models.ForeignKey("forums.Forum", models.CASCADE, related_name="tables")
    number = models.PositiveSmallIntegerField(_("number"))

    class Meta:
        ordering = ["number"]
        verbose_name = _("table")
        verbose_name_plural = _("tables")
        constraints = [
            models.UniqueConstraint(fields=["forum", "number"], name="a_forums_tables_are_numbered")
        ]

    def __str__(self):
        return f"{_('Table')} {self.number}"
