"""Seats as the organiser sees to them: kept by quotas, given past the queue, given up by telephone; and what
the kitchen is told."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Person
from forums import apportioning, catering, excusing, overruling
from forums.excusing import CannotExcuse
from forums.forms.seats import ExcuseForm, GiveSeatForm, QuotaFormSet, quota_rows_of
from forums.overruling import CannotOverrule
from forums.permissions import may_read_needs
from forums.views.fetching import forum_to_organise, refuse_unless
from forums.views.plan_page import PlanPage


@require_http_methods(["GET", "HEAD", "POST"])
def quotas(request, slug):
    """Say how many seats are kept for a side or a unit."""

    def make_form(forum, sent):
        return QuotaFormSet(sent, prefix="quotas", initial=quota_rows_of(forum))

    def save(forum, revision):
        apportioning.set_quotas(forum, quotas=page.form.quotas, revision=revision, by=request.user)

    page = PlanPage(request, slug, part="quotas", make_form=make_form)
    if page.saves(save):
        messages.success(request, _("The quotas are saved."))
        return redirect("forums:edit_quotas", slug=slug)
    figures = apportioning.figures_of_seats(page.forum)
    return page.render("forums/edit_quotas.html", formset=page.form, figures=figures)


@require_http_methods(["GET", "HEAD", "POST"])
def give_seat(request, slug):
    """Give somebody a seat past the queue, with a note of why; `?person=` names them beforehand."""
    forum = forum_to_organise(request, slug)
    form = GiveSeatForm(request.POST or None, forum=forum, initial={"person": _named(request, forum)})
    if _done(request, form, lambda given: overruling.give_seat(forum, **given, by=request.user)):
        name = form.cleaned_data["person"]
        messages.success(request, _("%(name)s has a seat and is told by mail.") % {"name": name})
        return redirect("forums:participants", slug=slug)
    context = {
        "forum": forum,
        "form": form,
        "figures": apportioning.figures_of_seats(forum),
        "part": "participants",
    }
    return render(request, "forums/give_seat.html", context, status=409 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def excuse(request, slug):
    """Write down a no that came by telephone or mail; `?person=` names them beforehand."""
    forum = forum_to_organise(request, slug)
    form = ExcuseForm(request.POST or None, forum=forum, initial={"person": _named(request, forum)})
    if _done(request, form, lambda given: excusing.excuse(forum, **given, by=request.user)):
        name = form.cleaned_data["person"]
        messages.success(request, _("It is written down that %(name)s is not coming.") % {"name": name})
        return redirect("forums:participants", slug=slug)
    context = {"forum": forum, "form": form, "part": "participants"}
    return render(request, "forums/excuse.html", context, status=409 if form.is_bound else 200)


@require_safe
def needs(request, slug):
    """Show what the kitchen is told, in numbers, and what each person needs."""
    forum = forum_to_organise(request, slug)
    refuse_unless(may_read_needs(request.user, forum))
    context = {
        "forum": forum,
        "order": catering.order_for(forum),
        "rows": catering.needs_at(forum),
        "part": "participants",
    }
    response = render(request, "forums/needs.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _done(request, form, verb):
    """Do what the form asks for; returns whether it was sent and done. A refusal goes into the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        verb(form.cleaned_data)
    except (CannotOverrule, CannotExcuse) as refusal:
        form.add_error(refusal.field, str(refusal))
        return False
    return True


def _named(request, forum):
    """The person whom the link led here for, where they have to do with the forum."""
    pk = request.GET.get("person", "")
    if not pk.isdecimal() or len(pk) > 9:
        return None
    answered, invited = (rows.values("person_id") for rows in (forum.registrations, forum.invitations))
    return Person.objects.filter(Q(pk__in=answered) | Q(pk__in=invited), pk=pk).first()
