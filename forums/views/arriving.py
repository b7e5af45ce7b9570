"""At the door: checking people in, by their code or by name."""

import hashlib
import json

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Person
from accounts.refusals import Refusal
from forums.apportioning import full_for
from forums.arriving import CannotCheckIn, check_in, moment_at_door, take_back_arrival
from forums.discerning import told_apart
from forums.forms.arrivals import ArrivalForm
from forums.models import Forum, Table
from forums.overruling import NoSeatToGive
from forums.views.codes import qr_for_door
from forums.views.fetching import forum_to_organise
from forums.views.group_works import unless_seen
from forums.welcoming import welcome

NAMES_SHOWN = 30  # as many as check-in.js shows
NAME = ("person__given_name", "person__family_name")


@require_http_methods(["GET", "HEAD", "POST"])
def door(request, slug):
    """Show who has come, find somebody by name (`?namn=`) or code (`?kod=`), and on POST check them in.

    A script that asks for JSON gets {"name", "table", "at", "before"}, or 409 with {"error": words}.
    """
    forum = forum_to_organise(request, slug)
    form = ArrivalForm(request.POST or None, forum=forum)
    if request.method == "POST":
        return _tell(request, forum, _let_in(request, form))
    search = request.GET.get("namn", "").strip()
    expected = forum.registrations.in_the_room()
    found, others = _named(search, expected), _named(search, forum.registrations.outside_the_room())
    invited = _invited(search, forum)
    _tell_apart([row.person for row in (*found, *others, *invited)])
    context = {
        "forum": forum,
        "search": search,
        "shown_code": request.GET.get("kod", ""),
        "found": found,
        "others": [(answer, *_outside(answer, forum)) for answer in others],
        "invited": _told_of_invited(invited, forum),
        "is_cut": any(len(some) == NAMES_SHOWN for some in (found, others, invited)),
        "closed": _why_closed(forum),
        "expected": expected.count(),
        "arrived": expected.arrived().count(),
        "part": "door",
    }
    return render(request, "forums/door.html", context)


def _named(search, answers):
    """The first of `answers` whose people have every word of `search` in their name; none for no word."""
    if not search:
        return []
    found = answers.filter(person__in=Person.objects.named(search).values("pk"))
    return _first_of(found.select_related("person", "table").by_name(), search)


def _invited(search, forum):
    """The invitations, not answered, of the first whose names `search` finds; none for no word."""
    if not search:
        return []
    found = forum.invitations.unanswered().filter(person__in=Person.objects.named(search).values("pk"))
    return _first_of(found.select_related("person").by_name(), search)


def _first_of(rows, search):
    """So many of `rows` as are shown. Whose names begin as `search` has it come first, as in check-in.js:
    "an" is in many a name, and at the door somebody writes how theirs begins."""
    words = search.casefold().split()

    def is_inside(row):
        name = f" {row.person.full_name.casefold().replace('-', ' ')}"
        return any(f" {word}" not in name for word in words)

    return sorted(rows, key=is_inside)[:NAMES_SHOWN]


def _tell_apart(people):
    """Give each `name_at_door`: there may be two of a name."""
    names = told_apart({person.pk: person.full_name for person in people})
    for person in people:
        person.name_at_door = names[person.pk]


def _told_of_invited(invitations, forum):
    """For each: (its person, why they cannot be let in by one press, where they are given a seat). The second
    is "" for those who can, the third None where the forum is over or called off.

    Whoever stands at the door arranges the forum, and so may give seats past the quotas too.
    """
    people = [invitation.person for invitation in invitations]
    if not forum.is_announced or forum.is_past:
        return [(person, _("nobody more is given a seat"), None) for person in people]
    full, address = full_for(forum, [person.pk for person in people]), _address_of_seats(forum)
    return [
        (person, _full(forum, full[person.pk]) if person.pk in full else "", f"{address}{person.pk}")
        for person in people
    ]


def _full(forum, quota):
    """In words, which seats there are none left of: those of `quota`, those that none keeps, or all."""
    if quota is not None:
        return _("the quota is full: %(quota)s") % {"quota": quota}
    return _("the seats that no quota keeps are taken") if forum.has_quotas else _("the room is full")


def _why_closed(forum):
    """When the door opens, or closed; "" while it is open."""
    try:
        moment_at_door(forum)
    except CannotCheckIn as refusal:
        return str(refusal)
    return ""


def _outside(answer, forum):
    """(what somebody who is not expected in the room has answered, where they are given a seat or None)."""
    answer.forum = forum
    words = answer.get_state_display()
    if answer.takes_part:
        words = f"{words}, {answer.get_mode_display()}"
    if not answer.may_be_given_seat:
        return words, None
    return words, f"{_address_of_seats(forum)}{answer.person_id}"


def _address_of_seats(forum):
    """Where somebody is given a seat, up to their number."""
    return f"{reverse('forums:give_seat', args=[forum.slug])}?person="


