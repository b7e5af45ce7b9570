"""Telling people things inside the portal, once each."""

from django.utils import timezone, translation

from accounts.models import Notification


def notify(people, *, key, text, url):
    """Tell each of `people` one thing; whoever was told it before is not told again.

    Args:
        people: an iterable of Person.
        key: what it is about, "article:17:published".
        text: a function without arguments that returns the sentence in the active language.
        url: the path it leads to.
    """
    told = []
    for person in people:
        with translation.override(person.language):
            told.append(Notification(person=person, key=key, text=text()[:250], url=url))
    Notification.objects.bulk_create(told, ignore_conflicts=True)


def mark_read(person, *, pks=None):
    """Mark what `person` has been told as read: the notifications with these ids, or (None) all of them.

    Returns how many were unread until now.
    """
    unread = person.notifications.unread()
    if pks is not None:
        unread = unread.filter(pk__in=pks)
    return unread.update(read_at=timezone.now())
