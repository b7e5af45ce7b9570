"""How a text gets its yes or its no. Four eyes, always."""

from django.db import transaction
from django.utils import timezone

from accounts.models import Person, Role
from accounts.recording import record
from news.models import ReviewStep, Version
from news.publishing import approve_version
from news.refusals import AlreadyAnswered, NotEditable, NotInTurn, OwnText
from news.telling import ask_for_review, tell_returned

Decision = ReviewStep.Decision


@transaction.atomic
def submit(version, *, by, due_on=None):
    """Send a draft to review; from now on its words never change.

    First every signatory of the article is asked, in parallel; then an approver of its unit.

    Args:
        due_on: the date by which an answer is wished for.

    Raises:
        NotEditable: it has been submitted already, or the article is in the trash.
    """
    version = Version.objects.locked(version.pk)
    if not version.is_editable or version.article.trashed_at:
        raise NotEditable
    version.state, version.submitted_at = Version.State.SUBMITTED, timezone.now()
    version.save(update_fields=["state", "submitted_at"])
    for person in version.article.signatories.all():
        version.steps.create(stage=1, reviewer=person, due_on=due_on)
    version.steps.create(stage=2, role=Role.APPROVER, due_on=due_on)
    record("version.submitted", about=version.article, by=by, version=version.number)
    ask_for_review(version)
    return version


@transaction.atomic
def approve(step, *, by, live_from=None, live_until=None):
    """Answer yes. The last yes approves the version.

    Args:
        live_from: when readers see it (an aware datetime; now if not given). Of the last yes only.
        live_until: when they no longer do (an aware datetime; never if not given).

    Raises:
        AlreadyAnswered, OwnText, NotInTurn, NotEditable: nothing was changed.
        EndsBeforeItBegins: `live_until` is not after `live_from`.
    """
    version = _answer(step, Decision.APPROVED, by=by)
    record("version.signed_off", about=version.article, by=by, version=version.number, step=step.pk)
    if not version.steps.pending().exists():
        approve_version(version, by=by, live_from=live_from, live_until=live_until)
    elif not version.steps.pending().filter(stage=step.stage).exists():
        ask_for_review(version)
    return ReviewStep.objects.get(pk=step.pk)


@transaction.atomic
def return_version(step, *, by, reason):
    """Answer no, with a reason that the writers get. What comes next is a new draft.

    Raises:
        AlreadyAnswered, OwnText, NotInTurn, NotEditable: nothing was changed.
    """
    version = _answer(step, Decision.RETURNED, by=by, reason=reason.strip())
    version.state = Version.State.RETURNED
    version.save(update_fields=["state"])
    record("version.returned", about=version.article, by=by, version=version.number, step=step.pk)
    step = ReviewStep.objects.select_related("decided_by").get(pk=step.pk)
    tell_returned(version, step=step)
    return step


def approvers_of(version):
    """The people who could give a version its last yes today."""
    return Person.objects.holding(Role.APPROVER, version.article.unit_id).exclude(
        versions_with_own_words=version
    )


def _answer(step, decision, *, by, reason=""):
    """Write the answer where none stands yet, and return the version with its row held."""
    version = Version.objects.locked(step.version_id)
    step = ReviewStep.objects.select_related("decided_by").get(pk=step.pk)
    if step.decision != Decision.PENDING or version.state != Version.State.SUBMITTED:
        raise AlreadyAnswered(step=step)
    if version.article.trashed_at:
        raise NotEditable
    if version.writers.filter(pk=by.pk).exists():
        raise OwnText
    if version.steps.pending().filter(stage__lt=step.stage).exists():
        raise NotInTurn
    answered = ReviewStep.objects.pending().filter(pk=step.pk)
    if not answered.update(decision=decision, decided_by=by, decided_at=timezone.now(), reason=reason):
        raise AlreadyAnswered(step=ReviewStep.objects.select_related("decided_by").get(pk=step.pk))
    return version
