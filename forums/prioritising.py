"""Prioritising: after the writing, each person puts three dots on the notes.

Whose dots they are is kept nowhere. The browser has a secret key; beside the dots stands one name made
of it, beside the registration another, and neither leads to the other (decisions/0172).
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.recording import record
from accounts.refusals import Refusal
from forums.forgetting import forget_order_of_dots
from forums.models import Dot, GroupWork, Note, Registration, Round, ballot_of, claim_of
from forums.working import NotNow, wait_for_writers


class DotRefused(Refusal):
    """The dot wasn't put or taken away."""


@transaction.atomic
def open_dots(group_work, *, by):
    """Let everybody put their dots. Nothing happens where they do already.

    Raises:
        NotNow: the group work isn't open, a round is, nothing is written, or it has been done.
    """
    work = _locked(group_work)
    if work.is_prioritising:
        return work
    if work.state != GroupWork.State.OPEN:
        raise NotNow(_("The group work isn't open."))
    if work.has_prioritised:
        raise NotNow(_("The dots have been counted already."))
    if work.rounds.filter(state=Round.State.OPEN).exists():
        raise NotNow(_("Close the round before the dots are put."))
    wait_for_writers(work)  # from now on the notes stay as they are
    if not Note.objects.shown().of_group_work(work).exists():
        raise NotNow(_("There are no notes to put dots on."))
    work.dots_opened_at = timezone.now()
    work.save(update_fields=["dots_opened_at"])
    record("dots.opened", about=work, by=by)
    return work


@transaction.atomic
def close_dots(group_work, *, by):
    """Take no more dots, and let their counts be seen. Nothing happens where that is so."""
    work = _locked(group_work)
    if work.is_prioritising:
        work.dots_closed_at = timezone.now()
        work.save(update_fields=["dots_closed_at"])
        forget_order_of_dots(work)
        record("dots.closed", about=work, by=by, dots=work.dots.on_shown_notes().count())
    return work


def put_dot(note, *, key, by):
    """Put one of the three dots of `by` on a note. Nothing happens where there is one.

    Args:
        key: the secret of the browser, in bytes. The first that a person uses is the only one they can use.

    Raises:
        DotRefused: not now, not that note, all three are used, or the person began in another browser.
    """
    # In a transaction of its own, so that the registration and the dots don't share even that.
    seat = _claim(note, key, by)
    with transaction.atomic():
        work = _must_be_prioritising(note)
        _must_be_within(work, note, seat)
        mine = work.dots.of_ballot(ballot_of(key))
        if not mine.filter(note=note).exists():
            work.dots.create(note=note, side=seat.side, ballot=ballot_of(key), place=_free_place(mine))


@transaction.atomic
def take_dot(note, *, key, by):
    """Take one's dot off a note again. Nothing happens where there is none.

    Raises:
        DotRefused: the dots aren't being put just now.
    """
    work = _must_be_prioritising(note)
    work.dots.of_ballot(ballot_of(key)).filter(note=note).delete()


def _claim(note, key, by):
    """The registration of `by`, bound to the browser whose key it is."""
    with transaction.atomic():
        forum = note.question.group_work.forum_id
        seats = Registration.objects.select_for_update(of=("self",), no_key=True).of(by).registered()
        seat = seats.filter(forum=forum, table__isnull=False, side__in=by.reach.sides).first()
        if seat is None:
            raise DotRefused(_("Dots are put by those who are registered and sit at a table."))
        if seat.dots_claim not in ("", claim_of(key)):
            raise DotRefused(_("You have begun to put your dots in another browser. Go on there."))
        if not seat.dots_claim:
            seat.dots_claim = claim_of(key)
            seat.save(update_fields=["dots_claim"])
    return seat


def _must_be_prioritising(note):
    """The note's group work, held: dots are put one at a time, and none while their end is decided."""
    work = GroupWork.objects.select_for_update(of=("self",), no_key=True).get(pk=note.question.group_work_id)
    if not work.is_prioritising:
        raise DotRefused(_("No dots are put just now."))
    return work


def _must_be_within(work, note, seat):
    own_group = note.table_id == seat.table_id or work.dots_on == GroupWork.Scope.ROOM
    if not own_group or not Note.objects.shown().filter(pk=note.pk).exists():
        raise DotRefused(_("That note can't get a dot."))


def _free_place(mine):
    """The first of the three places that is free. A dot whose note has been hidden since comes back."""
    mine.exclude(note__hidden_at=None).delete()
    taken = set(mine.values_list("place", flat=True))
    free = [place for place in range(1, Dot.MOST + 1) if place not in taken]
    if not free:
        raise DotRefused(_("You have put your three dots. Take one away to move it."))
    return free[0]


def _locked(group_work):
    return GroupWork.objects.select_for_update(of=("self",)).get(pk=group_work.pk)
