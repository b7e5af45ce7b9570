"""Sending a text to review, and answering."""

from itertools import groupby
from operator import attrgetter

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.refusals import Refusal
from news import remarking, reviewing
from news.advising import advise
from news.annotating import mark_passages
from news.asking import steps_to_take
from news.comparing import compare
from news.forms.reviews import ApproveForm, PublishForm, RemarkForm, ReturnForm, SubmitForm
from news.measuring import readability_of
from news.models import Article, Remark, ReviewStep
from news.permissions import may_edit, may_remark, may_review
from news.refusals import AlreadyAnswered, SavedMeanwhile
from news.telling import people_to_ask
from news.tying import mark_figures
from news.views.reading import as_read


@require_http_methods(["GET", "POST"])
def submit(request, pk):
    """The last look before review: who will be asked, and advice on the text."""
    article = get_object_or_404(Article.objects.on_desk_of(request.user), pk=pk)
    if not may_edit(request.user, article):
        raise PermissionDenied
    version = article.newest_version
    if not version.is_editable:
        messages.info(request, _("The text has been submitted already."))
        return redirect("news:edit", pk=pk)
    steps, lost = steps_to_take(version)
    to_replace = article.signatory_set.filter(person__in=lost).select_related("person")
    sent = request.POST if request.method == "POST" else None
    form = SubmitForm(sent, version=version, by=request.user, to_replace=to_replace)
    if form.is_valid():
        if _has_submitted(request, version, form):
            return redirect("news:edit", pk=pk)
        version = article.newest_version
        steps, lost = steps_to_take(version)
        form.shows(version)
    context = {
        "article": article,
        "version": version,
        "form": form,
        "advice": advise(version, reader=request.user),
        "readability": readability_of(version.body),
        "approved": article.newest_approved,
    }
    status = 409 if form.non_field_errors() else 200
    return render(request, "news/submit.html", context | _who_is_asked(steps, lost), status=status)


def _has_submitted(request, version, form):
    """Submit, tell what came of it, and return True; False where it has to be read through once more."""
    try:
        reviewing.submit(version, by=request.user, **form.wishes)
    except SavedMeanwhile as refusal:
        form.add_error(None, str(refusal))
        return False
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The text is submitted. You will hear when it is answered."))
    return True


def _who_is_asked(steps, lost):
    """The steps to take, stage by stage; those of them that nobody could answer today; and the people who
    are not asked after all."""
    stages = [list(beside) for _stage, beside in groupby(steps, key=attrgetter("stage"))]
    unanswerable = [step for step in steps if not people_to_ask(step)]
    return {"stages": stages, "unanswerable": unanswerable, "lost": lost}


@require_http_methods(["GET", "POST"])
def review(request, pk):
    """One step of one version: the text, what has changed, and the answer."""
    step = ReviewStep.objects.on_desk_of(request.user).for_review().filter(pk=pk).first()
    if not step:
        return _taken_back(request, pk, ReturnForm)
    approve_form, return_form = _answer_forms(request, step)
    refused = None
    if request.method == "POST":
        if not may_review(request.user, step):
            raise PermissionDenied
        form = return_form if "return" in request.POST else approve_form
        if form.is_valid():
            if _answer(request, step, form):
                return redirect("news:review", pk=step.pk)
            refused = form
            step.refresh_from_db()
    forms = {"approve_form": approve_form, "return_form": return_form, "remark_form": RemarkForm()}
    context = _to_review(request, step) | forms | {"refused": refused}
    return render(request, "news/review.html", context, status=409 if refused else 200)


