"""Writing notes at a table."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from forums.forms.notes import NoteForm
from forums.models import Note
from forums.permissions import may_lead, seat_of, seats_of
from forums.showing import notes_of, suggestions_for
from forums.stamping import stamp_of_table
from forums.views.fetching import refuse_unless
from forums.views.group_works import group_work_or_404, group_work_to_lead, unless_seen
from forums.views.own_notes import own_notes, remember_note


@require_http_methods(["GET", "HEAD", "POST"])
def group_work(request, slug):
    """Show whose turn it is, the table's notes and the form; take a note.

    A script that asks for JSON gets {"saved": id}, or 409 with {"errors": {field: [message]}}.
    """
    work = group_work_or_404(request, slug)
    seat = seat_of(request.user, work.forum)
    refuse_unless(seat or may_lead(request.user, work.forum))
    if request.method == "POST":
        refuse_unless(seat)
        form = NoteForm(request.POST, group_work=work, suggestions=suggestions_for(work))
        note = form.save(seat=seat, by=request.user) if form.is_valid() else None
        if note or _wants_json(request):
            return _answer(request, work, form, note)
        status = 409
    else:
        form = NoteForm(group_work=work, suggestions=suggestions_for(work), note=_note_to_edit(request, work))
        status = 200
    context = {"form": form, **_room(request, work, seat), "may_lead": may_lead(request.user, work.forum)}
    return render(request, "forums/group_work.html", context, status=status)


@require_safe
def group_work_data(request, slug):
    """The part of the page that follows the room; every phone in it asks again and again.

    Whoever holds a seat may find the forum, so that the seat alone need be looked for.
    """
    seats = seats_of(request.user).select_related("forum__group_work")
    seat = seats.filter(forum__slug=slug, forum__group_work__isnull=False).first()
    work = seat.forum.group_work if seat else group_work_to_lead(request, slug)
    stamp = stamp_of_table(work, seat and seat.table_id, own_notes(request, work.forum))
    return unless_seen(
        request, stamp, lambda: render(request, "forums/parts/room.html", _room(request, work, seat))
    )


def _wants_json(request):
    return request.headers.get("Accept") == "application/json"


def _answer(request, work, form, note):
    """Tell what became of the note, to a script or to a person."""
    if note is None:
        return JsonResponse({"errors": form.errors.get_json_data()}, status=409)
    if _wants_json(request):
        response = JsonResponse({"saved": str(note.pk)})
    else:
        messages.success(request, _("Your note is saved."))
        response = redirect("forums:group_work", slug=work.forum.slug)
    remember_note(request, response, work.forum, note.pk)
    return response


def _note_to_edit(request, work):
    """The note of this browser that `?andra=<place in its list>` names, or None."""
    mine = {str(place): pk for place, pk in enumerate(own_notes(request, work.forum), start=1)}
    pk = mine.get(request.GET.get("andra"))
    return Note.objects.shown().of_forum(work.forum).filter(pk=pk).first() if pk else None


def _room(request, work, seat):
    """Whose turn it is, and the notes of the reader's own table, with the reader's own marked."""
    notes = list(notes_of(work).filter(table=seat.table)) if seat else []
    places = {pk: place for place, pk in enumerate(own_notes(request, work.forum), start=1)}
    for note in notes:
        note.own_place = places.get(note.pk)
    return {
        "forum": work.forum,
        "work": work,
        "round": (current := work.current_round),
        "seat": seat,
        "my_turn": bool(seat and current and current.side in ("", seat.side)),
        "notes": notes,
    }