def _tell(request, forum, told):
    """Answer a script with JSON, a person with a message."""
    refused = "error" in told
    if request.headers.get("Accept") == "application/json":
        return JsonResponse(told, status=409 if refused else 200)
    say = messages.error if refused else messages.success
    say(request, told["error"] if refused else told["words"])
    return redirect(told.get("seats") or reverse("forums:door", args=[forum.slug]))


def _let_in(request, form):
    """Check the one that the form names in, or (`do=undo`) out; returns what to tell. Where there was no seat
    for them, "seats" is where they are given one."""
    if not form.is_valid():
        return {"error": " ".join(message for errors in form.errors.values() for message in errors)}
    answer, at = form.cleaned_data.get("registration"), form.cleaned_data["at"]
    if form.cleaned_data["undo"]:
        return _take_back(answer, by=request.user)
    try:
        if answer:
            at, before = check_in(answer, by=request.user, at=at)
        else:
            answer, at, before = welcome(
                form.cleaned_data["invited"], forum=form.forum, by=request.user, at=at
            )
    except NoSeatToGive as refusal:
        address = f"{_address_of_seats(form.forum)}{form.cleaned_data['invited'].pk}"
        return {"error": str(refusal), "seats": address}
    except Refusal as refusal:
        return {"error": str(refusal)}
    return _told_of(answer, _clock(at), before=before)


def _take_back(answer, *, by):
    """Check somebody out; `invited` is there for those who were let in, as `expected` tells of them."""
    pk, person = answer.pk, answer.person
    told = {"id": pk, "name": person.full_name, "at": None}
    if take_back_arrival(answer, by=by):
        words = _("%(name)s is no longer checked in and has no seat: invited, has not answered.")
        told["invited"] = [person.pk, person.full_name, "", None]
    else:
        words = _("%(name)s is no longer checked in.")
    return {**told, "words": words % {"name": person.full_name}}


def _told_of(answer, at, *, before):
    """What the door says of somebody who came at `at` (a clock time): `words`, and their parts."""
    words = (
        _("%(name)s was checked in already, at %(time)s.")
        if before
        else _("%(name)s is checked in, at %(time)s.")
    )
    words = words % {"name": answer.person.full_name, "time": at}
    return {
        "id": answer.pk,
        "name": answer.person.full_name,
        "table": answer.table and str(answer.table),
        "at": at,
        "before": before,
        "words": f"{words} {answer.table}." if answer.table else words,
    }


def _clock(moment):
    return time_format(timezone.localtime(moment))


@require_safe
def expected(request, slug):
    """Everyone who has answered, as JSON.

    Those expected in the room are "people": [[id, name, "Table 3" or null, "09.02" or null]], and the rest
    "others": [[id, name, what they answered, where they are given a seat or null]]. Who was invited and has
    not answered is in "invited": [[number of the person, name, "" or why they cannot be let in, where they
    are given a seat or null]].
    """
    forum = forum_to_organise(request, slug)
    rows = forum.registrations.in_the_room().by_name()
    rows = rows.values_list("pk", "person_id", *NAME, "table__number", "table__name", "arrived_at")
    rest = forum.registrations.outside_the_room().select_related("person").by_name()
    unanswered = forum.invitations.unanswered().select_related("person").by_name()
    names = {person: f"{given} {family}" for _pk, person, given, family, *_where in rows}
    names = told_apart(names | {row.person_id: row.person.full_name for row in (*rest, *unanswered)})
    people = [
        [pk, names[person], number and str(Table(number=number, name=name)), at and _clock(at)]
        for pk, person, _given, _family, number, name, at in rows
    ]
    others = [[answer.pk, names[answer.person_id], *_outside(answer, forum)] for answer in rest]
    invited = [
        [person.pk, names[person.pk], why, address]
        for person, why, address in _told_of_invited(unanswered, forum)
    ]
    told = {"people": people, "others": others, "invited": invited}
    stamp = hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]
    return unless_seen(request, stamp, lambda: JsonResponse(told))


@require_safe
def my_code(request, slug):
    """The reader's own code, large, to show at the door. The reminder leads here: whoever has no seat in the
    room any more reads on the page of their answer what holds."""
    forum = get_object_or_404(Forum.objects.visible_to(request.user).announced(), slug=slug)
    answers = forum.registrations.of(request.user)
    answer = answers.in_the_room().select_related("table").first()
    if answer is None and answers.exists():
        return redirect("forums:registration", slug=slug)
    if answer is None:
        raise Http404
    return render(
        request, "forums/my_code.html", {"forum": forum, "answer": answer, "qr": qr_for_door(answer, forum)}
    )


@require_safe
def badges(request, slug):
    """The badges of everyone who is expected in the room, to print: name, post, table and code."""
    forum = forum_to_organise(request, slug)
    answers = forum.registrations.in_the_room().for_seat_plan()
    made = [(answer, qr_for_door(answer, forum)) for answer in answers]
    return render(request, "forums/badges.html", {"forum": forum, "badges": made, "part": "badges"})
