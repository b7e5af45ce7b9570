"""Readers who do not exist, to see a text as they would: "som chef i Socialförvaltningen"."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import AudienceRule, Group, Person, Reach, Unit
from news.linking import dead_links
from news.outlining import Link


class Capacity(models.TextChoices):
    """As what somebody reads; every audience is made of these in some unit."""

    EMPLOYEE = "anstalld", _("an employee")
    MANAGER = "chef", _("a manager")
    ELECTED = "fortroendevald", _("an elected member")


# The groups of audiences to which somebody of each capacity belongs.
GROUPS = {
    Capacity.EMPLOYEE: {Group.EVERYONE, Group.OFFICIALS},
    Capacity.MANAGER: {Group.EVERYONE, Group.OFFICIALS, Group.MANAGERS},
    Capacity.ELECTED: {Group.EVERYONE, Group.ELECTED},
}


@dataclass(frozen=True)
class Seen:
    """What a reader meets of a text: whether it is there for them at all, whether it is aimed at them,
    and the Links in it that lead them nowhere."""

    may_read: bool
    is_aimed: bool
    dead_links: list[Link]


def reader_like(capacity, unit):
    """Return a Person, in no table, who reads as somebody of this capacity in `unit` does."""
    units = frozenset(Unit.objects.around(unit.pk).values_list("pk", flat=True))
    rules = AudienceRule.objects.filter(unit__in=units, group__in=GROUPS[capacity])
    is_elected = capacity == Capacity.ELECTED
    reader = Person(pk=0)
    reader.reach = Reach(
        officials=frozenset() if is_elected else units,
        elected=units if is_elected else frozenset(),
        managers=units if capacity == Capacity.MANAGER else frozenset(),
        audiences=frozenset(rules.values_list("audience_id", flat=True)),
    )
    return reader


def seen_by(version, reader):
    """Return what `reader` would meet, were the version live now."""
    article = version.article
    is_aimed = article.audience_id in reader.reach.audiences
    may_read = is_aimed or not article.restricted
    return Seen(may_read, is_aimed, dead_links(version.body, user=reader) if may_read else [])
