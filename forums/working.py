"""Running the work in the room: opening and closing, and freezing what came of it.

Everybody who writes holds a lock on their own table's row (`noting.write_note`), and whoever closes
takes all of them first: a note is either in before the door shuts, or turned away.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.recording import record
from accounts.refusals import Refusal
from forums.counting import figures_of
from forums.models import GroupWork, Result, Round, Table


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
    if not (work.questions.exists() and work.rounds.exists() and work.forum.tables.exists()):
        raise NotNow(_("The group work needs a question, a round and a table before it can start."))
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
    if work.state != GroupWork.State.OPEN:
        raise NotNow(_("Start the group work before you open a round."))
    if round.state == Round.State.CLOSED:
        raise NotNow(_("That round is over."))
    if work.rounds.filter(state=Round.State.OPEN).exists():
        raise NotNow(_("Another round is open. Close it first."))
    if work.rounds.filter(state=Round.State.PLANNED, order__lt=round.order).exists():
        raise NotNow(_("An earlier round comes first."))
    round.state, round.opened_at = Round.State.OPEN, timezone.now()
    round.save(update_fields=["state", "opened_at"])
    record("round.opened", about=work, by=by, round=round.order)
    return round


@transaction.atomic
def close_round(round, *, by):
    """Stop the writing of a round. Nothing happens where it isn't open."""
    work = _locked(round.group_work)
    round = work.rounds.get(pk=round.pk)
    if round.state == Round.State.OPEN:
        _wait_for_writers(work)
        round.state = Round.State.CLOSED
        round.save(update_fields=["state"])
        record("round.closed", about=work, by=by, round=round.order)
    return round


@transaction.atomic
def close_group_work(group_work, *, by):
    """Close the group work for good and return its Result, counted in this same transaction.

    A second call returns the result that is there.

    Raises:
        NotNow: it was never opened.
    """
    work = _locked(group_work)
    if work.state == GroupWork.State.CLOSED:
        return work.result
    if work.state != GroupWork.State.OPEN:
        raise NotNow(_("The group work hasn't been started."))
    _wait_for_writers(work)
    work.rounds.exclude(state=Round.State.CLOSED).update(state=Round.State.CLOSED)
    work.state, work.closed_at = GroupWork.State.CLOSED, timezone.now()
    work.save(update_fields=["state", "closed_at"])
    result = Result.objects.create(group_work=work, figures=figures_of(work), frozen_by=by)
    record("group_work.closed", about=work, by=by, notes=result.figures["notes"]["total"])
    return result


def _locked(group_work):
    return GroupWork.objects.select_for_update(of=["self"]).select_related("forum").get(pk=group_work.pk)


def _wait_for_writers(work):
    list(Table.objects.select_for_update().filter(forum=work.forum_id).order_by("pk"))
