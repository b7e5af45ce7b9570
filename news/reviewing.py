"""How a text gets its yes or its no. Four eyes, always."""

from django.db import transaction
from django.utils import timezone

from accounts.recording import record
from news.asking import begin_stage, steps_to_take
from news.illustrating import lacks_alternative_text
from news.models import ReviewStep, Version
from news.overtaking import savers_since
from news.publishing import approve_version
from news.refusals import (
    AlreadyAnswered,
    EndsBeforeItBegins,
    HasAnswered,
    NoAlternativeText,
    NotEditable,
    NotInReview,
    NotInTurn,
    OwnText,
    SavedMeanwhile,
)
from news.remarking import settle_mended
from news.signing import sign_instead
from news.telling import tell_returned, tell_taken_back
from news.writing import begin_draft

Decision = ReviewStep.Decision


@transaction.atomic
def submit(version, *, by, seen=None, due_on=None, wished_from=None, wished_until=None, instead=None):
    """Send a draft to review; from now on its words never change.

    First every signatory of the article is asked, in parallel; then whom the route of its kind says.

    Args:
        seen: the `revision` that `by` has read through; None where it is not known.
        due_on: the date by which every answer is wished for. If not given, and for whoever is asked when
            it has passed: so many days as the route says, from the day on which they are asked.
        wished_from, wished_until: when its writers would have it published and until (aware datetimes,
            at once and for good if not given); whoever gives the last yes decides.
        instead: a dict from each Signatory who can sign no more to the Person who is to sign from now on;
            for one who is not in it the unit's approvers are asked.

    Raises:
        CannotSign, StillSigns: as in `signing.sign_instead`.
        EndsBeforeItBegins: `wished_until` is not after `wished_from`.
        NotEditable: it has been submitted already, or the article is in the trash.
        NoAlternativeText: a picture lacks it (WCAG 2.2, 1.1.1).
        SavedMeanwhile: somebody else has saved it since it was `seen`.
    """
    version = Version.objects.locked(version.pk)
    if not version.is_editable or version.article.trashed_at:
        raise NotEditable
    if seen is not None and seen < version.revision and set(savers_since(version, seen)) - {by}:
        raise SavedMeanwhile
    if lacks_alternative_text(version):
        raise NoAlternativeText
    if wished_from and wished_until and wished_until <= wished_from:
        raise EndsBeforeItBegins
    version.state, version.submitted_at = Version.State.SUBMITTED, timezone.now()
    version.wished_from, version.wished_until = wished_from, wished_until
    version.save(update_fields=["state", "submitted_at", "wished_from", "wished_until"])
    for signatory, person in (instead or {}).items():
        sign_instead(signatory, person, version=version, by=by)
    for step in steps_to_take(version)[0]:
        step.due_on = due_on
        step.save()
    record("version.submitted", about=version.article, by=by, version=version.number)
    settle_mended(version, by=by)
    begin_stage(version)
    return version


@transaction.atomic
def take_back(version, *, by):
    """Take a version out of review, as its writers: it stays as it was, and a new draft goes on from it.

    Returns:
        The draft. Where it was taken back before (a double click), that of then.

    Raises:
        NotInReview: it has its answer, or was never submitted.
        WriterIsSignatory: `by` is to sign the text off.
    """
    version = Version.objects.locked(version.pk)
    newest = version.article.newest_version
    if version.state == Version.State.SET_ASIDE and newest.number == version.number + 1:
        return newest
    if version.state != Version.State.SUBMITTED or version.article.trashed_at:
        raise NotInReview
    version.state = Version.State.SET_ASIDE
    version.save(update_fields=["state"])
    record("version.taken_back", about=version.article, by=by, version=version.number)
    tell_taken_back(version, by=by)
    return begin_draft(version, by=by)


@transaction.atomic
def approve(step, *, by, live_from=None, live_until=None):
    """Answer yes. The last yes approves the version.

    Args:
        live_from: when readers see it (an aware datetime; now if not given). Of the last yes only.
        live_until: when they no longer do (an aware datetime; never if not given).

    Raises:
        AlreadyAnswered, OwnText, NotInTurn, HasAnswered, NotEditable: nothing was changed.
        EndsBeforeItBegins: `live_until` is not after `live_from`.
    """
    version = _answer(step, Decision.APPROVED, by=by)
    record("version.signed_off", about=version.article, by=by, version=version.number, step=step.pk)
    if not version.steps.pending().exists():
        approve_version(version, by=by, live_from=live_from, live_until=live_until)
    else:
        begin_stage(version)
    return ReviewStep.objects.get(pk=step.pk)


@transaction.atomic
def return_version(step, *, by, reason):
    """Answer no, with a reason that the writers get. What comes next is a new draft.

    Raises:
        AlreadyAnswered, OwnText, NotInTurn, HasAnswered, NotEditable: nothing was changed.
    """
    version = _answer(step, Decision.RETURNED, by=by, reason=reason.strip())
    version.state = Version.State.RETURNED
    version.save(update_fields=["state"])
    record("version.returned", about=version.article, by=by, version=version.number, step=step.pk)
    step = ReviewStep.objects.select_related("decided_by").get(pk=step.pk)
    tell_returned(version, step=step)
    return step


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
    if version.steps.filter(stage=step.stage, decided_by=by).exists():
        raise HasAnswered
    answered = ReviewStep.objects.pending().filter(pk=step.pk)
    if not answered.update(decision=decision, decided_by=by, decided_at=timezone.now(), reason=reason):
        raise AlreadyAnswered(step=ReviewStep.objects.select_related("decided_by").get(pk=step.pk))
    return version
