"""Planning a forum: its facts, its programme, its group work, its tables, each a page of its own."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forums import furnishing, planning, reminding
from forums.forms.group_work import GroupWorkPlan
from forums.forms.plans import ForumPlan, NewForumPlan
from forums.forms.programme import ProgrammeFormSet, rows_of
from forums.forms.reminders import ReminderFormSet, reminder_rows_of
from forums.forms.tables import TablesForm
from forums.models import Forum, ForumKind, empty_ends, seams_of
from forums.patterning import facts_of, plan_after
from forums.permissions import may_plan, may_shape_kinds
from forums.views.fetching import refuse_unless
from forums.views.plan_page import PlanPage
from forums.views.telling import told_of_withdrawal

# Earlier forums that a new one may be made after, as they are offered.
EARLIER_SHOWN = 12

reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])


@reads_and_writes
def new(request):
    """Plan a new forum, which stays a draft until it is announced."""
    refuse_unless(may_plan(request.user))
    kinds = ForumKind.objects.offered()
    earlier = Forum.objects.organised_by(request.user).select_related("kind").order_by("-starts_at")
    pattern = _pattern(request, kinds, earlier)
    begins = facts_of(pattern) if pattern else {}
    like = pattern if isinstance(pattern, Forum) else None
    plan = NewForumPlan(request.POST or None, person=request.user, initial={**begins, "like": like})
    if request.method == "POST" and not plan.grows and plan.is_valid():
        forum = plan_after(plan.form.pattern, **plan.facts, by=request.user)
        messages.success(request, _("The draft is saved. Go on with the programme."))
        return redirect("forums:edit_programme", slug=forum.slug)
    context = {
        "plan": plan,
        "form": plan.form,
        "pattern": pattern,
        "kinds": kinds,
        "earlier": earlier[:EARLIER_SHOWN],
        "may_shape": may_shape_kinds(request.user),
    }
    return render(request, "forums/new.html", context)


def _pattern(request, kinds, earlier):
    """What the new forum is made after: the kind `?kind=` or the forum `?like=`, or nothing yet."""
    if slug := request.GET.get("like"):
        return earlier.filter(slug=slug).first()
    return kinds.filter(pk=request.GET.get("kind", "")).first()


@reads_and_writes
def edit(request, slug):
    """Change a forum's own facts."""

    def make_form(forum, sent):
        return ForumPlan(sent, person=request.user, instance=forum)

    def save(forum, revision):
        planning.change_forum(forum, **page.form.facts, revision=revision, by=request.user)

    page = PlanPage(request, slug, part="facts", make_form=make_form)
    falling_out = page.form.falling_out if request.method == "POST" else None  # as it is before it is saved
    if page.saves(save):
        told = falling_out and falling_out["told"]
        messages.success(request, _("The forum is saved.") + (f" {told_of_withdrawal(told)}" if told else ""))
        return redirect("forums:edit", slug=slug)
    return page.render("forums/edit.html", plan=page.form, form=page.form.form)


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
    items = list(page.forum.programme.all())
    before, after = empty_ends(page.forum, items)
    pointed_out = {
        "seams": seams_of(items),
        "empty_before": before,
        "empty_after": after,
        "outside": [item for item in items if item.is_outside],
    }
    return page.render("forums/edit_programme.html", formset=page.form, **pointed_out)


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
    """Say how many tables there are, and which of them meet online."""

    def make_form(forum, sent):
        return TablesForm(sent, forum=forum)

    def save(forum, revision):
        wanted = page.form.cleaned_data
        furnishing.set_tables(
            forum,
            count=wanted["tables"],
            online=wanted.get("online"),
            revision=revision,
            by=request.user,
        )

    page = PlanPage(request, slug, part="tables", make_form=make_form)
    if page.saves(save):
        messages.success(request, _("The tables are saved."))
        return redirect("forums:edit_tables", slug=slug)
    return page.render("forums/edit_tables.html", form=page.form)


@reads_and_writes
def reminders(request, slug):
    """Say when the unanswered and the registered are reminded."""

    def make_form(forum, sent):
        rows = {"initial": reminder_rows_of(forum), "form_kwargs": {"forum": forum}}
        return ReminderFormSet(sent, prefix="reminders", **rows)

    def save(forum, revision):
        rows = page.form.reminders
        reminding.set_reminders(forum, reminders=rows, revision=revision, by=request.user)

    page = PlanPage(request, slug, part="reminders", make_form=make_form)
    if page.saves(save):
        messages.success(request, _("The reminders are saved."))
        return redirect("forums:edit_reminders", slug=slug)
    now = page.forum.reminders.select_related("forum")
    return page.render("forums/edit_reminders.html", formset=page.form, reminders=now)
