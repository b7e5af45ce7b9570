"""Running the group work: start, next round, close, take a note down."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from forums import working
from forums.disclosing import attribute
from forums.forms.notes import HideForm
from forums.models import Note, Round
from forums.noting import NoteRefused, hide_note
from forums.showing import figures_at, notes_of
from forums.stamping import stamp_of_table, stamp_of_wall
from forums.views.group_works import group_work_to_lead, unless_seen

NOTES_TO_WATCH = 12


@require_safe
def lead(request, slug):
    """Show where the group work stands, and the latest notes."""
    return _page(request, group_work_to_lead(request, slug))


@require_safe
def lead_turn(request, slug):
    """The part that follows the rounds, for when another leader moves them."""
    work = group_work_to_lead(request, slug)
    stamp = stamp_of_table(work, None)
    return unless_seen(request, stamp, lambda: render(request, "forums/parts/lead_turn.html", _turn(work)))


@require_safe
def lead_notes(request, slug):
    """The part that follows what is written."""
    work = group_work_to_lead(request, slug)
    stamp = stamp_of_wall(work)
    return unless_seen(
        request, stamp, lambda: render(request, "forums/parts/lead_notes.html", _notes(work, stamp))
    )


@require_POST
def open_work(request, slug):
    """Start the group work."""
    work = group_work_to_lead(request, slug)
    return _try(
        request,
        work,
        lambda: working.open_group_work(work, by=request.user),
        _("The group work has started."),
    )


@require_POST
def move_round(request, slug, order):
    """Open or close a round: `to` is "open" or "close"."""
    work = group_work_to_lead(request, slug)
    round = get_object_or_404(work.rounds, order=order)
    if request.POST.get("to") == "close":
        return _try(
            request, work, lambda: working.close_round(round, by=request.user), _("The round is closed.")
        )
    return _try(request, work, lambda: working.open_round(round, by=request.user), _("The round is open."))


@require_POST
def close_work(request, slug):
    """Close the group work and freeze its result."""
    work = group_work_to_lead(request, slug)
    try:
        working.close_group_work(work, by=request.user)
    except working.NotNow as refusal:
        messages.error(request, str(refusal))
        return redirect("forums:lead", slug=slug)
    messages.success(request, _("The group work is closed. This is what came of it."))
    return redirect("forums:result", slug=slug)


@require_POST
def hide(request, slug, handle):
    """Take a note down, with a reason."""
    work = group_work_to_lead(request, slug)
    note = get_object_or_404(Note.objects.of_forum(work.forum).with_handle(handle))
    form = HideForm(request.POST, prefix=handle)
    if form.is_valid():
        try:
            hide_note(note, reason=form.cleaned_data["reason"], by=request.user)
        except NoteRefused as refusal:
            form.add_error("reason", str(refusal))
    if form.errors:
        return _page(request, work, refused=(handle, form), status=409)
    messages.success(request, _("The note is hidden."))
    return redirect("forums:lead", slug=slug)


def _try(request, work, verb, done):
    try:
        verb()
    except working.NotNow as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("forums:lead", slug=work.forum.slug)


def _page(request, work, refused=("", None), status=200):
    context = {**_turn(work), **_notes(work, stamp_of_wall(work), refused)}
    return render(request, "forums/lead.html", context, status=status)


def _turn(work):
    rounds = list(work.rounds.all())
    return {
        "forum": work.forum,
        "work": work,
        "rounds": rounds,
        "current": next((round for round in rounds if round.state == Round.State.OPEN), None),
        "upcoming": next((round for round in rounds if round.state == Round.State.PLANNED), None),
    }


def _notes(work, stamp, refused=("", None)):
    latest = attribute(list(notes_of(work)[:NOTES_TO_WATCH]), figures=figures_at(work, stamp), work=work)
    handle, form = refused
    for note in latest:
        note.hide_form = form if note.handle == handle else HideForm(prefix=note.handle)
    return {"forum": work.forum, "latest": latest}
