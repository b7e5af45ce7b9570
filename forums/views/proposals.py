"""Concepts of a room that may be one, for those who lead it."""

from django.http import HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import LogEntry
from forums import settling, undoing
from forums.forms.proposals import SettleForm
from forums.gathering import proposals_for
from forums.recounting import foreseen_of
from forums.undoing import foresee, latest_changes
from forums.views.group_works import group_work_to_lead
from forums.views.telling import tells

MOST_ASKED, CHANGES_SHOWN = 20, 5


@require_http_methods(["GET", "HEAD", "POST"])
def proposals(request, slug):
    """Ask whether concepts of the room are one, the likeliest first, and tell of each pair what forums would
    be counted otherwise; on POST take one answer."""
    work = group_work_to_lead(request, slug)
    if request.method == "POST":
        form = SettleForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest()
        answer = form.cleaned_data
        done = _("They are one concept from now on.") if answer["same"] else _("They stay apart.")
        tells(request, lambda: settling.settle(work.forum, **answer, by=request.user), done)
        return redirect("forums:proposals", slug=slug)
    found = proposals_for(work.forum)
    asked = found[:MOST_ASKED]
    altered = foreseen_of(request.user, [(second, first) for first, second in asked])
    context = {
        "forum": work.forum,
        "pairs": [(*pair, each) for pair, each in zip(asked, altered, strict=True)],
        "more": len(found) - len(asked),
        "changes": foresee(latest_changes(CHANGES_SHOWN, by=request.user), user=request.user),
    }
    return render(request, "forums/proposals.html", context)


@require_POST
def undo(request, slug, pk):
    """Take back a change of the dictionary that the person made themselves."""
    group_work_to_lead(request, slug)
    entry = get_object_or_404(LogEntry, pk=pk, by=request.user, event__in=undoing.CHANGES)
    tells(request, lambda: undoing.undo(entry, by=request.user), _("It is as it was before."))
    return redirect("forums:proposals", slug=slug)
