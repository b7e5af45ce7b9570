"""Searching the log, without telling anybody of what they may not see.

A text or forum is named by its address, which is made of its title. So it is named here only where it
is open to all in service, or to the one who searches; the rest are called by their kind and number, and
no search finds them by their names.
"""

from datetime import datetime, time, timedelta

from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.models import LogEntry
from forums.models import Forum
from forums.recalling import EVENTS as OF_FORUMS
from news.models import Article
from news.recounting import EVENTS as OF_TEXTS
from news.recounting import recount

EVENTS = OF_TEXTS | OF_FORUMS
# What is named by words that everybody in service may read anyhow.
OPEN_KINDS = ["accounts.unit", "accounts.person", "accounts.assignment", "accounts.audience", "news.picture"]
OPEN_KINDS += ["accounts.rolegrant", "accounts.absence", "news.document", "news.route"]


class Trace:
    """The log as one reader may see it, sliced by a Paginator."""

    def __init__(self, entries, named):
        self.entries, self.named = entries, named

    def count(self):
        return self.entries.count()

    def __getitem__(self, wanted):
        return self.entries[wanted]

    def told(self, page):
        """The entries of a page in words, each with the name that this reader may know, as a list."""
        entries = recount(page.object_list, events=EVENTS)
        pks = [entry.pk for entry in entries]
        known = set(LogEntry.objects.filter(self.named, pk__in=pks).values_list("pk", flat=True))
        for entry in entries:
            hidden = f"{entry.about_type.partition('.')[2]} {entry.about_id}"
            entry.shown_name = entry.about_name if entry.pk in known else hidden
        return entries


def entries_for(user, *, q="", person=None, event="", since=None, until=None):
    """Return the Trace of what an administrator looks for.

    Args:
        q: words that a name or event holds.
        person: who did it.
        event: the beginning of an event, "version." for all of that kind.
        since, until: dates, both included.
    """
    named = _named_for(user)
    found = LogEntry.objects.select_related("by")
    for word in q.split():
        events = [name for name, words in EVENTS.items() if word.casefold() in str(words).casefold()]
        found = found.filter((Q(about_name__icontains=word) & named) | Q(event__in=events) | Q(event=word))
    if person:
        found = found.filter(by=person)
    if event:
        found = found.filter(event__startswith=event)
    if since:
        found = found.filter(at__gte=_beginning_of(since))
    if until:
        found = found.filter(at__lt=_beginning_of(until + timedelta(days=1)))
    return Trace(found, named)


def _named_for(user):
    """The condition on an entry that `user` may know the name of what it is about."""
    texts = Article.objects.visible_to(user)
    forums = Forum.objects.visible_to(user)
    return (
        Q(about_type__in=OPEN_KINDS)
        | Q(about_type="news.article", about_id__in=_ids_of(texts))
        | Q(about_type="news.article", about_id__in=_ids_of(Article.objects.all_on_desk_of(user)))
        | Q(about_type="forums.forum", about_id__in=_ids_of(forums))
    )


def _ids_of(things):
    return things.order_by().annotate(as_text=Cast("pk", CharField())).values("as_text")


def _beginning_of(day):
    return timezone.make_aware(datetime.combine(day, time.min))
