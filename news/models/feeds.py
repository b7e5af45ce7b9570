"""What a reader is shown of what is published, in its order."""

from django.core.cache import caches
from django.db.models import F, Q

from accounts.models import reach_of

from .versions import Version

# Seconds for which the number of texts, and so of pages, may be behind. The texts themselves never are.
COUNT_KEPT_FOR = 60
# Fewer than this are counted anew each time: it costs little, and the first text of all shows at once.
FEW = 100


class Feed:
    """The live texts of some kinds that `user` may read: what is aimed at them first, newest first in each.

    A slice is a list of Marks, asked of the database at that moment: one query where what is aimed
    at the reader fills it, else two or three. Made for a Paginator.
    """

    def __init__(self, user, *kinds):
        self.kinds = kinds
        reach = reach_of(user)
        live = Version.objects.live() if reach.in_service else Version.objects.none()
        live = live.of_kinds(*kinds).order_by("-published_at", "-pk")
        self.audiences = reach.audiences
        # "+ 0" keeps SQLite from beginning with the audience's index, and then sorting all it has: it
        # reads versions by date instead and stops when the page is full (SQLite, "Query Planner", 2.1).
        live = live.alias(audience=F("article__audience_id") + 0)
        self.mine = live.filter(audience__in=reach.audiences)
        self.others = live.filter(~Q(audience__in=reach.audiences), article__restricted=False)

    def __getitem__(self, wanted):
        start, stop = wanted.start or 0, wanted.stop
        marks = self.mine.marks(start, stop, aimed=True)
        if len(marks) < stop - start:
            before = start + len(marks) if marks or not start else self.mine.count()
            marks += self.others.marks(max(start - before, 0), stop - before, aimed=False)
        return marks

    def count(self):
        """How many there are; of many, as of the last minute."""
        kept = caches["template_fragments"]
        key = f"feed:{'-'.join(self.kinds)}:{'-'.join(map(str, sorted(self.audiences)))}"
        number = kept.get(key)
        if number is None:
            number = self._count()
            if number >= FEW:
                kept.set(key, number, COUNT_KEPT_FOR)
        return number

    def _count(self):
        return self.mine.count() + self.others.count()
