"""Searching the log, without telling anybody of what they may not see.

An entry about a text holds the address that it had then: made of its title without å, ä and ö, and before
the first approval of no title at all. So a text is looked for, and told of, by its title as well. All of it
only where the text or forum is open to the one who searches; the rest are called by their kind and number
(`labelling`), and no search finds them by their names.
"""

from datetime import datetime, time, timedelta

from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.models import LogEntry
from forums.models import Commitment, Forum, GroupWork
from forums.permissions import may_merge_concepts
from forums.recalling import EVENTS as OF_FORUMS
from news.models import Article, Version
from news.recounting import EVENTS as OF_TEXTS
from news.recounting import recount
from portal.labelling import by_number, is_numbered, labels_of

EVENTS = OF_TEXTS | OF_FORUMS
TEXT, FORUM = "news.article", "forums.forum"
# What is named by words that every administrator may read anyhow.
OPEN_KINDS = ["accounts.unit", "accounts.person", "accounts.assignment", "accounts.audience", "news.picture"]
OPEN_KINDS += ["accounts.rolegrant", "accounts.absence", "news.document", "news.route", "news.topic"]
OPEN_KINDS += ["news.blog", "forums.forumkind", "forums.insult"]


class Trace:
    """The log as one reader may see it, sliced by a Paginator."""

    def __init__(self, entries, named, user):
        self.entries, self.named, self.user = entries, named, user

    def count(self):
        return self.entries.count()

    def __getitem__(self, wanted):
        return self.entries[wanted]

    def told(self, page):
        """The entries of a page in words, each with the name that this reader may know, as a list."""
        entries = recount(page.object_list, events=EVENTS)
        pks = [entry.pk for entry in entries]
        known = set(LogEntry.objects.filter(self.named, pk__in=pks).values_list("pk", flat=True))
        texts = {entry.about_id for entry in entries if entry.pk in known and entry.about_type == TEXT}
        titles, labels = _titles_of(texts, self.user), labels_of(entries, self.user)
        for entry in entries:
            named = entry.pk in known and not is_numbered(entry)
            own = entry.about_name if named else by_number(entry)
            entry.shown_name = labels.get((entry.about_type, entry.about_id), own)
            entry.title = titles.get(entry.about_id, "") if entry.about_type == TEXT else ""
        return entries


def entries_for(user, *, q="", person=None, event="", since=None, until=None):
    """Return the Trace of what an administrator looks for.

    Args:
        q: words that a name, a title or event holds.
        person: who did it.
        event: the beginning of an event, "version." for all of that kind.
        since, until: dates, both included.
    """
    named = _named_for(user)
    found = LogEntry.objects.select_related("by")
    for word in q.split():
        events = [name for name, words in EVENTS.items() if word.casefold() in str(words).casefold()]
        name = (Q(about_name__icontains=word) & named) | _titled(word, user)
        found = found.filter(name | Q(event__in=events) | Q(event=word))
    if person:
        found = found.filter(by=person)
    if event:
        found = found.filter(event__startswith=event)
    if since:
        found = found.filter(at__gte=_beginning_of(since))
    if until:
        found = found.filter(at__lt=_beginning_of(until + timedelta(days=1)))
    return Trace(found, named, user)


def _named_for(user):
    """The condition on an entry that `user` may know the name of what it is about."""
    texts = Article.objects.visible_to(user)
    forums = Forum.objects.visible_to(user)
    works = GroupWork.objects.filter(forum__in=forums.order_by().values("pk"))
    # Words that a room has written: for those who read of them elsewhere.
    open_kinds = [*OPEN_KINDS, "forums.concept"] if may_merge_concepts(user) else OPEN_KINDS
    return (
        Q(about_type__in=open_kinds)
        | Q(about_type=TEXT, about_id__in=_ids_of(texts))
        | Q(about_type=TEXT, about_id__in=_ids_of(Article.objects.all_on_desk_of(user)))
        | Q(about_type=FORUM, about_id__in=_ids_of(forums))
        | Q(about_type="forums.groupwork", about_id__in=_ids_of(works))
        | Q(about_type="forums.commitment", about_id__in=_ids_of(Commitment.objects.visible_to(user)))
    )


def _titled(word, user):
    """The condition on an entry that it is about a text or forum with `word` in a title that `user` may
    read: today's, and where they have the text on their desk that of any version."""
    texts = Version.objects.titled(word)
    read, written = _readable(texts, user), _on_desk(texts, user)
    forums = Forum.objects.visible_to(user).titled(word)
    return (
        Q(about_type=TEXT, about_id__in=_ids_of(read, "article_id"))
        | Q(about_type=TEXT, about_id__in=_ids_of(written, "article_id"))
        | Q(about_type=FORUM, about_id__in=_ids_of(forums))
    )


def _titles_of(ids, user):
    """Titles by the id (text) of the article: the newest where `user` has it on the desk, else the live one.
    Two queries, none for no ids."""
    if not ids:
        return {}
    texts = Version.objects.filter(article__in=ids)
    rows = [*_readable(texts, user).values_list("article_id", "title")]
    rows += _on_desk(texts, user).order_by("number").values_list("article_id", "title")
    return {str(pk): title for pk, title in rows}


def _readable(versions, user):
    return versions.live().filter(article__in=Article.objects.visible_to(user).values("pk"))


def _on_desk(versions, user):
    return versions.filter(article__in=Article.objects.all_on_desk_of(user).values("pk"))


def _ids_of(things, key="pk"):
    return things.order_by().annotate(as_text=Cast(key, CharField())).values("as_text")


def _beginning_of(day):
    return timezone.make_aware(datetime.combine(day, time.min))
