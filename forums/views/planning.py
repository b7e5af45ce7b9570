"""Planning a forum: its facts, its programme, its group work, its tables, each a page of its own."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forums import planning
from forums.forms.group_work import GroupWorkPlan
from forums.forms.planning import ForumForm, TablesForm
from forums.forms.programme import ProgrammeFormSet, rows_of
from forums.models import seams_of
from forums.permissions import may_plan
from forums.planning import CannotPlan
from forums.views.fetching import forum_to_organise, refuse_unless

reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])


@reads_and_writes
def new(request):
    """Plan a new forum, which stays a draft until it is announced."""
    refuse_unless(may_plan(request.user))
    form = ForumForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        forum = planning.plan_forum(**form.cleaned_data, by=request.user)
        messages.success(request, _("The draft is saved. Go on with the programme."))
        return redirect("forums:edit_programme", slug=forum.slug)
    return render(request, "forums/new.html", {"form": form})


@reads_and_writes
def edit(request, slug):
    """Change a forum's own facts."""
    forum = forum_to_organise(request, slug)
    form = ForumForm(request.POST or None, person=request.user, instance=forum)
    if request.method == "POST" and form.is_valid():
        try:
            planning.change_forum(forum, **form.cleaned_data, by=request.user)
        except CannotPlan as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The forum is saved."))
            return redirect("forums:edit", slug=forum.slug)
    return render(
        request,
        "forums/edit.html",
        {"forum": forum_to_organise(request, slug), "form": form, "part": "facts"},
    )


@reads_and_writes
def programme(request, slug):
    """Add, change and remove programme items; overlaps and gaps are pointed out."""
    forum = forum_to_organise(request, slug)
    formset = ProgrammeFormSet(
        request.POST or None, prefix="items", initial=rows_of(forum), form_kwargs={"forum": forum}
    )
    if request.method == "POST" and not formset.grows and formset.is_valid():
        planning.set_programme(forum, items=formset.items, by=request.user)
        messages.success(request, _("The programme is saved."))
        return redirect("forums:edit_programme", slug=forum.slug)
    context = {
        "forum": forum,
        "formset": formset,
        "seams": seams_of(forum.programme.all()),
        "part": "programme",
    }
    return render(request, "forums/edit_programme.html", context)


@reads_and_writes
def group_work(request, slug):
    """Plan the group work: two leaders, questions, rounds."""
    forum = forum_to_organise(request, slug)
    plan = GroupWorkPlan(forum, request.POST or None)
    if request.method == "POST" and not plan.grows and plan.is_valid():
        try:
            planning.plan_group_work(forum, **plan.fields, by=request.user)
        except CannotPlan as refusal:
            plan.form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The group work is saved."))
            return redirect("forums:edit_group_work", slug=forum.slug)
    return render(
        request, "forums/edit_group_work.html", {"forum": forum, "plan": plan, "part": "group_work"}
    )


@reads_and_writes
def tables(request, slug):
    """Say how many tables there are."""
    forum = forum_to_organise(request, slug)
    form = TablesForm(request.POST or None, initial={"tables": forum.tables.count()})
    if request.method == "POST" and form.is_valid():
        try:
            planning.set_tables(forum, count=form.cleaned_data["tables"], by=request.user)
        except CannotPlan as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The tables are saved."))
            return redirect("forums:edit_tables", slug=forum.slug)
    return render(request, "forums/edit_tables.html", {"forum": forum, "form": form, "part": "tables"})
