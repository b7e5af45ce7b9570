"""Running a forum: announcing it, following the answers, seating, calling it off."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forums import announcing, seating
from forums.announcing import CannotAnnounce, people_to_invite
from forums.models import Registration
from forums.registering import pass_on
from forums.seating import CannotSeat
from forums.views.fetching import forum_to_organise


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
    people = people_to_invite(forum).with_assignments()
    return render(request, "forums/announce.html", {"forum": forum, "people": people, "part": "announce"})


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
    """Show the answers by state and side, those who have not answered, and who sits where."""
    forum = forum_to_organise(request, slug)
    pass_on(forum)
    answers = forum.registrations.select_related("person", "table").by_name()
    unanswered = forum.invitations.unanswered().select_related("person").order_by("person__sort_name")
    context = {
        "forum": forum,
        "groups": [
            (state, [answer for answer in answers if answer.state == state]) for state in Registration.State
        ],
        "counts": Registration.counts_by_side(answers),
        "unanswered": unanswered,
        "newcomers": people_to_invite(forum).count() if forum.is_open_for_answers else 0,
        "tables": forum.tables.all(),
        "part": "participants",
    }
    return render(request, "forums/participants.html", context)


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
    number = request.POST.get("table", "")
    tables = {"": None} | {str(table.number): table for table in forum.tables.all()}
    if number not in tables:
        raise Http404
    try:
        seating.move(registration, table=tables[number], by=request.user)
    except CannotSeat as refusal:
        messages.error(request, str(refusal))
    return redirect("forums:participants", slug=forum.slug)
