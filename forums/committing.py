"""Commitments: what somebody promises at a forum, and how it goes, told in a dialogue."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person
from accounts.notifying import notify
from accounts.recording import record
from accounts.refusals import Refusal
from forums.models import Commitment, CommitmentUpdate, Forum


class CommitmentRefused(Refusal):
    """It was not saved. `field` names the field to mend."""


class CommitmentsUnanswered(Refusal):
    """The summary of a forum waits for word about what was promised at the forum before."""

    message = gettext_lazy("What was promised at the forum before has no answer yet:")

    def __init__(self, commitments):
        super().__init__()
        self.commitments = commitments

    def __str__(self):
        words = _("“%(text)s” (%(name)s)")
        waiting = [words % {"text": one.text, "name": one.owner.full_name} for one in self.commitments]
        return f"{self.message} {'; '.join(waiting)}"


@transaction.atomic
def commit(forum, *, owner, unit, text, due_on, by, notes=(), topics=()):
    """Write down what `owner` promises on behalf of `unit`, tell the owner, and return it.

    The same promise by the same person at the same forum is written once.

    Args:
        due_on: the day it is to be done, not before the forum itself.
        notes: the notes that it answers.
        topics: what it is about.

    Raises:
        CommitmentRefused: the day has passed before the forum began.
    """
    _must_be_after(forum, due_on)
    commitment, is_new = Commitment.objects.get_or_create(
        forum=forum, owner=owner, text=text.strip(), defaults={"unit": unit, "due_on": due_on}
    )
    if is_new:
        commitment.notes.set(notes)
        commitment.topics.set(topics)
        record("commitment.made", about=commitment, by=by, owner=owner.pk)
        _tell_owner(commitment, by=by)
    return commitment


@transaction.atomic
def amend(commitment, *, owner, unit, text, due_on, by, notes=None):
    """Change what was written down, or hand it over to another owner, who is told. Saving what is so already
    changes nothing.

    Args:
        notes: the ids of the notes that it answers; None leaves them.

    Raises:
        CommitmentRefused: the day is before the forum, or that owner has promised the same already.
    """
    commitment = Commitment.objects.select_for_update(of=["self"]).get(pk=commitment.pk)
    wanted = {"owner": owner, "unit": unit, "text": text.strip(), "due_on": due_on}
    changed = [name for name, value in wanted.items() if getattr(commitment, name) != value]
    if notes is not None and set(notes) != set(commitment.notes.values_list("pk", flat=True)):
        changed.append("notes")
    if not changed:
        return commitment
    _must_be_after(commitment.forum, due_on)
    same = Commitment.objects.filter(forum=commitment.forum_id, owner=owner, text=wanted["text"])
    if same.exclude(pk=commitment.pk).exists():
        raise CommitmentRefused(_("That person has this commitment already."), "text")
    for name, value in wanted.items():
        setattr(commitment, name, value)
    commitment.save(update_fields=wanted.keys())
    if "notes" in changed:
        commitment.notes.set(notes)
    record("commitment.amended", about=commitment, by=by, changed=changed, owner=owner.pk)
    if "owner" in changed:
        _tell_owner(commitment, by=by)
    return commitment


@transaction.atomic
def update(commitment, *, text, state, by):
    """Tell how a commitment goes, as its owner: a word and the state it is in now. Those who have asked about
    it are told. Returns the update.

    The same word and state sent twice in a row is one update.

    Raises:
        CommitmentRefused: not a word was written.
    """
    told, is_new = _say(commitment, text=text, state=state, by=by)
    if is_new:
        commitment = told.commitment
        commitment.state = state
        commitment.save(update_fields=["state"])
        record("commitment.updated", about=commitment, by=by, state=str(state))
        asked = Person.objects.in_service().filter(pk__in=commitment.updates.filter(state="").values("by"))
        _tell(
            asked.exclude(pk=by.pk),
            told,
            lambda: _("%(name)s answers about “%(text)s”") % {"name": by, "text": commitment.text},
        )
    return told


@transaction.atomic
def ask(commitment, *, text, by):
    """Ask, or say something, about a commitment. Its state stays, and its owner is told. Returns the word.

    Raises:
        CommitmentRefused: not a word was written.
    """
    told, is_new = _say(commitment, text=text, state="", by=by)
    if is_new:
        commitment = told.commitment
        record("commitment.asked", about=commitment, by=by)
        owner = Person.objects.in_service().filter(pk=commitment.owner_id).exclude(pk=by.pk)
        _tell(
            owner, told, lambda: _("%(name)s writes about “%(text)s”") % {"name": by, "text": commitment.text}
        )
    return told


def must_be_answered(version):
    """Let the summary of a forum come out only when all that was promised before it has an answer.

    Raises:
        CommitmentsUnanswered.
    """
    forum = Forum.objects.filter(summary=version.article_id).select_related("follows").first()
    waiting = list(Commitment.objects.unanswered_at(forum)) if forum else []
    if waiting:
        raise CommitmentsUnanswered(waiting)


def _say(commitment, *, text, state, by):
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise CommitmentRefused(_("Write a few words about how it goes."), "text")
    commitment = Commitment.objects.select_for_update(of=["self"]).get(pk=commitment.pk)
    latest = commitment.updates.first()
    if latest and (latest.text, latest.state, latest.by_id) == (text, state, by.pk):
        return latest, False
    return CommitmentUpdate.objects.create(commitment=commitment, by=by, text=text, state=state), True


def _must_be_after(forum, due_on):
    if due_on < timezone.localdate(forum.starts_at):
        raise CommitmentRefused(_("A commitment is due after the forum, not before it."), "due_on")


def _tell_owner(commitment, *, by):
    owner = commitment.owner
    notify(
        [owner] if owner != by else [],
        key=f"commitment:{commitment.pk}:made",
        text=lambda: _("You have a commitment from %(forum)s") % {"forum": commitment.forum.title},
        url=reverse("forums:commitment", args=[commitment.pk]),
    )


def _tell(people, told, text):
    url = f"{reverse('forums:commitment', args=[told.commitment_id])}#ord-{told.pk}"
    notify(people, key=f"commitment:{told.commitment_id}:word:{told.pk}", text=text, url=url)
