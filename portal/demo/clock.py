"""The demo's clock: verbs stamp what they do with `timezone.now()`, and the demo has a past.

Everything in the demo is made by the apps' own verbs, so that it can't drift from their rules. They
rightly have no argument for "pretend that this was in March". Instead the clock itself is set
while they run. It is Django's own reading of the time that is replaced (`datetime` as the module
django.utils.timezone sees it), since fields with `default=timezone.now` hold on to that function
and would not notice another one in its place.

Used by `load_demo` alone, in one process that serves nobody.
"""

import datetime
from contextlib import contextmanager
from unittest import mock

from django.utils import timezone

SATURDAY = 5


@contextmanager
def at(moment):
    """Run the body at `moment` (an aware datetime), as far as Django can tell."""

    class StoppedDatetime(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return moment.astimezone(tz) if tz else timezone.make_naive(moment)

    with mock.patch.object(timezone, "datetime", StoppedDatetime):
        yield moment


def true_now():
    """The aware local time outside, whatever the demo's clock says."""
    return datetime.datetime.now(timezone.get_current_timezone())


def working_day(days):
    """The date `days` from today; where that is a weekend, the Friday before it if it is past, else
    the Monday after it. Today is always today, whatever day it is."""
    date = true_now().date() + datetime.timedelta(days=days)
    while days and date.weekday() >= SATURDAY:
        date += datetime.timedelta(days=-1 if days < 0 else 1)
    return date


def moment(days, clock):
    """The aware datetime at `clock` ("08.30") on the working day `days` from today."""
    hour, minute = map(int, clock.split("."))
    return timezone.make_aware(datetime.datetime.combine(working_day(days), datetime.time(hour, minute)))


def spread(first, last, count):
    """`count` moments evenly from `first` towards `last`, in order and within both."""
    return [first + (last - first) * place / max(count, 1) for place in range(count)]
