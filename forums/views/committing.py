"""Commitments: making one, reading one, telling how it goes."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forums.committing import CommitmentRefused, commit, update
from forums.forms.commitments import CommitmentForm, UpdateForm
from forums.models import Commitment, Forum, Result
from forums.permissions import may_commit, may_read_notes, may_update_commitment
from forums.views.fetching import refuse_unless


@require_http_methods(["GET", "HEAD", "POST"])
def new(request, slug):
    """Write down a commitment from a forum; `?begrepp=<id>` ticks the theme that it answers."""
    forum = get_object_or_404(Forum.objects.visible_to(request.user).announced(), slug=slug)
    refuse_unless(may_commit(request.user, forum))
    result = Result.objects.filter(group_work__forum=forum).first()
    form = CommitmentForm(
        request.POST or None,
        forum=forum,
        themes=result.figures["concepts"] if result else (),
        initial={"themes": [request.GET.get("begrepp", "")]},
    )
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in ("text", "owner", "unit", "due_on")}
        try:
            made = commit(forum, **fields, notes=form.notes, by=request.user)
        except CommitmentRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The commitment is written down, and its owner is told."))
            return redirect("forums:commitment", pk=made.pk)
    context = {"forum": forum, "form": form}
    return render(request, "forums/new_commitment.html", context, status=409 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def commitment(request, pk):
    """Show a commitment and its updates; its owner adds one."""
    made = get_object_or_404(Commitment.objects.visible_to(request.user).with_latest_update(), pk=pk)
    may_update = may_update_commitment(request.user, made)
    form = UpdateForm(request.POST or None, initial={"state": made.state})
    if request.method == "POST":
        refuse_unless(may_update)
        if form.is_valid():
            update(made, **form.cleaned_data, by=request.user)
            messages.success(request, _("Thank you. Your update is saved."))
            return redirect("forums:commitment", pk=pk)
    forum = Forum.objects.visible_to(request.user).filter(pk=made.forum_id).first()
    context = {
        "commitment": made,
        "form": form if may_update else None,
        "forum_visible": forum is not None,
        "notes": made.notes.shown()[:10] if forum and may_read_notes(request.user, forum) else [],
    }
    return render(request, "forums/commitment.html", context, status=409 if form.errors else 200)
