"""Putting three dots on the notes."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from forums import prioritising
from forums.models import Dot, GroupWork, Note, ballot_of
from forums.permissions import may_lead, seat_of
from forums.ranking import people_told, priorities_of
from forums.showing import notes_of
from forums.shuffling import shuffled
from forums.views.fetching import refuse_unless
from forums.views.group_works import group_work_or_404
from forums.views.own_dots import dots_key, remember_key
from forums.views.telling import tells

NOTES_ON_PAGE = 30


@require_safe
def dots(request, slug):
    """The notes to choose among, one's own dots first and the rest in an order of one's own (decisions/0402):
    `?q=` finds those with a word, `?bord=eget` those of one's own group. Then the counts."""
    work, seat = _work_and_seat(request, slug)
    key = dots_key(request, work.forum)
    context = {"forum": work.forum, "work": work, "seat": seat, "most": Dot.MOST}
    if work.is_prioritising:
        context |= _choice(work, seat, key, request.GET)
    elif work.has_prioritised:
        context |= _counted(work, seat)
    response = render(request, "forums/dots.html", context)
    if work.is_prioritising:
        remember_key(request, response, work.forum, key)
    return response


@require_POST
def move_dot(request, slug, handle):
    """Put a dot on a note, or take it away: `to` is "put" or "take"."""
    work, seat = _work_and_seat(request, slug)
    refuse_unless(seat)
    note = get_object_or_404(_within(work, seat).with_handle(handle))
    key = dots_key(request, work.forum)
    verb, done = prioritising.put_dot, _("Your dot is put.")
    if request.POST.get("to") == "take":
        verb, done = prioritising.take_dot, _("The dot is yours to put again.")
    tells(request, lambda: verb(note, key=key, by=request.user), done)
    back = {name: request.GET[name] for name in ("q", "bord", "page") if name in request.GET}
    response = redirect(reverse("forums:dots", args=[slug]) + (f"?{urlencode(back)}" if back else ""))
    remember_key(request, response, work.forum, key)
    return response


def _work_and_seat(request, slug):
    """For those who sit at a table of the forum, and those who may read its notes."""
    work = group_work_or_404(request, slug)
    seat = seat_of(request.user, work.forum)
    refuse_unless(seat or may_lead(request.user, work.forum))
    return work, seat


def _within(work, seat):
    """The notes that may get a dot from that seat."""
    notes = Note.objects.shown().of_group_work(work)
    of_table = work.dots_on == GroupWork.Scope.TABLE and seat
    return notes.filter(table=seat.table_id) if of_table else notes


def _choice(work, seat, key, asked):
    mine = work.dots.of_ballot(ballot_of(key)).on_shown_notes()
    chosen = set(mine.values_list("note_id", flat=True)) if seat else set()
    search = asked.get("q", "").replace("\0", "").strip()[:80]
    only_own = bool(seat) and asked.get("bord") == "eget"
    others = _within(work, seat).exclude(pk__in=chosen)
    others = others.filter(table=seat.table_id) if only_own else others
    others = others.with_word(search) if search else others
    page = Paginator(shuffled(others, key=key), NOTES_ON_PAGE).get_page(asked.get("page"))
    notes = notes_of(work, Note.objects.filter(pk__in=page.object_list)).in_bulk()
    page.object_list = [notes[pk] for pk in page.object_list if pk in notes]
    return {
        "mine": notes_of(work, Note.objects.filter(pk__in=chosen)).order_by("table__number", "pk"),
        "left": Dot.MOST - len(chosen),
        "page": page,
        "search": search,
        "only_own": only_own,
    }


def _counted(work, seat):
    """What got most dots and how many people put any, where so many did that it may be told: of the room, or
    of one's own group where each chose among its own."""
    if work.is_thinned:
        priorities = priorities_of(work)
        return {"people": priorities and priorities["people"], "ranked": []}
    group = seat.table_id if seat and work.dots_on == GroupWork.Scope.TABLE else None
    people = people_told(work, group=group)
    ranked = Note.objects.priorities_of(work)
    ranked = ranked.filter(table=group) if group else ranked
    return {"people": people, "ranked": people and ranked.prefetch_related("mentions__term")[:NOTES_ON_PAGE]}
