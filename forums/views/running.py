"""Running a forum: announcing it, following the answers, seating, calling it off."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Person
from forums import announcing, seating
from forums.announcing import CannotAnnounce, figures_of_invited, people_to_invite
from forums.forms.seating import MoveForm
from forums.models import Registration
from forums.registering import pass_on
from forums.seating import CannotSeat
from forums.views.fetching import forum_to_organise

# Names on a page that shows several lists, and people on a page of one.
NAMES_SHOWN = 50
PEOPLE_ON_PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
def announce(request, slug):
    """Show who will be invited, and on POST invite them."""
    forum = forum_to_organise(request, slug)
    if request.method == "POST":
        try:
            announcing.announce(forum, by=request.user)
        except CannotAnnounce as refusal:
            messages.error(request, str(refusal))
            return redirect("forums:announce", slug=forum.slug)
        messages.success(request, _("The forum is announced and the invitations are on their way."))
        return redirect("forums:participants", slug=forum.slug)
    people = people_to_invite(forum)
    figures = figures_of_invited(forum, people)
    context = {
        "forum": forum,
        "people": people.with_assignments()[:NAMES_SHOWN],
        "more": max(0, figures["people"] - NAMES_SHOWN),
        "figures": figures,
        "part": "announce",
    }
    return render(request, "forums/announce.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def call_off(request, slug):
    """Ask once more, and on POST call the forum off and tell everybody."""
    forum = forum_to_organise(request, slug)
    if request.method == "POST":
        try:
            announcing.call_off(forum, by=request.user)
        except CannotAnnounce as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The forum is called off, and those concerned are told by mail."))
        return redirect("forums:forum", slug=forum.slug)
    told = forum.people_concerned().count()
    return render(request, "forums/call_off.html", {"forum": forum, "told": told})


@require_POST
def invite_newcomers(request, slug):
    """Invite those who have joined the audience since the forum was announced."""
    forum = forum_to_organise(request, slug)
    try:
        count = announcing.invite_newcomers(forum, by=request.user)
    except CannotAnnounce as refusal:
        messages.error(request, str(refusal))
    else:
        words = ngettext("%(count)s person was invited.", "%(count)s people were invited.", count)
        messages.success(request, words % {"count": count})
    return redirect("forums:participants", slug=forum.slug)


@require_safe
def participants(request, slug):
    """Show who has answered what and who sits where: some of each answer, or all with one (`?answer=`)."""
    forum = forum_to_organise(request, slug)
    pass_on(forum)
    search, only = request.GET.get("q", "").strip(), request.GET.get("answer", "")
    lists = _answers_by_state(forum, search)
    lists = [each for each in lists if each[0] == only] or lists
    whole = len(lists) == 1
    size, number = (PEOPLE_ON_PAGE, request.GET.get("page")) if whole else (NAMES_SHOWN, 1)
    context = {
        "forum": forum,
        "groups": [(key, label, Paginator(rows, size).get_page(number)) for key, label, rows in lists],
        "whole": whole,
        "search": search,
        "counts": Registration.counts_by_side(forum.registrations.all()),
        "newcomers": people_to_invite(forum).count() if forum.is_open_for_answers else 0,
        "tables": forum.tables.count(),
        "part": "participants",
    }
    return render(request, "forums/participants.html", context)


def _answers_by_state(forum, search):
    """Triples of (key, label, QuerySet by name) for every answer, and last for those who gave none."""
    answers = forum.registrations.select_related("person", "table").by_name()
    meant = Person.objects.in_audience(forum.audience)
    silent = forum.invitations.unanswered().filter(person__in=meant).select_related("person")
    silent = silent.order_by("person__sort_name", "person_id")
    if search:
        found = Person.objects.named(search).values("pk")
        answers, silent = answers.filter(person__in=found), silent.filter(person__in=found)
    by_state = [(state.value, state.label, answers.filter(state=state)) for state in Registration.State]
    return [*by_state, ("unanswered", _("not answered"), silent)]


@require_POST
def seat(request, slug):
    """Deal the registered to the tables by turns."""
    forum = forum_to_organise(request, slug)
    try:
        seated = seating.seat_by_turns(forum, by=request.user)
    except CannotSeat as refusal:
        messages.error(request, str(refusal))
    else:
        words = ngettext("%(count)s person has a table.", "%(count)s people have a table.", seated)
        messages.success(request, words % {"count": seated})
    return redirect("forums:participants", slug=forum.slug)


@require_POST
def move(request, slug, pk):
    """Move one participant to another table, or from the tables."""
    forum = forum_to_organise(request, slug)
    registration = get_object_or_404(forum.registrations, pk=pk)
    form = MoveForm(request.POST, forum=forum)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["table"]))
        return _back_to_participants(request, forum)
    try:
        seating.move(registration, table=form.cleaned_data["table"], by=request.user)
    except CannotSeat as refusal:
        messages.error(request, str(refusal))
    return _back_to_participants(request, forum)


def _back_to_participants(request, forum):
    """The list as it was sorted out: what it showed is in the address of the button."""
    address = reverse("forums:participants", args=[forum.slug])
    return redirect(f"{address}?{request.GET.urlencode()}" if request.GET else address)
