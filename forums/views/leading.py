"""Running the group work from a phone: start, rounds and their clock, dots, the end."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from forums import prioritising, working
from forums.forms.leading import ExtendForm
from forums.stamping import stamp_of_table
from forums.views.group_works import group_work_to_lead, unless_seen
from forums.views.lead_page import lead_page, notes_held, people_with_dots, turn_of
from forums.views.telling import tells


@require_safe
def lead(request, slug):
    """Show where the group work stands, and the latest notes."""
    return lead_page(request, group_work_to_lead(request, slug))


@require_safe
def lead_turn(request, slug):
    """The part that follows the rounds, for when another leader moves them."""
    work = group_work_to_lead(request, slug)
    held = notes_held(work)
    stamp = stamp_of_table(work, None, people_with_dots(work), held)

    def render_turn():
        return render(request, "forums/parts/lead_turn.html", turn_of(work) | {"notes_held": held})

    return unless_seen(request, stamp, render_turn)


@require_POST
def open_work(request, slug):
    """Start the group work."""
    work = group_work_to_lead(request, slug)
    tells(request, lambda: working.open_group_work(work, by=request.user), _("The group work has started."))
    return redirect("forums:lead", slug=slug)


@require_POST
def move_round(request, slug, order):
    """Move a round or its clock: `to` is "open", "pause", "resume", "close" or "reopen"."""
    work = group_work_to_lead(request, slug)
    round = get_object_or_404(work.rounds, order=order)
    moves = {
        "open": (working.open_round, _("The round is open.")),
        "pause": (working.pause_round, _("The clock stands still. Notes are still taken.")),
        "resume": (working.resume_round, _("The clock is going again.")),
        "close": (working.close_round, _("The round is closed. It can be opened again below.")),
        "reopen": (working.reopen_round, _("The round is open again.")),
    }
    verb, done = moves.get(request.POST.get("to"), (None, ""))
    if verb:
        tells(request, lambda: verb(round, by=request.user), done)
    return redirect("forums:lead", slug=slug)


@require_POST
def extend_round(request, slug, order):
    """Give the open round more minutes."""
    work = group_work_to_lead(request, slug)
    round = get_object_or_404(work.rounds, order=order)
    form = ExtendForm(request.POST)
    if form.is_valid():
        minutes = form.cleaned_data["minutes"]
        done = ngettext(
            "The round got %(count)s more minute.", "The round got %(count)s more minutes.", minutes
        )
        extend = {**form.cleaned_data, "by": request.user}
        tells(request, lambda: working.extend_round(round, **extend), done % {"count": minutes})
    return redirect("forums:lead", slug=slug)


@require_POST
def move_dots(request, slug):
    """Let the dots be put, or end that: `to` is "open" or "close"."""
    work = group_work_to_lead(request, slug)
    moves = {
        "open": (prioritising.open_dots, _("Everybody can put their dots now.")),
        "close": (prioritising.close_dots, _("The dots are counted.")),
    }
    verb, done = moves.get(request.POST.get("to"), (None, ""))
    if verb:
        tells(request, lambda: verb(work, by=request.user), done)
    return redirect("forums:lead", slug=slug)


@require_POST
def close_work(request, slug):
    """Close the group work and freeze its result."""
    work = group_work_to_lead(request, slug)
    done = _("The group work is closed. This is what came of it.")
    if tells(request, lambda: working.close_group_work(work, by=request.user), done):
        return redirect("forums:result", slug=slug)
    return redirect("forums:lead", slug=slug)
