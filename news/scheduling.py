"""What comes, what expires and what is to be looked through, month by month."""

from calendar import Calendar
from collections import namedtuple
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.models import Article, Version

COMES, EXPIRES, LOOKED_THROUGH = _("comes out"), _("is no longer published"), _("to be looked through")
# More of a kind than this in one month are not shown: a reader would not see the wood.
MOST = 200
EARLIEST, LATEST = 1990, 2199

Event = namedtuple("Event", "at title article_id words state")


@dataclass(frozen=True)
class Month:
    """A month of the desk's calendar; `first` is its first day."""

    first: date

    @classmethod
    def named(cls, text):
        """The month that "2026-11" names; this month where it names none."""
        try:
            first = date.fromisoformat(f"{text}-01")
        except ValueError:
            first = None
        if first is None or not EARLIEST <= first.year <= LATEST:
            first = timezone.localdate().replace(day=1)
        return cls(first)

    @property
    def next(self):
        return (
            Month((self.first + timedelta(days=31)).replace(day=1))
            if self.first.year < date.max.year
            else self
        )

    @property
    def previous(self):
        if self.first.year == EARLIEST:
            return self
        return Month((self.first - timedelta(days=1)).replace(day=1))

    @property
    def days(self):
        """The days of its weeks, from a Monday to a Sunday, also those of the months beside it."""
        weeks = Calendar().monthdatescalendar(self.first.year, self.first.month)
        return [day for week in weeks for day in week]

    def events_for(self, user):
        """What `user` has on the desk: from each day of the month to its Events, in their order. Four
        queries."""
        begins, ends = (timezone.make_aware(datetime.combine(day, time.min)) for day in self._limits)
        mine = Article.objects.on_desk_of(user)
        versions = Version.objects.filter(article__in=mine.values("pk")).approved().defer("body", "lead")
        coming = versions.filter(live_from__gte=begins, live_from__lt=ends).exclude(live_until=F("live_from"))
        expiring = versions.filter(live_until__gte=begins, live_until__lt=ends).filter(
            Q(superseded_at=None) | Q(superseded_at__gt=F("live_until")), live_until__gt=F("live_from")
        )
        old = mine.live().filter(review_on__gte=self._limits[0], review_on__lt=self._limits[1])
        events = [Event(one.live_from, one.title, one.article_id, COMES, "approved") for one in coming[:MOST]]
        events += [
            Event(one.live_until, one.title, one.article_id, EXPIRES, "closed") for one in expiring[:MOST]
        ]
        events += [
            Event(one.review_on, one.title, one.pk, LOOKED_THROUGH, "waiting")
            for one in old.with_newest_title()[:MOST]
        ]
        return _by_day(events)

    @property
    def _limits(self):
        return self.first, self.next.first


def _by_day(events):
    days = {}
    for event in events:
        day = timezone.localdate(event.at) if isinstance(event.at, datetime) else event.at
        days.setdefault(day, []).append(event)
    for of_day in days.values():
        of_day.sort(key=lambda event: (isinstance(event.at, datetime), str(event.at), event.title))
    return days