@require_POST
def remark(request, pk):
    """Comment on a passage of the text; what cannot be taken comes back beside its field."""
    step = ReviewStep.objects.on_desk_of(request.user).for_review().filter(pk=pk).first()
    if not step:
        return _taken_back(request, pk, RemarkForm)
    if not may_remark(request.user, step):
        raise PermissionDenied
    form = RemarkForm(request.POST)
    if form.is_valid():
        try:
            made = remarking.remark(step.version, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            return redirect(f"{reverse('news:review', args=[pk])}#kommentar-{made.pk}")
    approve_form, return_form = _answer_forms(request, step)
    forms = {"approve_form": approve_form, "return_form": return_form, "remark_form": form}
    return render(request, "news/review.html", _to_review(request, step) | forms, status=422)


@require_POST
def resolve(request, pk):
    """Say that a comment is seen to: its writer may, and whoever may edit the text."""
    one = get_object_or_404(Remark.objects.on_desk_of(request.user).with_people(), pk=pk)
    if one.by != request.user and not may_edit(request.user, one.version.article):
        raise PermissionDenied
    remarking.resolve(one, by=request.user)
    return redirect(f"{reverse('news:edit', args=[one.version.article_id])}#kommentarer")


@require_POST
def take_back(request, pk):
    """Take the text that is in review back, to go on writing."""
    article = get_object_or_404(Article.objects.on_desk_of(request.user), pk=pk)
    if not may_edit(request.user, article):
        raise PermissionDenied
    submitted = article.versions.filter(state__in=["submitted", "set_aside"]).first()
    try:
        reviewing.take_back(submitted or article.newest_version, by=request.user)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The text is taken back. Here you go on writing."))
    return redirect("news:edit", pk=pk)


def _taken_back(request, pk, form):
    """Say to somebody who was asked about a secret text that its writers took it back, with what they had
    typed; of the text not a word (decisions/0410). For all others there is no such step."""
    steps = ReviewStep.objects.select_related("version__article")
    gone = get_object_or_404(steps, pk=pk, version__state="set_aside", version__article__trashed_at=None)
    if not may_review(request.user, gone):
        raise Http404
    typed = [request.POST.get(f"{form.prefix}-{name}", "") for name in form.base_fields]
    context = {"typed": "\n\n".join(filter(None, typed))}
    return render(request, "news/taken_back.html", context, status=409 if request.method == "POST" else 200)


def _answer_forms(request, step):
    """Each bound only when it was the one sent."""
    is_last = not step.version.steps.pending().exclude(pk=step.pk).exists()
    approves, returns = "approve" in request.POST, "return" in request.POST
    approve_form = (PublishForm if is_last else ApproveForm)(
        request.POST if approves else None, version=step.version
    )
    return approve_form, ReturnForm(request.POST if returns else None)


def _answer(request, step, form):
    """Let the form's answer be noted and return whether it is; where it is not, the form says why."""
    try:
        if isinstance(form, ReturnForm):
            reviewing.return_version(step, by=request.user, **form.cleaned_data)
            done = _("The text is returned, and its writers have been told why.")
        else:
            reviewing.approve(step, by=request.user, **form.cleaned_data)
            done = _("Thank you. Your yes is noted.")
    except Refusal as refusal:
        if isinstance(refusal, AlreadyAnswered) and _says(refusal.step, form, by=request.user):
            return True  # a double click
        form.add_error(None, str(refusal))
        return False
    messages.success(request, done)
    return True


def _says(step, form, *, by):
    """Whether the answer that a step has is this one, word for word, by the same person."""
    returns = isinstance(form, ReturnForm)
    decision = ReviewStep.Decision.RETURNED if returns else ReviewStep.Decision.APPROVED
    reason = form.cleaned_data["reason"] if returns else ""
    return (step.decided_by, step.decision, step.reason) == (by, decision, reason)


def _to_review(request, step):
    version = step.version
    live = version.article.live_version()
    earlier = live if live and live.number < version.number else None
    before = version.article.versions.sent_before(version, since=earlier)
    remarks = list(Remark.objects.to_see_beside(version).with_people())
    read = as_read(request, version)
    approved = version.article.newest_approved
    steps = list(version.steps.select_related("reviewer", "decided_by"))
    marked = mark_passages(version, read["unmarked_body"], remarks)
    return read | {
        "marked": marked,
        "marked_body": mark_figures(marked["body"], read["changed_figures"]),
        "remarks": remarks,
        "may_remark": version.state == "submitted" and may_remark(request.user, step),
        "may_edit": may_edit(request.user, version.article),
        "is_off_desk": not Article.objects.on_desk_of(request.user).filter(pk=version.article_id).exists(),
        "step": step,
        "approved": approved,
        "given_up": version.times_given_up(approved),
        "steps": steps,
        "returned": next((one for one in steps if one.decision == ReviewStep.Decision.RETURNED), None),
        "live": earlier,
        "changes": compare(earlier, version) if earlier else [],
        "before": before,
        "changes_since": compare(before, version) if before else [],
        "is_writer": version.writers.filter(pk=request.user.pk).exists(),
        "may_answer": ReviewStep.objects.waiting_for(request.user).filter(pk=step.pk).exists(),
    }
