"""Who is invited: the audience, and the people named beside it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from forums import naming
from forums.announcing import CannotAnnounce, figures_of_invited, newcomers_to
from forums.forms.guests import GuestsForm
from forums.forms.naming import GuestForm, NamePeopleForm
from forums.models import NamedPerson
from forums.naming import CannotName
from forums.views.fetching import forum_to_organise
from forums.views.listing import FirstOf
from forums.views.telling import told_of_withdrawal
from forums.withdrawing import people_to_withdraw_from, people_who_keep_a_seat, withdraw_invitations


@require_http_methods(["GET", "HEAD", "POST"])
def invited(request, slug):
    """Show whom the audience means and who is named beside it; POST names people of the portal."""
    forum = forum_to_organise(request, slug)
    form = NamePeopleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            count = _name(forum, form, request.user)
        except CannotName as refusal:
            _say(request, forum, form, refusal)
        else:
            words = ngettext("%(count)s person is named.", "%(count)s people are named.", count)
            messages.success(request, words % {"count": count})
            return redirect("forums:invited", slug=slug)
    return _page(request, forum, people_form=form)


@require_POST
def add_guest(request, slug):
    """Name a guest from outside."""
    forum = forum_to_organise(request, slug)
    form = GuestForm(request.POST)
    if form.is_valid():
        try:
            naming.invite_guest(forum, **form.cleaned_data, by=request.user)
        except CannotName as refusal:
            _say(request, forum, form, refusal)
        else:
            messages.success(request, _("The guest is on the list."))
            return redirect("forums:invited", slug=slug)
    return _page(request, forum, guest_form=form)


@require_POST
def add_guests(request, slug):
    """Name many guests at once; none of them where a line is wrong."""
    forum = forum_to_organise(request, slug)
    form = GuestsForm(request.POST, auto_id="guests_%s")
    if form.is_valid():
        try:
            new = naming.invite_guests(forum, form.facts, by=request.user)
        except CannotName as refusal:
            _say(request, forum, form, refusal)
        else:
            messages.success(request, _said_of_guests(new, len(form.facts) - new))
            return redirect("forums:invited", slug=slug)
    return _page(request, forum, guests_form=form)


def _say(request, forum, form, refusal):
    """Say it in the form; at the top where the forum is over, and the page has no forms any more."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    if forum.is_past:
        messages.error(request, str(refusal))


def _said_of_guests(new, known):
    said = ngettext("%(count)s guest is new on the list.", "%(count)s guests are new on the list.", new)
    said %= {"count": new}
    if known:
        also = ngettext("%(count)s was there already.", "%(count)s were there already.", known)
        said = f"{said} {also % {'count': known}}"
    return said


@require_POST
def take_back(request, slug, pk):
    """Undo a naming. Done already, it stays done."""
    forum = forum_to_organise(request, slug)
    named = forum.named.filter(pk=pk).first()
    if named:
        return _try(request, forum, lambda: naming.take_back(named, by=request.user), _("It is taken back."))
    return redirect("forums:invited", slug=slug)


@require_POST
def change_link(request, slug, pk):
    """Make a guest's link worthless and send another."""
    forum = forum_to_organise(request, slug)
    guest = get_object_or_404(forum.named.guests(), pk=pk)
    said = _("The earlier link opens nothing more.")
    return _try(request, forum, lambda: naming.change_link(guest, by=request.user), said)


@require_POST
def withdraw(request, slug):
    """Take the invitation back from everyone who is not meant any more and has no seat."""
    forum = forum_to_organise(request, slug)
    try:
        count = withdraw_invitations(forum, by=request.user)
    except CannotAnnounce as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told_of_withdrawal(count))
    return redirect("forums:invited", slug=slug)


def _try(request, forum, verb, said):
    try:
        verb()
    except CannotName as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("forums:invited", slug=forum.slug)


def _name(forum, form, by):
    left_out = form.cleaned_data["kind"] == NamedPerson.Kind.LEFT_OUT
    return len(naming.name_people(forum, form.cleaned_data["people"], left_out=left_out, by=by))


def _left_behind(forum):
    """Who was invited and is not meant any more: how many have no seat, and the first who have one."""
    if not forum.is_announced or forum.is_past:
        return {}
    keeping = people_who_keep_a_seat(forum).order_by("sort_name", "pk")
    return {"to_withdraw": people_to_withdraw_from(forum).count(), "keeping": FirstOf.these(keeping)}


def _page(request, forum, *, people_form=None, guest_form=None, guests_form=None):
    refused = any(form and form.errors for form in (people_form, guest_form, guests_form))
    context = {
        "forum": forum,
        "people_form": people_form or NamePeopleForm(),
        "guest_form": guest_form or GuestForm(auto_id="guest_%s"),
        "guests_form": guests_form or GuestsForm(auto_id="guests_%s"),
        "named": forum.named.select_related("person"),
        "figures": figures_of_invited(forum, forum.people_meant()),
        "newcomers": FirstOf.these(newcomers_to(forum).with_assignments()),
        "part": "invited",
        **_left_behind(forum),
    }
    return render(request, "forums/invited.html", context, status=409 if refused else 200)
