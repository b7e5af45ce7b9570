"""Withdrawing: taking the invitation back from people who are not meant any more.

The audience has become another, or they have left it. Whoever holds a seat, or the offer of one, keeps it and
stays invited until the organiser leaves them out by name (decisions/0430).
"""

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from accounts.mailing import may_be_told_again, queue_mails
from accounts.models import Person
from accounts.recording import record
from forums import mails
from forums.announcing import AlreadyPast, NotAnnounced
from forums.circulating import AT_A_TIME, invitation_key
from forums.models import Forum, Registration
from forums.queueing import hold, leave, settle


def people_to_withdraw_from(forum, posts=None):
    """The people who hold an invitation, are not meant and have no seat, nor wait for one as a deputy.

    Args:
        posts: as `Forum.people_meant` takes them.
    """
    deputies = forum.registrations.deputies().values("person_id")
    held = forum.registrations.holding().values("person_id")
    return _invited_but_not_meant(forum, posts).exclude(pk__in=held).exclude(pk__in=deputies)


def people_who_keep_a_seat(forum, posts=None):
    """The people who hold an invitation and a seat, or the offer of one, and are not meant."""
    held = forum.registrations.holding().values("person_id")
    return _invited_but_not_meant(forum, posts).filter(pk__in=held)


@transaction.atomic
def withdraw_invitations(forum, *, by):
    """Take the invitation back from `people_to_withdraw_from`; a place in the queue is given up. They are
    told by mail, once, and the entry leaves their calendars. Done twice, it is done once.

    Returns how many they were.

    Raises:
        NotAnnounced, AlreadyPast.
    """
    forum = hold(forum)
    if not forum.is_announced:
        raise NotAnnounced
    if forum.is_past:
        raise AlreadyPast
    people = list(people_to_withdraw_from(forum).order_by("pk").values_list("pk", flat=True))
    if not people:
        return 0
    for answer in forum.registrations.waiting().filter(person__in=people).select_related("person"):
        leave(answer, forum, Registration.State.CANCELLED)
    forum.invitations.filter(person__in=people).delete()
    may_be_told_again(*(invitation_key(forum, person) for person in people))
    record("forum.invitations_withdrawn", about=forum, by=by, people=len(people))
    tell_withdrawn.enqueue(forum.pk, people, mails.microseconds(timezone.now()))
    settle(forum)
    return len(people)


@task()
def tell_withdrawn(forum_id, people, moment):
    """Tell these people (their ids) that they were not invited any more at `moment` (microseconds), apart
    from those who have been invited anew since. Done twice, it is done once."""
    forum = Forum.objects.select_related("organiser").get(pk=forum_id)
    for start in range(0, len(people), AT_A_TIME):
        some = Person.objects.in_bulk(people[start : start + AT_A_TIME])
        composed = [mails.invitation_withdrawn(forum, person, moment=moment) for person in some.values()]
        with transaction.atomic():
            anew = set(hold(forum).invitations.filter(person__in=some).values_list("person_id", flat=True))
            mails.let_go(forum, some.keys() - anew)
            queue_mails([mail for mail in composed if mail.to_id not in anew])


def _invited_but_not_meant(forum, posts):
    """Those of them who are in service: whoever has left is told nothing more."""
    invited = forum.invitations.standing().values("person_id")
    meant = forum.people_meant(posts).values("pk")
    return Person.objects.in_service().filter(pk__in=invited).exclude(pk__in=meant)
