"""After the forum: who came, what people thought, and lists for other programs."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forums import evaluating, exporting
from forums.attending import attendance_of, chart_of, participation_of
from forums.evaluating import CannotEvaluate
from forums.forms.verdicts import VerdictForm
from forums.models import Forum
from forums.views.fetching import forum_to_organise
from forums.views.listing import FirstOf

LISTS = {"deltagare": exporting.participants_of, "program": exporting.programme_of}
FORMS = {
    "xlsx": (exporting.as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (exporting.as_csv, "text/csv; charset=utf-8"),
    "json": (exporting.as_json, "application/json"),
}


@require_safe
def afterwards(request, slug):
    """Show the organiser how it went."""
    forum = forum_to_organise(request, slug)
    attendance = attendance_of(forum)
    participation = participation_of(forum)
    context = {
        "forum": forum,
        "attendance": attendance,
        "missing": FirstOf.these(attendance.missing, attendance.expected - attendance.came),
        "participation": participation,
        "chart": chart_of(participation, came=attendance.was_counted),
        "evaluation": evaluating.evaluation_of(forum),
        "part": "afterwards",
    }
    return render(request, "forums/afterwards.html", context)


@require_POST
def close_evaluation(request, slug):
    """Take no more verdicts, so that what was thought can be read."""
    forum = forum_to_organise(request, slug)
    try:
        evaluating.close_evaluation(forum, by=request.user)
    except CannotEvaluate as refusal:
        messages.error(request, str(refusal))
    return redirect("forums:afterwards", slug=forum.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def evaluate(request, slug):
    """Ask one who took part what they thought, and keep it without their name."""
    forum = get_object_or_404(Forum.objects.visible_to(request.user).announced(), slug=slug)
    form = VerdictForm(request.POST or None)
    if take_verdict(request, forum, form, me=request.user):
        return redirect("forums:forum", slug=forum.slug)
    context = evaluation_for(request.user, forum) | {"forum": forum, "form": form}
    return render(request, "forums/evaluate.html", context, status=409 if form.is_bound else 200)


def take_verdict(request, forum, form, *, me):
    """Keep what stands in a VerdictForm; returns whether it was done, or leaves the message in the form."""
    if not form.is_valid():
        return False
    try:
        evaluating.give_verdict(forum, by=me, **form.cleaned_data)
    except CannotEvaluate as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Thank you! What you thought is kept without your name."))
    return True


def evaluation_for(person, forum):
    """What the page of a verdict says to `person`: {"is_asked", "has_told", "was_missed"}, the last of who is
    registered and was not checked in."""
    answer = forum.registrations.registered().of(person).first()
    is_asked = evaluating.may_evaluate(person, forum)
    has_told = answer is not None and answer.has_evaluated
    was_missed = answer is not None and not (is_asked or has_told)
    return {"is_asked": is_asked, "has_told": has_told, "was_missed": was_missed}


@require_safe
def export(request, slug, what, form):
    """Hand out a list: `what` of `LISTS`, in a form of `FORMS`."""
    forum = forum_to_organise(request, slug)
    if what not in LISTS or form not in FORMS:
        raise Http404
    write, content_type = FORMS[form]
    response = HttpResponse(write(LISTS[what](forum)), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{forum.slug}-{what}.{form}"'
    response["Cache-Control"] = "no-store"
    return response
