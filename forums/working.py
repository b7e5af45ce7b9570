"""Running the work in the room: opening and closing, and freezing what came of it.

Everybody who writes holds a lock on their own table's row (`noting.write_note`), and whoever closes
takes all of them first: a note is either in before the door shuts, or turned away.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.recording import record
from accounts.refusals import Refusal
from forums.counting import frozen_figures
from forums.forgetting import forget_order_of_dots, forget_order_of_notes
from forums.models import GroupWork, Result, Round, Table
from forums.relaying import tell_writers

# The least time that a round gets when it is opened again.
LEAST_AGAIN = timedelta(minutes=2)


class NotNow(Refusal):
    """The group work can't go there from where it stands."""


@transaction.atomic
def open_group_work(group_work, *, by):
    """Let the room begin. Nothing happens where it is open already.

    Raises:
        NotNow: it is closed, or it lacks a question, a round or a table.
    """
    work = _locked(group_work)
    if work.state == GroupWork.State.OPEN:
        return work
    if work.state == GroupWork.State.CLOSED:
        raise NotNow(_("The group work is closed and can't be opened again."))
    if work.forum.is_called_off:
        raise NotNow(_("The forum is called off."))
    if not (work.questions.exists() and work.rounds.exists() and work.forum.tables.exists()):
        raise NotNow(_("The group work needs a question, a round and a table before it can start."))
    if work.has_unit_groups and work.forum.tables.filter(unit=None).exists():
        raise NotNow(_("The groups are departments and companies. Choose them before it can start."))
    work.state, work.opened_at = GroupWork.State.OPEN, timezone.now()
    work.save(update_fields=["state", "opened_at"])
    record("group_work.opened", about=work, by=by)
    return work


@transaction.atomic
def open_round(round, *, by):
    """Let a side write. Nothing happens where it is open already.

    Raises:
        NotNow: the group work isn't open, another round is, or an earlier one is still to come.
    """
    work = _locked(round.group_work)
    round = work.rounds.get(pk=round.pk)
    if round.state == Round.State.OPEN:
        return round
    _must_have_room_for_a_round(work)
    if round.state == Round.State.CLOSED:
        raise NotNow(_("That round is over."))
    if work.rounds.filter(state=Round.State.PLANNED, order__lt=round.order).exists():
        raise NotNow(_("An earlier round comes first."))
    round.state, round.opened_at = Round.State.OPEN, timezone.now()
    round.save(update_fields=["state", "opened_at"])
    record("round.opened", about=work, by=by, round=round.order)
    return round


@transaction.atomic
def close_round(round, *, by):
    """Stop the writing of a round. Nothing happens where it isn't open.

    What a pause has given it stays with it, for whoever opens it again. When and in which order anonymous
    notes came is forgotten here already, and not only when the work is closed (decisions/0610).
    """
    work = _locked(round.group_work)
    round = work.rounds.get(pk=round.pk)
    if round.state == Round.State.OPEN:
        wait_for_writers(work)
        if work.anonymous:
            forget_order_of_notes(work, at=timezone.now())
        if round.is_paused:
            round.added += timezone.now() - round.paused_at
        round.state, round.paused_at = Round.State.CLOSED, None
        round.save(update_fields=["state", "added", "paused_at"])
        record("round.closed", about=work, by=by, round=round.order)
    return round


@transaction.atomic
def reopen_round(round, *, by):
    """Let a side write again in a round that was closed. Nothing happens where it is open already.

    It goes on to its end as it was, or for `LEAST_AGAIN` where that is longer.

    Raises:
        NotNow: it was never opened, the group work isn't open, another round is, or the dots are being put.
    """
    work = _locked(round.group_work)
    round = work.rounds.get(pk=round.pk)
    if round.state == Round.State.OPEN:
        return round
    _must_have_room_for_a_round(work)
    if round.state != Round.State.CLOSED:
        raise NotNow(_("That round hasn't been open yet."))
    round.state = Round.State.OPEN
    round.added += max(timezone.now() + LEAST_AGAIN - round.closes_at, timedelta())
    round.save(update_fields=["state", "added"])
    record("round.reopened", about=work, by=by, round=round.order)
    return round


