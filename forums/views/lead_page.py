"""The page from which a group work is led, in its two parts: the turn, and the notes."""

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from forums.disclosing import attribute
from forums.forms.leading import ExtendForm, HideForm
from forums.guarding import tell_why_held
from forums.models import Note, Round
from forums.searching import notes_about
from forums.showing import figures_at, notes_of
from forums.stamping import stamp_of_wall

NOTES_TO_WATCH = 12
NOTES_ON_PAGE = 30


def lead_page(request, work, *, refused=("", None), status=200):
    """The whole page; `?q=` looks for notes among all that are shown. `refused` as for `notes_to_watch`."""
    asked, stamp = asked_of(request), stamp_of_wall(work)
    context = {**turn_of(work), **notes_to_watch(work, stamp, refused, asked=asked)}
    if asked:
        notes = notes_about(work, asked.get("q", ""), figures=figures_at(work, stamp))
        context["page"] = Paginator(notes, NOTES_ON_PAGE).get_page(asked.get("page"))
        _tell_of(list(context["page"]), work, stamp, refused)
    return render(request, "forums/lead.html", context, status=status)


def back_to_lead(request, slug, *, to=""):
    """A redirect to the page, with the notes that the reader had looked for: to the element `to` of it, so
    that whoever goes through the notes on a phone goes on where they were."""
    place = f"#{to}" if to else ""
    return redirect(reverse("forums:lead", args=[slug]) + _query_of(asked_of(request)) + place)


def asked_of(request):
    """What the reader looks for among all notes: {"q", "page"} as far as given; empty for the latest ones."""
    asked = {name: request.GET[name] for name in ("q", "page") if name in request.GET}
    return {name: value.replace("\0", "").strip()[:80] for name, value in asked.items()}


def _query_of(asked):
    return f"?{urlencode(asked)}" if asked else ""


def turn_of(work):
    """Where the work stands: its rounds, the open one and the next, how many are left, whether closed ones
    may be opened again, and how many put their dots. Those who show it tell beside it how many notes wait
    for a look (`notes_held`)."""
    rounds = list(work.rounds.all())
    current = next((round for round in rounds if round.state == Round.State.OPEN), None)
    planned = [round for round in rounds if round.state == Round.State.PLANNED]
    is_between = work.state == work.State.OPEN and not (current or work.is_prioritising)
    return {
        "forum": work.forum,
        "work": work,
        "rounds": rounds,
        "current": current,
        "may_reopen": is_between,
        "upcoming": next(iter(planned), None),
        "rounds_left": len(planned),
        "extensions": ExtendForm.CHOICES,
        "people_with_dots": people_with_dots(work),
    }


def people_with_dots(work):
    """How many people have put any dots yet."""
    return work.dots.people() if work.dots_opened_at else 0


def notes_held(work):
    """How many notes wait for a look, and would not be counted if the work were closed now."""
    return Note.objects.held().of_group_work(work).count()


def notes_to_watch(work, stamp, refused=("", None), *, asked=()):
    """The notes held back, those taken down while they can be shown again and, where none are `asked` for,
    the latest ones shown, each with its form. `refused` is the handle of a note and the form that came back
    with an error."""
    held = list(notes_of(work, Note.objects.held()))
    tell_why_held(held)
    latest = [] if asked else list(notes_of(work)[:NOTES_TO_WATCH])
    hidden = [] if work.state == work.State.CLOSED else list(notes_of(work, Note.objects.taken_down()))
    _tell_of([*held, *latest, *hidden], work, stamp, refused)
    asked = {"asked": asked, "query": _query_of(asked)}
    notes = {"held": held, "notes_held": len(held), "latest": latest, "hidden": hidden}
    return {"forum": work.forum, "work": work, **notes, **asked}


def _tell_of(notes, work, stamp, refused):
    """Give each note what may be told of it, and its form."""
    attribute(notes, figures=figures_at(work, stamp), work=work)
    handle, form = refused
    for note in notes:
        note.hide_form = form if note.handle == handle else HideForm(prefix=note.handle)
