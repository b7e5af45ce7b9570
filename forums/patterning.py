"""Patterning: what a new forum is made after, a kind of forum or an earlier forum."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.addressing import address_for
from accounts.models import Assignment, Side, Unit
from accounts.recording import record
from forums.apportioning import set_quotas
from forums.furnishing import set_tables
from forums.grouping import group_by_units
from forums.models import Forum, ForumKind, GroupWork
from forums.planning import CannotPlan, StalePlan, plan_forum, plan_group_work, set_programme
from forums.reminding import set_reminders
from forums.rescheduling import on_the_clock

# What a kind and an earlier forum have in common, and a new forum's form begins with.
FACTS = (
    *("title", "description", "place", "seats", "audience", "restricted"),
    *("allows_deputies", "asks_diet", "asks_access"),
)
# What only an earlier forum has. Time, link and theme are new each time.
FACTS_OF_FORUM = ("kind", "unit", "organiser")


class NameTaken(CannotPlan):
    message, field = _("There is a kind with this name already."), "name"


def facts_of(pattern):
    """{field: value} with which the form for a forum like `pattern`, a ForumKind or Forum, begins."""
    if isinstance(pattern, ForumKind):
        return {name: getattr(pattern, name) for name in FACTS} | {"kind": pattern}
    facts = {name: getattr(pattern, name) for name in (*FACTS, *FACTS_OF_FORUM)}
    return facts | {"follows": pattern if pattern.is_announced else None}


@transaction.atomic
def plan_after(pattern, *, by, **facts):
    """Plan a forum with `facts`, and give it what `pattern` has beside them; return it.

    From a kind comes its programme; from a forum its programme without speakers, group work, tables,
    quotas and reminders. Items that would lie outside the new forum are left out.

    Raises:
        what `planning.plan_forum` raises.
    """
    forum = plan_forum(**facts, by=by)
    if forum.revisions:
        return forum  # the form was sent twice
    items = _items_of(pattern, forum)
    if items:
        set_programme(forum, items=items, by=by)
    if isinstance(pattern, Forum):
        _plan_the_rest(forum, pattern, by)
    forum.refresh_from_db()
    return forum


@transaction.atomic
def shape_kind(kind, *, items, by, revision=None, **fields):
    """Change a kind, or make one where `kind` is None; return it. Forums that are planned stay as they are.

    Args:
        items: dicts with the fields of KindItem, instead of those it has.
        revision: how many times the kind had been saved when the form was opened; None for whoever saw no
            form.

    Raises:
        StalePlan, NameTaken.
    """
    if kind:
        kind = ForumKind.objects.select_for_update(of=("self",)).get(pk=kind.pk)
        if revision is not None and revision != kind.revision:
            raise StalePlan
    if ForumKind.objects.filter(name__iexact=fields["name"]).exclude(pk=kind and kind.pk).exists():
        raise NameTaken
    taken = ForumKind.objects.values_list("key", flat=True)
    kind = kind or ForumKind(key=address_for(fields["name"], taken=taken))
    for name, value in fields.items():
        setattr(kind, name, value)
    kind.revision += 1
    kind.save()
    kind.items.all().delete()
    for item in items:
        kind.items.create(**item)
    record("forum_kind.shaped", about=kind, by=by, items=len(items))
    return kind


def _items_of(pattern, forum):
    """What `set_programme` takes: the items of `pattern`, moved to the time of `forum`."""
    if isinstance(pattern, ForumKind):
        first = min((item.starts for item in pattern.items.all()), default=None)
        starts = first and datetime.combine(date.min, first)
        items = [
            (item, datetime.combine(date.min, item.starts), datetime.combine(date.min, item.ends))
            for item in pattern.items.all()
        ]
    else:
        starts = on_the_clock(pattern.starts_at)
        items = [
            (item, on_the_clock(item.starts_at), on_the_clock(item.ends_at))
            for item in pattern.programme.all()
        ]
    begins = on_the_clock(forum.starts_at)

    def moved(moment):
        return timezone.make_aware(begins + (moment - starts))

    wanted = [
        {
            "kind": item.kind,
            "title": item.title,
            "text": item.text,
            "starts_at": moved(from_),
            "ends_at": moved(to),
        }
        for item, from_, to in items
    ]
    return [
        item for item in wanted if forum.starts_at <= item["starts_at"] < item["ends_at"] <= forum.ends_at
    ]


def _plan_the_rest(forum, earlier, by):
    quotas = [(quota.side, quota.unit, quota.seats) for quota in earlier.quotas.select_related("unit")]
    kept = sum(seats for _side, _unit, seats in quotas)
    if quotas and (forum.seats is None or kept <= forum.seats):
        set_quotas(forum, quotas=quotas, by=by)
    reminders = list(earlier.reminders.values_list("to", "days_before", "time"))
    if reminders:
        set_reminders(forum, reminders=reminders, by=by)
    work = GroupWork.objects.filter(forum=earlier).first()
    tables = earlier.tables.filter(unit=None)
    if number := tables.count():
        online = tables.online().values_list("number", flat=True)
        set_tables(forum, count=number, online=list(online), by=by)
    if work and _still_lead(work):
        plan_group_work(
            forum,
            leader_official=work.leader_official,
            leader_elected=work.leader_elected,
            anonymous=work.anonymous,
            dots_on=work.dots_on,
            wall_for_all=work.wall_for_all,
            questions=list(work.questions.values_list("kind", "text")),
            rounds=list(work.rounds.values_list("side", "minutes")),
            by=by,
        )
        if work.has_unit_groups:
            group_by_units(
                forum, units=list(Unit.objects.filter(pk__in=earlier.tables.values("unit"))), by=by
            )


def _still_lead(work):
    """Whether both leaders hold a post on their side today."""
    current = Assignment.objects.current()
    official = current.filter(person=work.leader_official, side=Side.OFFICIAL)
    return official.exists() and current.filter(person=work.leader_elected, side=Side.ELECTED).exists()
