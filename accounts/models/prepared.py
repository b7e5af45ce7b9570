"""QuerySets that are compiled once and asked again and again.

Django spends 0.9 ms of Python to build a QuerySet of eight conditions and turn it into SQL that the
database answers in 0.03 ms. On the pages that everybody opens, the SQL is made once in each process
by the very same QuerySet methods, and asked again with other values (decisions/0012).
"""

import re
from datetime import UTC, date, datetime

from django.db import connection
from django.utils import timezone

from .people import Person
from .reach import Reach, reach_of

# Stand for the values while the SQL is made. None of them can be a real one: no text that is
# asked for holds such a letter (Unicode, 23.5, private use), no row has a negative id.
SOME_TIME = datetime(1901, 2, 3, 4, 5, 6, 789, tzinfo=UTC)
SOME_TEXT = "\ue000"
SOME_PERSON = -1_000_000
NO_ID = 0
A_MOMENT = re.compile(r"\d{4}-\d\d-\d\d( |$)")


class Prepared:
    """A question asked by different people at different times.

    Args:
        build: a function (user, at, *, text, **shape) that returns a QuerySet. It passes `user` to
            methods such as `visible_to`, and uses `at` and `text` as values of conditions and for
            nothing else; what `shape` holds is part of the SQL. What is prefetched along must not
            depend on any of them.
    """

    def __init__(self, build):
        self.build = build
        self.statements = {}

    def ask(self, user, *, at=None, text="", **shape):
        """Return what the QuerySet holds for `user`, now or `at` (an aware datetime), as a list;
        nothing for somebody not in service. One query, and those that prefetch."""
        reach, at = reach_of(user), at or timezone.now()
        if not reach.in_service:
            return []
        if reach.roles:  # the few whose roles make the question another
            return list(self.build(user, at, text=text, **shape))
        # In lists of 4, 8, 16 ... ids, so that there are few statements: no row has the id that fills them.
        audiences = sorted(reach.audiences)
        width = max(4, 1 << (len(audiences) - 1).bit_length()) if audiences else 4
        audiences += [NO_ID] * (width - len(audiences))
        key = (connection.vendor, width, *sorted(shape.items()))
        if key not in self.statements:
            self.statements[key] = _Statement(self.build, width, shape)
        return self.statements[key].ask(user.pk, audiences, at, text)


class _Statement:
    """The SQL of one shape, and where in its parameters the values go."""

    def __init__(self, build, width, shape):
        ids = range(-width, 0)
        user = Person(pk=SOME_PERSON)
        user.reach = Reach(officials=frozenset([NO_ID]), audiences=frozenset(ids))
        self.queryset = build(user, SOME_TIME, text=SOME_TEXT, **shape)
        self.compiler = self.queryset.query.get_compiler(connection=connection)
        self.sql, params = self.compiler.as_sql()
        self.converters = self.compiler.get_converters([column for column, *_rest in self.compiler.select])
        self.params = list(params)
        time = connection.ops.adapt_datetimefield_value(SOME_TIME)
        self.times = [place for place, value in enumerate(params) if value == time]
        self.texts = [place for place, value in enumerate(params) if value == SOME_TEXT]
        whole = [place for place, value in enumerate(params) if isinstance(value, int)]
        self.people = [place for place in whole if params[place] == SOME_PERSON]
        self.ids = [(place, params[place] + width) for place in whole if params[place] in ids]
        self._refuse_what_would_go_stale(time)

    def _refuse_what_would_go_stale(self, time):
        if not self.ids and not self.people:
            raise TypeError("The question does not ask who reads.")
        for value in self.params:
            is_moment = isinstance(value, date) or (isinstance(value, str) and A_MOMENT.match(value))
            if is_moment and value != time:
                raise TypeError("The question looks at the clock itself: give it `at`.")

    def ask(self, person_id, audiences, at, text):
        """The QuerySet's own iteration, which makes objects or tuples of rows, over rows asked for anew."""
        params = self._params(person_id, audiences, at, text)
        compiler = twin(
            self.compiler,
            execute_sql=lambda *_args, **_options: [self._fetch(params)],
            get_converters=lambda _columns: self.converters,
        )
        query = twin(self.queryset.query, get_compiler=lambda *_args, **_options: compiler)
        return list(twin(self.queryset, _query=query, _result_cache=None))

    def _fetch(self, params):
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            return cursor.fetchall()

    def _params(self, person_id, audiences, at, text):
        params = self.params.copy()
        moment = connection.ops.adapt_datetimefield_value(at)
        for places, value in ((self.times, moment), (self.texts, text), (self.people, person_id)):
            for place in places:
                params[place] = value
        for place, number in self.ids:
            params[place] = audiences[number]
        return params


def twin(thing, **changes):
    """A shallow copy with other attributes. (`copy.copy` would evaluate a QuerySet first.)"""
    made = object.__new__(type(thing))
    made.__dict__.update(thing.__dict__, **changes)
    return made
