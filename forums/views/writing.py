"""Writing notes at a table."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Prepared
from forums.following import table_topic
from forums.forms.notes import NoteForm, save_notes
from forums.models import Note
from forums.permissions import has_no_table_yet, may_lead, seats_of
from forums.showing import notes_at
from forums.stamping import stamp_of_table
from forums.suggesting import options_of, stamp_of, suggestions_for
from forums.views.fetching import refuse_unless
from forums.views.group_works import group_work_or_404, stream_for, unless_seen
from forums.views.own_notes import own_notes, remember_notes

HELD = gettext_lazy(
    "Your note is saved. A word in it makes those who lead look at it before it is shown. You may change it."
)
SIZES = {str(size): size for size in range(1, 21)}  # of what is sent at once; also in static/js/unsent.js
# A seat, its table and the group work of the forum whose slug is the text: asked for every note.
SEATS = Prepared(
    lambda user, at, *, text: (
        seats_of(user)
        .filter(forum__slug=text, forum__group_work__isnull=False)
        .select_related("forum__unit", "forum__group_work")
    ),
    by_side=True,
)


@require_http_methods(["GET", "HEAD", "POST"])
def group_work(request, slug):
    """Show whose turn it is, the table's notes and the form; take a note.

    A script that asks for JSON gets {"saved": id, "held": bool}, or 409 with {"errors": {field: [message]},
    "theirs": {"revision", "text", "keywords"} where the note has been saved elsewhere, else None}. One that
    sends several, each field with the place of its note before it ("0-text"), says how many as "notes", and
    gets {"notes": [one or the other of these for each]}, or 400 where it isn't to be understood.
    """
    seat, work = _seat_and_work(request, slug)
    if not seat and request.method != "POST" and has_no_table_yet(request.user, work.forum):
        return redirect("forums:choose_table", slug=slug)
    words = partial(suggestions_for, work)
    if request.method == "POST":
        refuse_unless(seat)
        if "notes" in request.POST:
            return _take_several(request, work, seat)
        form = NoteForm(request.POST, questions=work.asked(), suggestions=words)
        note = form.save(seat=seat, by=request.user)
        if note or _wants_json(request):
            return _answer(request, work, form, note)
        status = 409
    else:
        form = NoteForm(questions=work.asked(), suggestions=words, note=_note_to_edit(request, work))
        status = 200
    context = {"form": form, **_room(request, work, seat), "may_lead": may_lead(request.user, work.forum)}
    return render(request, "forums/group_work.html", context, status=status)


@require_safe
def group_work_data(request, slug):
    """The part of the page that follows the room; every phone in it asks when there is something new.

    Where nothing but the suggested words is new, they come alone and the part is left in peace: a phone
    without a stream asks all the time.
    """
    seat, work = _seat_and_work(request, slug)
    stamp = stamp_of_table(work, seat and seat.table_id, own_notes(request, work.forum))
    words = suggestions_for(work) if seat else []
    has_seen_the_room = f"{request.LANGUAGE_CODE}.{stamp}." in request.headers.get("If-None-Match", "")

    def render_what_is_new():
        if has_seen_the_room:
            alone = {"seat": seat, "words": options_of(words)}
            response = render(request, "forums/parts/room_words.html", alone)
            response.headers["HX-Reswap"] = "none"
            return response
        context = {"words": options_of(words), **_room(request, work, seat)}
        return render(request, "forums/parts/room.html", context)

    return unless_seen(
        request,
        f"{stamp}.{stamp_of(words)}",
        render_what_is_new,
        topic=table_topic(work, seat and seat.table_id),
    )


def _seat_and_work(request, slug):
    """The reader's seat, and the group work; no seat for those who only lead it.

    Whoever holds a seat may find the forum, so that the seat alone need be looked for.
    """
    seat = SEATS.ask(request.user, text=slug)
    if seat:
        return seat[0], seat[0].forum.group_work
    work = group_work_or_404(request, slug)
    refuse_unless(may_lead(request.user, work.forum) or has_no_table_yet(request.user, work.forum))
    return None, work


def _wants_json(request):
    return request.headers.get("Accept") == "application/json"


def _take_several(request, work, seat):
    """Take what a browser has kept, all at once: each note is saved or refused by itself."""
    number = SIZES.get(request.POST["notes"], 0)
    questions = work.asked()
    forms = [NoteForm(request.POST, prefix=str(place), questions=questions) for place in range(number)]
    ids = [form.cleaned_data["note_id"] for form in forms if form.is_valid()]
    if not forms or len(set(ids)) < len(ids):
        return HttpResponseBadRequest()
    notes = save_notes(forms, seat=seat, by=request.user)
    response = JsonResponse({"notes": [_told(form, note) for form, note in zip(forms, notes, strict=True)]})
    remember_notes(request, response, work.forum, [note.pk for note in notes if note])
    return response


def _answer(request, work, form, note):
    """Tell what became of the note, to a script or to a person."""
    if note is None:
        return JsonResponse(_told(form, note), status=409)
    if _wants_json(request):
        response = JsonResponse(_told(form, note))
    else:
        messages.success(request, HELD if note.is_held else _("Your note is saved."))
        response = redirect("forums:group_work", slug=work.forum.slug)
    remember_notes(request, response, work.forum, [note.pk])
    return response


def _told(form, note):
    if note is None:
        return {"errors": form.errors.get_json_data(), "theirs": _as_json(form.theirs)}
    return {"saved": str(note.pk), "held": note.is_held}


def _as_json(note):
    words = [str(mention) for mention in note.mentions.select_related("term")] if note else []
    return note and {"revision": note.revision, "text": note.text, "keywords": words}


def _note_to_edit(request, work):
    """The note of this browser that `?andra=<place in its list>` names, or None."""
    mine = {str(place): pk for place, pk in enumerate(own_notes(request, work.forum), start=1)}
    pk = mine.get(request.GET.get("andra"))
    return Note.objects.shown_or_held([pk]).of_group_work(work).filter(pk=pk).first() if pk else None


def _room(request, work, seat):
    """Whose turn it is, and the notes of the reader's own table, with the reader's own marked."""
    places = {pk: place for place, pk in enumerate(own_notes(request, work.forum), start=1)}
    whole = "alla" in request.GET
    notes, in_all = notes_at(seat.table, work, own=places, whole=whole) if seat else ([], 0)
    for note in notes:
        note.own_place = places.get(note.pk)
    current = work.current_round
    my_turn = bool(seat and current and current.side in ("", seat.side))
    return {
        "forum": work.forum,
        "work": work,
        "round": current,
        "seat": seat,
        "stream": stream_for(request, table_topic(work, seat and seat.table_id)),
        "my_turn": my_turn,
        "may_mend": my_turn or (work.state == work.State.OPEN and work.dots_opened_at is None),
        "notes": notes,
        "notes_in_all": in_all,
        "whole": whole,
    }
