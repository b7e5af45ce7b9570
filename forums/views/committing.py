"""Commitments: making one, reading one, telling and asking how it goes, mending what was written."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forums.committing import CommitmentRefused, amend, ask, commit, update
from forums.forms.commitments import AmendForm, AskForm, CommitmentForm, UpdateForm
from forums.models import Commitment, Forum, Result
from forums.permissions import may_ask_about, may_commit, may_update_commitment
from forums.veiling import figures_named
from forums.views.fetching import refuse_unless

NOTES_SHOWN = 10


@require_http_methods(["GET", "HEAD", "POST"])
def new(request, slug):
    """Write down a commitment from a forum; `?begrepp=<id>` ticks the theme that it answers."""
    forum = get_object_or_404(Forum.objects.visible_to(request.user).announced(), slug=slug)
    refuse_unless(may_commit(request.user, forum))
    form = CommitmentForm(
        request.POST or None,
        forum=forum,
        themes=_themes_of(forum),
        initial={"themes": [request.GET.get("begrepp", "")]},
    )
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in ("text", "owner", "unit", "due_on")}
        fields["topics"] = form.cleaned_data.get("topics", [])
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
    """Show a commitment and what has been said of it; its owner tells how it goes, others ask.

    `?anteckningar=alla` shows all the notes that it answers.
    """
    made = get_object_or_404(Commitment.objects.visible_to(request.user).with_latest_update(), pk=pk)
    may_update, may_ask = may_update_commitment(request.user, made), may_ask_about(request.user, made)
    data = request.POST or None
    form = UpdateForm(data, initial={"state": made.state}) if may_update else AskForm(data)
    if request.method == "POST":
        refuse_unless(may_update or may_ask)
        if form.is_valid():
            (update if may_update else ask)(made, **form.cleaned_data, by=request.user)
            messages.success(request, _("Thank you. Your words are saved."))
            return redirect("forums:commitment", pk=pk)
    notes = made.notes.shown() if may_ask else made.notes.none()
    most = None if request.GET.get("anteckningar") == "alla" else NOTES_SHOWN
    context = {
        "commitment": made,
        "form": form if may_update or may_ask else None,
        "may_update": may_update,
        "may_commit": may_commit(request.user, made.forum),
        "forum_visible": Forum.objects.visible_to(request.user).filter(pk=made.forum_id).exists(),
        "notes": notes[:most],
        "more_notes": max(0, notes.count() - most) if most else 0,
    }
    return render(request, "forums/commitment.html", context, status=409 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk):
    """Change what was written down, or hand it over."""
    made = get_object_or_404(Commitment.objects.visible_to(request.user).with_latest_update(), pk=pk)
    refuse_unless(may_commit(request.user, made.forum))
    form = AmendForm(
        request.POST or None, instance=Commitment.objects.get(pk=pk), themes=_themes_of(made.forum)
    )
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in ("text", "owner", "unit", "due_on")}
        try:
            amend(made, **fields, notes=form.notes, by=request.user)
        except CommitmentRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The commitment is changed."))
            return redirect("forums:commitment", pk=pk)
    context = {"forum": made.forum, "form": form, "commitment": made}
    return render(request, "forums/new_commitment.html", context, status=409 if form.errors else 200)


def _themes_of(forum):
    """The themes that a commitment of the forum can answer; none while its group work goes on."""
    result = Result.objects.filter(group_work__forum=forum).first()
    return figures_named(result)["concepts"] if result else ()
