"""Planning: what an organiser decides about a forum before and after it is announced."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.addressing import create_at_address
from accounts.models import Assignment, Audience, Side
from accounts.recording import record
from accounts.refusals import Refusal
from accounts.targeting import compose_audience
from forums.catering import erase_what_is_not_asked
from forums.circulating import circulate
from forums.models import Circular, Forum, GroupWork, ProgrammeItem, Registration
from forums.queueing import fit_offers, hold, set_seats, settle
from forums.rescheduling import move_programme
from forums.withdrawing import withdraw_invitations

# A change of any of these is told to everybody, and of the join link alone to the registered.
TOLD_FIELDS = ("starts_at", "ends_at", "place")
# And of any of these it is a newer entry in people's calendars.
CALENDAR_FIELDS = (*TOLD_FIELDS, "join_url", "title", "theme")


# The addresses of the form that plans a new forum, and of the concepts.
RESERVED = {"nytt", "begrepp", "slag", "material", "trender", "ordlista"}


class CannotPlan(Refusal):
    """The plan is not possible. `field` names the form field that the message belongs beside."""


class StalePlan(CannotPlan):
    message = _("A colleague has saved this page since you opened it. Nothing has been overwritten.")


class PlaceNeeded(CannotPlan):
    message, field = _("People are registered in the room, so the forum needs a place."), "place"


class LinkNeeded(CannotPlan):
    message, field = _("People are registered online, so the forum needs its link."), "join_url"


class SeatsTaken(CannotPlan):
    message, field = _("More seats than that are already taken or offered."), "seats"


class SeatsKept(CannotPlan):
    message, field = _("More seats than that are taken, offered or kept by the quotas."), "seats"


class TimesOutOfOrder(CannotPlan):
    message, field = _("A forum ends after it starts, and answers close before it ends."), "ends_at"


class AlreadyOver(CannotPlan):
    message, field = _("Then the forum would be over already. Call it off if it will not be held."), "ends_at"


class AlreadyBegun(CannotPlan):
    message, field = _("Then the forum would have begun already. Choose a time to come."), "starts_at"


class OutsideForum(CannotPlan):
    message, field = _("The programme item is outside the time of the forum."), "starts_at"


class NotAnOfficial(CannotPlan):
    message, field = _("This leader has to be an official today."), "leader_official"


class NotElected(CannotPlan):
    message, field = _("This leader has to be an elected member today."), "leader_elected"


class OneLeader(CannotPlan):
    message, field = _("The group work has two leaders: choose two people."), "leader_elected"


class GroupWorkBegun(CannotPlan):
    message = _("The group work has begun and can no longer be planned.")


@transaction.atomic
def plan_forum(
    *,
    kind,
    title,
    theme,
    starts_at,
    ends_at,
    registration_closes_at,
    audience,
    unit,
    organiser,
    by,
    place="",
    join_url="",
    seats=None,
    description="",
    restricted=False,
    follows=None,
    allows_deputies=False,
    asks_diet=False,
    asks_access=False,
    form_key=None,
):
    """Make the draft of a forum, which only the organisers of `unit` see, and return it.

    Args:
        audience: an Audience, or the rules to put one together of (`targeting.compose_audience`).
        form_key: of the form that it is made with; a forum made with the same is returned as it is.

    Raises:
        TimesOutOfOrder.
    """
    _must_be_in_order(starts_at, ends_at, registration_closes_at)
    forum, is_new = create_at_address(
        Forum.objects,
        title,
        once={"form_key": form_key},
        reserved=RESERVED,
        kind=kind,
        title=title,
        theme=theme,
        starts_at=starts_at,
        ends_at=ends_at,
        registration_closes_at=registration_closes_at,
        audience=_audience_of(audience, by),
        unit=unit,
        organiser=organiser,
        place=place,
        join_url=join_url,
        seats=seats,
        description=description,
        restricted=restricted,
        follows=follows,
        allows_deputies=allows_deputies,
        asks_diet=asks_diet,
        asks_access=asks_access,
    )
    if is_new:
        record("forum.planned", about=forum, by=by)
    return forum


@transaction.atomic
def change_forum(forum, *, by, revision=None, **fields):
    """Change fields of a forum and return it afresh.

    Where an announced forum's time or place changes, SEQUENCE rises and those who have not said
    no are told, with a new calendar entry; of a new join link alone, the registered; of a nearer last day to
    answer, those who have not. The programme is moved along (`rescheduling`). Whoever another audience does
    not mean any more loses the invitation (`withdrawing`). New seats go to the waiting list. What is not
    asked any more is erased.

    Args:
        fields: as `plan_forum` takes them.
        revision: how many times the facts had been saved when the form was opened; None for whoever
            saw no form. So for every verb below.

    Raises:
        StalePlan, SeatsTaken, SeatsKept, TimesOutOfOrder, AlreadyOver, AlreadyBegun, PlaceNeeded, LinkNeeded.
    """
    forum = hold(forum)
    was_followed = forum.is_announced and not forum.is_past
    began, ended, closed = forum.starts_at, forum.ends_at, forum.registration_closes_at
    was_to_come = was_followed and not forum.has_started
    if "audience" in fields:
        fields["audience"] = _audience_of(fields["audience"], by)
    changed = [name for name, value in fields.items() if getattr(forum, name) != value]
    if not changed:
        return forum
    count_save(forum, "facts", revision)
    if "seats" in changed and not set_seats(forum, seats=fields["seats"]):
        raise SeatsKept if forum.has_quotas else SeatsTaken
    for name in changed:
        setattr(forum, name, fields[name])
    _must_be_in_order(forum.starts_at, forum.ends_at, forum.registration_closes_at)
    _must_keep_ways(forum)
    if was_followed and forum.is_past:  # what is over loses what people need, and asks how it was
        raise AlreadyOver
    if was_to_come and forum.has_started:
        raise AlreadyBegun
    is_followed = forum.is_announced and not forum.is_past
    if is_followed and any(name in CALENDAR_FIELDS for name in changed):
        forum.calendar_sequence += 1
    forum.save(update_fields=[*changed, "calendar_sequence"])
    record("forum.changed", about=forum, by=by, fields=changed)
    if move_programme(forum, began=began, ended=ended):
        count_save(forum, "programme", None)
    if is_followed:
        _tell_of_change(forum, changed, is_nearer=forum.registration_closes_at < closed)
    if is_followed and "audience" in changed:
        withdraw_invitations(forum, by=by)
    if {"asks_diet", "asks_access"} & set(changed):
        erase_what_is_not_asked(forum)
    fit_offers(forum)
    settle(forum)
    return forum


@transaction.atomic
def add_item(forum, *, kind, starts_at, ends_at, title, by, text="", speakers=(), guests=""):
    """Add one item to the programme and return it.

    Raises:
        TimesOutOfOrder, OutsideForum.
    """
    forum = hold(forum)
    count_save(forum, "programme", None)
    item = ProgrammeItem(forum=forum)
    _write_item(item, kind=kind, starts_at=starts_at, ends_at=ends_at, title=title, text=text, guests=guests)
    item.speakers.set(speakers)
    record("programme.item_added", about=forum, by=by, title=title)
    return item


@transaction.atomic
def set_programme(forum, *, items, by, removed=(), revision=None):
    """Add, change and remove programme items, all at once.

    Args:
        items: dicts with the arguments of `add_item`, and `item` where one is changed.
        removed: items to remove. Those that are named nowhere stay as they are.

    Raises:
        StalePlan, TimesOutOfOrder, OutsideForum.
    """
    forum = hold(forum)
    count_save(forum, "programme", revision)
    forum.programme.filter(pk__in=[item.pk for item in removed]).delete()
    for wanted in items:
        fields = dict(wanted)
        item = fields.pop("item", None) or ProgrammeItem(forum=forum)
        speakers = fields.pop("speakers", ())
        _write_item(item, **fields)
        item.speakers.set(speakers)
    record("programme.changed", about=forum, by=by, items=len(items))


@transaction.atomic
def plan_group_work(
    forum,
    *,
    leader_official,
    leader_elected,
    anonymous,
    by,
    dots_on=GroupWork.Scope.ROOM,
    wall_for_all=False,
    questions=(),
    rounds=(),
    revision=None,
):
    """Plan the forum's group work anew and return it.

    Args:
        dots_on: of GroupWork.Scope.
        wall_for_all: whether whoever may find the forum may watch the wall.
        questions: pairs of (Question.Kind, text), in their order.
        rounds: pairs of (Side, or "" for both, minutes), in their order.

    Raises:
        OneLeader, NotAnOfficial, NotElected: by the leaders' assignments of today.
        StalePlan, GroupWorkBegun.
    """
    forum = hold(forum)
    count_save(forum, "group_work", revision)
    if leader_official == leader_elected:
        raise OneLeader
    if not _speaks_for(leader_official, Side.OFFICIAL):
        raise NotAnOfficial
    if not _speaks_for(leader_elected, Side.ELECTED):
        raise NotElected
    group_work = GroupWork.objects.select_for_update(of=("self",)).filter(forum=forum).first()
    group_work = group_work or GroupWork(forum=forum)
    if group_work.state != GroupWork.State.PLANNED:
        raise GroupWorkBegun
    group_work.leader_official, group_work.leader_elected = leader_official, leader_elected
    group_work.anonymous, group_work.dots_on = anonymous, dots_on
    group_work.wall_for_all = wall_for_all
    group_work.save()
    group_work.questions.all().delete()
    for order, (kind, text) in enumerate(questions, start=1):
        group_work.questions.create(order=order, kind=kind, text=text)
    group_work.rounds.all().delete()
    for order, (side, minutes) in enumerate(rounds, start=1):
        group_work.rounds.create(order=order, side=side or "", minutes=minutes)
    record("group_work.planned", about=forum, by=by, questions=len(questions), rounds=len(rounds))
    return group_work


def count_save(forum, part, revision):
    """Count one more save of a part of the plan of a forum that is held.

    Raises:
        StalePlan: it has been saved since `revision`.
    """
    if revision is not None and revision != forum.revision_of(part):
        raise StalePlan
    forum.revisions[part] = forum.revision_of(part) + 1
    forum.save(update_fields=["revisions"])


def _audience_of(said, by):
    return said if isinstance(said, Audience) else compose_audience(said, by=by)


def _tell_of_change(forum, changed, *, is_nearer):
    """`is_nearer`: whether the last day to answer is; the mail of a change of time or place names it too."""
    if any(name in TOLD_FIELDS for name in changed):
        circulate(Circular.Event.CHANGE, forum)
        return
    if "join_url" in changed:
        circulate(Circular.Event.LINK, forum)
    if is_nearer and forum.is_open_for_answers:
        circulate(Circular.Event.UNANSWERED, forum)


def _write_item(item, **fields):
    for name, value in fields.items():
        setattr(item, name, value)
    if item.ends_at <= item.starts_at:
        raise TimesOutOfOrder
    if item.is_outside:
        raise OutsideForum
    item.save()


def _must_be_in_order(starts_at, ends_at, registration_closes_at):
    if ends_at <= starts_at or registration_closes_at > ends_at:
        raise TimesOutOfOrder


def _must_keep_ways(forum):
    """A way of taking part that somebody has chosen stays open."""
    live = forum.registrations.live()
    if not forum.is_on_site and live.filter(mode=Registration.Mode.ON_SITE).exists():
        raise PlaceNeeded
    if not forum.is_online and live.filter(mode=Registration.Mode.ONLINE).exists():
        raise LinkNeeded


def _speaks_for(person, side):
    return Assignment.objects.current().filter(person=person, side=side).exists()
