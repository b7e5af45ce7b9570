"""Planning a forum: its facts, its programme, its group work, its tables, each a page of its own."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forums import planning
from forums.forms.group_work import GroupWorkPlan
from forums.forms.planning import ForumForm, NewForumForm, TablesForm
from forums.forms.programme import ProgrammeFormSet, rows_of
from forums.models import seams_of
from forums.permissions import may_plan
from forums.views.fetching import refuse_unless
from forums.views.plan_page import PlanPage

reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])


@reads_and_writes
def new(request):
    """Plan a new forum, which stays a draft until it is announced."""
    refuse_unless(may_plan(request.user))
    form = NewForumForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        forum = planning.plan_forum(**form.cleaned_data, by=request.user)
        messages.success(request, _("The draft is saved. Go on with the programme."))
        return redirect("forums:edit_programme", slug=forum.slug)
    return render(request, "forums/new.html", {"form": form})


@reads_and_writes
def edit(request, slug):
    """Change a forum's own facts."""

    def make_form(forum, sent):
        return ForumForm(sent, person=request.user, instance=forum)

    def save(forum, revision):
        planning.change_forum(forum, **page.form.cleaned_data, revision=revision, by=request.user)

    page = PlanPage(request, slug, part="facts", make_form=make_form)
    if page.saves(save):
        messages.success(request, _("The forum is saved."))
        return redirect("forums:edit", slug=slug)
    return page.render("forums/edit.html", form=page.form)


@reads_and_writes
def programme(request, slug):
    """Add, change and remove programme items; overlaps and gaps are pointed out."""

    def make_form(forum, sent):
        return ProgrammeFormSet(sent, prefix="items", initial=rows_of(forum), form_kwargs={"forum": forum})

    def save(forum, revision):
        rows = {"items": page.form.items, "removed": page.form.removed}
        planning.set_programme(forum, **rows, revision=revision, by=request.user)

    page = PlanPage(request, slug, part="programme", make_form=make_form)
    if page.saves(save):
        messages.success(request, _("The programme is saved."))
        return redirect("forums:edit_programme", slug=slug)
    seams = seams_of(page.forum.programme.all())
    return page.render("forums/edit_programme.html", formset=page.form, seams=seams)


@reads_and_writes
def group_work(request, slug):
    """Plan the group work: two leaders, questions, rounds."""

    def save(forum, revision):
        planning.plan_group_work(forum, **page.form.fields, revision=revision, by=request.user)

    page = PlanPage(request, slug, part="group_work", make_form=GroupWorkPlan)
    if page.saves(save):
        messages.success(request, _("The group work is saved."))
        return redirect("forums:edit_group_work", slug=slug)
    return page.render("forums/edit_group_work.html", plan=page.form)


@reads_and_writes
def tables(request, slug):
    """Say how many tables there are."""

    def make_form(forum, sent):
        return TablesForm(sent, initial={"tables": forum.tables.count()})

    def save(forum, revision):
        count = page.form.cleaned_data["tables"]
        planning.set_tables(forum, count=count, revision=revision, by=request.user)

    page = PlanPage(request, slug, part="tables", make_form=make_form)
    if page.saves(save):
        messages.success(request, _("The tables are saved."))
        return redirect("forums:edit_tables", slug=slug)
    return page.render("forums/edit_tables.html", form=page.form)
