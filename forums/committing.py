"""Commitments: what somebody promises at a forum, and how it goes."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.notifying import notify
from accounts.recording import record
from accounts.refusals import Refusal
from forums.models import Commitment, CommitmentUpdate


class CommitmentRefused(Refusal):
    """It was not saved. `field` names the field to mend."""


@transaction.atomic
def commit(forum, *, owner, unit, text, due_on, by, notes=()):
    """Write down what `owner` promises on behalf of `unit`, tell the owner, and return it.

    The same promise by the same person at the same forum is written once.

    Args:
        due_on: the day it is to be done, not before the forum itself.
        notes: the notes that it answers.

    Raises:
        CommitmentRefused: the day has passed before the forum began.
    """
    if due_on < timezone.localdate(forum.starts_at):
        raise CommitmentRefused(_("A commitment is due after the forum, not before it."), "due_on")
    commitment, is_new = Commitment.objects.get_or_create(
        forum=forum, owner=owner, text=text.strip(), defaults={"unit": unit, "due_on": due_on}
    )
    if is_new:
        commitment.notes.set(notes)
        record("commitment.made", about=commitment, by=by, owner=owner.pk)
        notify(
            [owner] if owner != by else [],
            key=f"commitment:{commitment.pk}:made",
            text=lambda: _("You have a commitment from %(forum)s") % {"forum": forum.title},
            url=reverse("forums:commitment", args=[commitment.pk]),
        )
    return commitment


@transaction.atomic
def update(commitment, *, text, state, by):
    """Tell how a commitment goes: a word and the state it is in now. Returns the update.

    The same word and state sent twice in a row is one update.

    Raises:
        CommitmentRefused: not a word was written.
    """
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise CommitmentRefused(_("Write a few words about how it goes."), "text")
    commitment = Commitment.objects.select_for_update(of=["self"]).get(pk=commitment.pk)
    latest = commitment.updates.first()
    if latest and (latest.text, latest.state, latest.by_id) == (text, state, by.pk):
        return latest
    commitment.state = state
    commitment.save(update_fields=["state"])
    told = CommitmentUpdate.objects.create(commitment=commitment, by=by, text=text, state=state)
    record("commitment.updated", about=commitment, by=by, state=str(state))
    return told
