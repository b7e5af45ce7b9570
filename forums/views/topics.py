"""What a forum and its commitments are about."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forums.classifying import classify
from forums.forms.topics import AboutForm
from forums.models import Commitment
from forums.permissions import may_commit
from forums.views.fetching import refuse_unless
from forums.views.plan_page import PlanPage


@require_http_methods(["GET", "HEAD", "POST"])
def about_forum(request, slug):
    """Which topics a forum is about, for those who arrange it."""

    def make_form(forum, sent):
        return AboutForm(sent, thing=forum)

    def save(forum, revision):
        classify(forum, **page.form.cleaned_data, revision=revision, by=request.user)

    page = PlanPage(request, slug, part="topics", make_form=make_form)
    if page.saves(save):
        messages.success(request, _("The topics are saved."))
        return redirect("forums:about", slug=slug)
    return page.render("forums/edit_topics.html", form=page.form)


@require_http_methods(["GET", "HEAD", "POST"])
def about_commitment(request, pk):
    """Which topics a commitment is about, for those who may write it down."""
    made = get_object_or_404(
        Commitment.objects.visible_to(request.user).select_related("forum", "owner"), pk=pk
    )
    refuse_unless(may_commit(request.user, made.forum))
    form = AboutForm(request.POST if request.method == "POST" else None, thing=made)
    if request.method == "POST" and form.is_valid():
        classify(made, **form.cleaned_data, by=request.user)
        messages.success(request, _("The topics are saved."))
        return redirect("forums:commitment", pk=pk)
    context = {"commitment": made, "form": form}
    return render(request, "forums/commitment_topics.html", context, status=409 if form.errors else 200)
