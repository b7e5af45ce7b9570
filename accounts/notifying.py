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


def mark_read(person, *, notification=None):
    """Mark one thing that `person` was told as read, or (None) everything. Returns how many it was."""
    unread = person.notifications.unread()
    if notification is not None:
        unread = unread.filter(pk=notification.pk)
    return unread.update(read_at=timezone.now())
