"""Recalling what stood around an article's text at a moment.

It belongs to the article (decisions/0220), which holds it as it is now; the log says what each change
took away. So what stood then is what stands now, with every change since undone (decisions/0380).
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Audience, LogEntry, Person
from accounts.recording import record
from news.models import Article, Blog, Topic, around
from news.naming import name_as_at

# What is logged of a change as a key, or as a list of keys: whose they are.
ONE = {"author": Person, "owner": Person, "blog": Blog, "audience": Audience}
MANY = {"topics": Topic, "related": Article}
PLAIN = ("restricted", "embargoed", "talk", "must_read")
MUST_READ = {"article.must_be_read": False, "article.need_not_be_read": True}
# What is said of those that nobody knows any more.
UNSURE = {
    "author": _("author"),
    "blog": _("blog"),
    "owner": _("owner"),
    "audience": _("audience"),
    "restricted": _("whether it was for the audience only"),
    "topics": _("topics"),
    "related": _("further reading"),
    "talk": _("comments"),
}
CHANGES = ("article.surrounded", "article.retargeted", *MUST_READ)


@dataclass(frozen=True)
class Recalled:
    """What stood around an article's text at a moment.

    Attributes:
        article: the Article as it was then, never to be saved.
        at: the moment, aware.
        topics, related: its Topics and the Articles that it pointed to.
        unsure: the names, of those above and of the article's fields, whose value then nobody knows: they
            were changed later by what wrote down only that it changed them. They stand as that left them.
        renamed: the names of today of those that were called something else then, nobody knows what.
    """

    article: Article
    at: datetime
    topics: list
    related: list
    unsure: tuple[str, ...]
    renamed: tuple[str, ...]

    @property
    def day(self):
        return timezone.localdate(self.at)

    def in_words(self):
        """What nobody knows any more of what a reader of then saw, as a list of words."""
        return [UNSURE[name] for name in self.unsure if name in UNSURE]

    def around(self, version):
        """The Around of a version of the article as it was then: each document with its newest file of
        then (a DocumentFile, as `sent`), the author's posts, and whoever held the blog's office then."""
        author, blog = self.article.author, self.article.blog
        stands, holding = around(version), blog.posts(self.day) if blog else []
        name_as_at([post.person for post in holding], self.at)
        for document in stands.documents:
            document.sent = document.file_at(self.at)
            document.extension, document.size = document.sent.extension, document.sent.size
        return replace(
            stands,
            topics=self.topics,
            posts=list(author.assignments.all()) if author else [],
            holding=holding,
        )


def said_of(article, names):
    """What an article says of each of `names`, as the log keeps it: keys, lists of keys, plain values."""
    return {name: _said(article, name) for name in names}


def names_of(said):
    """{(name, key): the name today} of whatever some things `said` (dicts as of `said_of`) give by its key,
    but for articles, whose titles are not for everybody. A query for each kind of thing."""
    models, keys = ONE | {"topics": Topic, "signatory": Person}, defaultdict(set)
    for name, value in (pair for one in said for pair in one.items() if pair[0] in models):
        keys[models[name]] |= set(value if isinstance(value, list) else [value]) - {None}
    rows = {model: model.objects.in_bulk(wanted) for model, wanted in keys.items() if wanted}
    return {(name, pk): str(row) for name, model in models.items() for pk, row in rows.get(model, {}).items()}


def note_change(event, article, *, by, before):
    """Log that `by` has changed what stands around an article's text, so that it can be recalled.

    Args:
        before: what it said before (`said_of`) of each thing that was changed.
    """
    after = said_of(article, before)
    return record(event, about=article, by=by, fields=[*before], before=before, after=after)


def recall(article, at):
    """Return what stood around an article's text at `at` (an aware datetime), as Recalled."""
    said, unsure = said_of(article, [*ONE, *MANY, *PLAIN]), set()
    later = LogEntry.objects.about(article).filter(event__in=CHANGES, at__gt=at)
    for entry in later.order_by("-at", "-pk"):
        for name, before in _taken_away(entry).items():
            unsure.discard(name)
            if before is UNTOLD:
                unsure.add(name)
            else:
                said[name] = before
    then = Article.objects.select_related("unit").get(pk=article.pk)
    for name, model in ONE.items():
        setattr(then, name, _found(model, said[name]))
    for name in PLAIN:
        setattr(then, name, said[name])
    topics = list(Topic.objects.filter(pk__in=said["topics"]))
    named = [
        then.unit,
        then.author,
        then.owner,
        then.audience,
        then.blog,
        then.blog and then.blog.unit,
        *topics,
    ]
    return Recalled(
        article=then,
        at=at,
        topics=topics,
        related=list(Article.objects.filter(pk__in=said["related"]).order_by("pk")),
        unsure=tuple(sorted(unsure)),
        renamed=tuple(name_as_at(named, at)),
    )


UNTOLD = object()


def _taken_away(entry):
    """{name: what it was before}, or UNTOLD, of each thing that a change in the log changed."""
    if entry.event in MUST_READ:
        return {"must_read": MUST_READ[entry.event]}
    before = entry.details.get("before", {})
    return {name: before.get(name, UNTOLD) for name in entry.details.get("fields", ())}


def _said(article, name):
    if name in MANY:
        return sorted(getattr(article, name).values_list("pk", flat=True))
    return getattr(article, f"{name}_id" if name in ONE else name)


def _found(model, key):
    """The row with a key; an audience that has been removed since as the name that the log has of it."""
    if key is None:
        return None
    row = model.objects.filter(pk=key).first()
    if row is None and model is Audience:
        gone = LogEntry.objects.about(Audience(pk=key)).first()
        row = Audience(pk=key, name=gone.about_name)
    return row
