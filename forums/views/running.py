"""Running a forum: announcing it, following the answers, calling it off."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Mail, Person
from forums import announcing
from forums.announcing import CannotAnnounce, figures_of_invited, newcomers_to, people_to_invite
from forums.apportioning import figures_of_seats
from forums.circulating import who_have_heard_of
from forums.mails import CALLED, about_of
from forums.models import Registration
from forums.registering import pass_on
from forums.views.fetching import forum_to_organise
from forums.views.listing import NAMES_SHOWN, FirstOf

# People on a page that shows one list; of several the first NAMES_SHOWN of each.
PEOPLE_ON_PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
def announce(request, slug):
    """Show who will be invited, all of them or those found by `?q=`, and on POST invite them."""
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
    search = request.GET.get("q", "").strip()
    shown = people.named(search) if search else people
    context = {
        "forum": forum,
        "page": Paginator(shown.with_assignments(), PEOPLE_ON_PAGE).get_page(request.GET.get("page")),
        "search": search,
        "figures": figures_of_invited(forum, people),
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
    told = who_have_heard_of(forum, forum.people_concerned()).count()
    return render(request, "forums/call_off.html", {"forum": forum, "told": told, "part": "facts"})


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
    groups = [(key, label, Paginator(rows, size).get_page(number)) for key, label, rows in lists]
    counts = Registration.counts_by_side(forum.registrations.all())
    _tell_of_mails(forum, [row for _key, _label, page in groups for row in page])
    context = {
        "forum": forum,
        "groups": groups,
        "failed": FirstOf.these(Mail.objects.about(about_of(forum)).failed().select_related("to")),
        "whole": whole,
        "answer": lists[0][0] if whole else "",
        "search": search,
        "counts": counts,
        "has_guests": any(guests for *_sides, guests in counts),
        "seat_figures": figures_of_seats(forum) if forum.has_quotas else [],
        "newcomers": FirstOf.these(newcomers_to(forum).with_assignments()),
        "tables": forum.tables.count(),
        "part": "participants",
    }
    return render(request, "forums/participants.html", context)


def _answers_by_state(forum, search):
    """Triples of (key, label, QuerySet by name) for every answer, and last for those who gave none."""
    answers = forum.registrations.select_related("person", "table", "deputy_for").by_name()
    silent = forum.unanswered_invitations()
    if search:
        found = Person.objects.named(search).values("pk")
        answers, silent = answers.filter(person__in=found), silent.filter(person__in=found)
    rows = {state: answers.filter(state=state) for state in Registration.State}
    rows[Registration.State.WAITING] = answers.waiting()  # in the order of the queue
    by_state = [(state.value, state.label, rows[state]) for state in rows]
    return [*by_state, ("unanswered", _("not answered"), silent)]


def _tell_of_mails(forum, rows):
    """Give each answer or invitation `told`: what its person's latest mail is called, and the Mail."""
    latest = Mail.objects.about(about_of(forum)).latest_to([row.person_id for row in rows])
    for row in rows:
        mail = latest.get(row.person_id)
        row.told = mail and (CALLED.get(mail.event, mail.event), mail)