@transaction.atomic
def pause_round(round, *, by):
    """Let the clock of an open round stand still. Nothing happens where it does, or the round isn't open.

    Notes are still taken: a pause is for the clock, and nobody's half sentence is turned away by it.
    """
    work = _locked(round.group_work)
    round = work.rounds.get(pk=round.pk)
    if round.state == Round.State.OPEN and not round.is_paused:
        round.paused_at = timezone.now()
        round.save(update_fields=["paused_at"])
        record("round.paused", about=work, by=by, round=round.order)
    return round


@transaction.atomic
def resume_round(round, *, by):
    """Let the clock of a paused round go on, with the time that was left. Nothing happens where it goes."""
    work = _locked(round.group_work)
    round = work.rounds.get(pk=round.pk)
    if round.is_paused:
        round.added += timezone.now() - round.paused_at
        round.paused_at = None
        round.save(update_fields=["added", "paused_at"])
        record("round.resumed", about=work, by=by, round=round.order)
    return round


@transaction.atomic
def extend_round(round, *, minutes, after, by):
    """Give an open round more minutes; where its time is up already, counted from now.

    Args:
        after: the `added` that whoever pressed had before them. Where more has been added since, by
            a colleague or a second click, nothing happens: two who press at once give one extension.

    Raises:
        NotNow: the round isn't open.
    """
    work = _locked(round.group_work)
    round = work.rounds.get(pk=round.pk)
    if round.state != Round.State.OPEN:
        raise NotNow(_("The round isn't open."))
    if round.added == after:
        late = max(timezone.now() - round.closes_at, timedelta())
        round.added += timedelta(minutes=minutes) + late
        round.save(update_fields=["added"])
        record("round.extended", about=work, by=by, round=round.order, minutes=minutes)
    return round


@transaction.atomic
def close_group_work(group_work, *, by):
    """Close the group work for good and return its Result, counted in this same transaction. Those who may
    write the summary are told.

    A second call returns the result that is there.

    Raises:
        NotNow: it was never opened.
    """
    work = _locked(group_work)
    if work.state == GroupWork.State.CLOSED:
        return work.result
    if work.state != GroupWork.State.OPEN:
        raise NotNow(_("The group work hasn't been started."))
    wait_for_writers(work)
    work.rounds.exclude(state=Round.State.CLOSED).update(state=Round.State.CLOSED, paused_at=None)
    work.state, work.closed_at = GroupWork.State.CLOSED, timezone.now()
    if work.is_prioritising:
        work.dots_closed_at = work.closed_at
        forget_order_of_dots(work)
    work.save(update_fields=["state", "closed_at", "dots_closed_at"])
    if work.anonymous:
        forget_order_of_notes(work, at=work.closed_at)
    result = Result.objects.create(group_work=work, figures=frozen_figures(work), frozen_by=by)
    record("group_work.closed", about=work, by=by, notes=result.figures["notes"]["total"])
    tell_writers(work, by=by)
    return result


def wait_for_writers(work):
    """Hold every table's row until the transaction ends: no note is written or mended meanwhile."""
    list(Table.objects.select_for_update().filter(forum=work.forum_id).order_by("pk"))


def _must_have_room_for_a_round(work):
    if work.state == GroupWork.State.CLOSED:
        raise NotNow(_("The group work is closed and its result is frozen, so no round can be opened."))
    if work.state != GroupWork.State.OPEN:
        raise NotNow(_("Start the group work before you open a round."))
    if work.is_prioritising:
        raise NotNow(_("The room is putting its dots. End that before you open a round."))
    if work.rounds.filter(state=Round.State.OPEN).exists():
        raise NotNow(_("Another round is open. Close it first."))


def _locked(group_work):
    return GroupWork.objects.select_for_update(of=["self"]).select_related("forum").get(pk=group_work.pk)
