"""What a reader is shown of what is published, in its order."""

from collections import namedtuple

from django.core.cache import caches
from django.db.models import F, OuterRef, Q

from accounts.models import Prepared, reach_of

from .articles import Article
from .comments import Comment, thread
from .marks import MARKED, Mark, address_of
from .versions import Version

# Seconds for which the number of texts, and so of pages, may be behind. The texts themselves never are.
COUNT_KEPT_FOR = 60
# Fewer than this are counted anew each time: it costs little, and the first text of all shows at once.
FEW = 100


def _newest_first(at, kinds):
    # "+ 0" keeps SQLite from beginning with the audience's index, and then sorting all it has: it
    # reads versions by date instead and stops when the page is full (SQLite, "Query Planner", 2.1).
    live = Version.objects.live(at).of_kinds(*kinds).order_by("-published_at", "-pk")
    return live.alias(audience=F("article__audience_id") + 0)


def _aimed(user, at, kinds):
    return _newest_first(at, kinds).filter(audience__in=reach_of(user).audiences)


def _not_aimed(user, at, kinds):
    return _newest_first(at, kinds).filter(
        ~Q(audience__in=reach_of(user).audiences), article__restricted=False
    )


def _at_address(user, at, *, text, kinds):
    live = Version.objects.live(at).visible_to(user).of_kinds(*kinds).filter(article__slug=text)
    said = Comment.objects.filter(article=OuterRef("article"))
    return live.values_list(*MARKED.values(), said.gathered())


AT_ADDRESS = Prepared(_at_address)
AIMED = Prepared(lambda user, at, *, text, kinds, start, stop: _aimed(user, at, kinds).marked()[start:stop])
NOT_AIMED = Prepared(
    lambda user, at, *, text, kinds, start, stop: _not_aimed(user, at, kinds).marked()[start:stop]
)


BESIDE = Prepared(
    lambda user, at, *, text, most: (
        Article.objects.open_to(reach_of(user))
        .beside(text, at)
        .values_list("kind", "slug", "title", "out_at")[:most]
    )
)
Beside = namedtuple("Beside", "address title published_at")


def text_at(slug, *kinds, user):
    """(Mark, Comments in their order) of the live version at an address, if it is of one of `kinds` and
    `user` may read it; else None. One query."""
    rows = AT_ADDRESS.ask(user, text=slug, kinds=kinds)
    if not rows:
        return None
    *marked, said = rows[0]
    return Mark(*marked, True), thread(said)


def beside(slug, *, user, most=4):
    """At most so many texts to read Beside the one at `slug`. One query."""
    rows = BESIDE.ask(user, text=slug, most=most)
    return [Beside(address_of(kind, slug), title, out_at) for kind, slug, title, out_at in rows]


class Marks:
    """Live texts as a sequence of Marks, newest first: a slice is a list. Made for a Paginator."""

    def __init__(self, versions):
        self.versions = versions.order_by("-published_at", "-pk")

    def __getitem__(self, wanted):
        return [Mark(*row, True) for row in self.versions.marked()[wanted]]

    def count(self):
        """How many there are."""
        return self.versions.count()


class Feed:
    """The live texts of some kinds that `user` may read: what is aimed at them first, newest first in each.

    A slice is a list of Marks, asked of the database at that moment: one query where what is aimed
    at the reader fills it, else two or three. Made for a Paginator.
    """

    def __init__(self, user, *kinds):
        self.kinds, self.user = kinds, user
        self.reach = reach_of(user)

    def __getitem__(self, wanted):
        start, stop = wanted.start or 0, wanted.stop
        marks = self._marks(AIMED, start, stop, aimed=True)
        if len(marks) < stop - start:
            before = start + len(marks) if marks or not start else self._count_aimed()
            marks += self._marks(NOT_AIMED, max(start - before, 0), stop - before, aimed=False)
        return marks

    def _marks(self, question, start, stop, *, aimed):
        if stop <= start:
            return []
        rows = question.ask(self.user, kinds=self.kinds, start=start, stop=stop)
        return [Mark(*row, aimed) for row in rows]

    def count(self):
        """How many there are; of many, as of the last minute."""
        kept = caches["template_fragments"]
        key = f"feed:{'-'.join(self.kinds)}:{'-'.join(map(str, sorted(self.reach.audiences)))}"
        number = kept.get(key)
        if number is None:
            number = self._count()
            if number >= FEW:
                kept.set(key, number, COUNT_KEPT_FOR)
        return number

    def _count(self):
        if not self.reach.in_service:
            return 0
        return self._count_aimed() + _not_aimed(self.user, None, self.kinds).count()

    def _count_aimed(self):
        return _aimed(self.user, None, self.kinds).count() if self.reach.in_service else 0
