"""Telling people things, in the portal and by mail as each of them wishes, once each."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone, translation

from accounts.mailing import queue_mails
from accounts.models import ALWAYS_IN_PORTAL, UNSAID, Cadence, Notification, Wish

Kind = Notification.Kind
KEPT_READ, KEPT_UNREAD = timedelta(days=365), timedelta(days=2 * 365)


def notify(people, *, key, text, url, kind=Kind.OTHER, about="", mail=None, bulk=False):
    """Tell each of `people` one thing; whoever was told it before is not told again, by mail neither.

    Who wishes to hear of this kind neither in the portal nor by mail is not told.

    Args:
        people: an iterable of Person.
        key: what it is about, "article:17:published".
        text: a function without arguments that returns the sentence in the active language.
        url: the path it leads to.
        about: the thing that it is about, "article:17", where what may be told of it can change.
        mail: a function of a Person and the key of the mail that returns the Mail to those who wish to
            hear at once, unsaved; the wish for a digest holds too. None: nobody is told by mail.
        bulk: whether mails to few should go out before these.

    Returns:
        How many were told by a mail of their own.
    """
    people = list(people)
    said = Wish.objects.about_kind(kind, people)
    told_before = set(
        Notification.objects.filter(key=key, person__in=people).values_list("person", flat=True)
    )
    notifications, mails, now = [], [], timezone.now()
    for person in people:
        in_portal, by_mail = said.get(person.pk, UNSAID[kind])
        in_portal = in_portal or kind in ALWAYS_IN_PORTAL
        by_mail = by_mail if mail else Cadence.NEVER
        if person.pk in told_before or not (in_portal or by_mail != Cadence.NEVER):
            continue
        at_once = by_mail == Cadence.AT_ONCE
        with translation.override(person.language):
            words = text()[:250]
        notifications.append(
            Notification(
                person=person,
                key=key,
                kind=kind,
                about=about,
                text=words,
                url=url,
                in_portal=in_portal,
                by_mail=by_mail,
                mail_settled_at=now if at_once else None,
            )
        )
        if at_once:
            mails.append(mail(person, f"{key}:{person.pk}"))
    # Written first and only now held: to compose a hundred mails takes longer than others may wait.
    with transaction.atomic():
        Notification.objects.bulk_create(notifications, ignore_conflicts=True)
        return len(queue_mails(mails, bulk=bulk))


def forget_old():
    """Remove what was read a year ago, or told two years ago and never read (decisions/0304). Returns how
    many there were."""
    now = timezone.now()
    old = Notification.objects.outlived(read_before=now - KEPT_READ, told_before=now - KEPT_UNREAD)
    return old.delete()[0]


def mark_read(person, *, notification=None):
    """Mark one thing that `person` was told as read, or (None) everything. Returns how many it was."""
    unread = person.notifications.unread()
    if notification is not None:
        unread = unread.filter(pk=notification.pk)
    return unread.update(read_at=timezone.now())
