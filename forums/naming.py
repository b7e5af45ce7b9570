"""Naming people one by one, beside a forum's audience: also invited, left out, or guests from outside.

Naming somebody writes to nobody. Who is named before the forum is announced is invited with the rest;
who is named later is a newcomer, invited by the same one click (`announcing.invite_newcomers`).
"""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enrolling import enrol_guest
from accounts.mailing import may_be_told_again, queue_mails
from accounts.recording import record
from accounts.refusals import Refusal
from forums import mails
from forums.circulating import invitation_key
from forums.deputising import take_back as take_back_place
from forums.models import NamedPerson, Registration
from forums.queueing import hold, leave, settle

Kind = NamedPerson.Kind


class CannotName(Refusal):
    """The person cannot be named so. The message is for the organiser."""

    field = "people"


class InAudience(CannotName):
    message = _("%(name)s is in the audience already.")


class NotMeant(CannotName):
    message = _("%(name)s is not among those who are invited.")


class WorksHere(CannotName):
    message, field = _("%(name)s works here, so name the person above instead."), "email"


class ForumOver(CannotName):
    message = _("The forum is over, so nobody more is invited.")


@transaction.atomic
def name_people(forum, people, *, left_out, by):
    """`leave_out` or `invite_also` for several at once, all or none; returns the people.

    Raises:
        what the two raise.
    """
    verb = leave_out if left_out else invite_also
    for person in people:
        verb(forum, person, by=by)
    return people


@transaction.atomic
def invite_also(forum, person, *, by):
    """Let `person` be meant beside the audience; somebody who was left out is no longer so.

    Done twice, it is done once. Returns the NamedPerson, or None where the audience is enough again.

    Raises:
        InAudience, ForumOver.
    """
    forum = _hold_coming(forum)
    named = forum.named.of(person).first()
    if named and named.kind == Kind.LEFT_OUT:
        return _forget(named, forum, by)
    if named:
        return named
    if forum.people_meant().filter(pk=person.pk).exists():
        raise InAudience(InAudience.message % {"name": person})
    return _name(forum, person, Kind.ALSO, by)


@transaction.atomic
def leave_out(forum, person, *, by):
    """Leave `person` out: an invitation is withdrawn, and a seat goes to the queue. Also somebody who is not
    meant any more, and has kept a seat.

    Done twice, it is done once. Returns the NamedPerson, or None where the person was only named.

    Raises:
        NotMeant, ForumOver.
    """
    forum = _hold_coming(forum)
    named = forum.named.of(person).first()
    if named and named.kind == Kind.LEFT_OUT:
        return named
    is_meant = forum.people_meant().filter(pk=person.pk).exists()
    has_seat = forum.registrations.live().of(person).exists()
    if not (is_meant or has_seat):
        raise NotMeant(NotMeant.message % {"name": person})
    if named:
        _forget(named, forum, by)
    left_out = None
    if not is_meant or forum.people_meant().filter(pk=person.pk).exists():
        left_out = _name(forum, person, Kind.LEFT_OUT, by)
    _withdraw(forum, person, by)
    return left_out


@transaction.atomic
def invite_guest(forum, *, email, given_name, family_name, language, by):
    """Let somebody from outside be invited, to answer by a link of their own; return the NamedPerson.

    Done twice, it is done once.

    Raises:
        WorksHere: somebody in service has this address.
        ForumOver.
    """
    forum = _hold_coming(forum)
    person = enrol_guest(
        email=email, given_name=given_name, family_name=family_name, language=language, by=by
    )
    if person.reach.in_service:
        raise WorksHere(WorksHere.message % {"name": person})
    return forum.named.of(person).first() or _name(forum, person, Kind.GUEST, by)


@transaction.atomic
def invite_guests(forum, guests, *, by):
    """`invite_guest` for several at once, all or none; returns how many were not on the list before.

    Args:
        guests: dicts with the facts that `invite_guest` takes.

    Raises:
        what it raises.
    """
    before = forum.named.guests().count()
    for facts in guests:
        invite_guest(forum, **facts, by=by)
    return forum.named.guests().count() - before


@transaction.atomic
def take_back(named, *, by):
    """Undo a naming. Whom nothing else means any more loses the invitation, the seat and the link."""
    forum = _hold_coming(named.forum)
    named = forum.named.filter(pk=named.pk).select_related("person").first()
    if named is None:
        return
    _forget(named, forum, by)
    if not forum.people_meant().filter(pk=named.person_id).exists():
        _withdraw(forum, named.person, by)


@transaction.atomic
def change_link(named, *, by):
    """Give a guest another link, by mail where the forum is announced; the one before opens nothing more."""
    forum = _hold_coming(named.forum)
    named.key = uuid.uuid4()
    named.save(update_fields=["key"])
    record("guest.link_changed", about=forum, by=by, person=named.person_id)
    if forum.is_announced and forum.invitations.filter(person=named.person_id).exists():
        mails.guest_link(forum, named.person, key=f"guest-link:{named.key}")
    return named


def _hold_coming(forum):
    forum = hold(forum)
    if forum.is_past:
        raise ForumOver
    return forum


def _name(forum, person, kind, by):
    named = forum.named.create(person=person, kind=kind)
    record(f"forum.named_{kind}", about=forum, by=by, person=person.pk)
    return named


def _forget(named, forum, by):
    named.delete()
    record("forum.naming_undone", about=forum, by=by, person=named.person_id, kind=named.kind)


def _withdraw(forum, person, by):
    """Take the invitation and a seat from somebody; the entry leaves their calendar.

    Told are those who count on the forum: who is invited, who has a place without an invitation of their own
    (a deputy), and who has sent somebody and calls the place theirs.
    """
    answer = Registration.objects.of(person).filter(forum=forum).select_related("person").first()
    counts_on_it = forum.invitations.standing().filter(person=person).exists()
    counts_on_it = counts_on_it or (answer is not None and (answer.is_live or answer.sends_deputy))
    if answer and answer.sends_deputy:
        take_back_place(answer, forum, by=by)
    if answer and answer.is_live:
        leave(answer, forum, Registration.State.CANCELLED)
    forum.invitations.filter(person=person).delete()
    if counts_on_it and forum.is_announced:
        moment = mails.microseconds(timezone.now())
        mails.let_go(forum, [person.pk])
        queue_mails([mails.invitation_withdrawn(forum, person, moment=moment)])
        may_be_told_again(invitation_key(forum, person.pk))
    settle(forum)
