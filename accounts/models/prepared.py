"""Statements that are compiled once: QuerySets that are asked again and again, by a reader or by a row's
number, and rows that are written by the hundred.

Django spends 0.9 ms of Python to build a QuerySet of eight conditions and turn it into SQL that the
database answers in 0.03 ms. On the pages that everybody opens, the SQL is made once in each process
by the very same QuerySet methods, and asked again with other values (decisions/0012).
"""

import re
from datetime import UTC, date, datetime
from functools import lru_cache

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models.expressions import RawSQL
from django.db.models.fields import AutoFieldMixin
from django.utils import timezone

from .assignments import Side
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
        by_side: whether it also asks which sides `user` speaks for: then there is SQL for each.
    """

    def __init__(self, build, *, by_side=False):
        self.build = build
        self.by_side = by_side
        self.statements = {}

    def ask(self, user, *, at=None, text="", **shape):
        """Return what the QuerySet holds for `user`, now or `at` (an aware datetime), as a list;
        nothing for somebody not in service. One query, and those that prefetch."""
        reach, at = reach_of(user), at or timezone.now()
        if not reach.in_service:
            return []
        if reach.roles or reach.stands_in_for:  # the few whose duties make the question another
            return list(self.build(user, at, text=text, **shape))
        statement, audiences = self._statement_for(reach, shape)
        return statement.ask(statement.values(user.pk, audiences, at, text))

    def condition(self, user, **shape):
        """What the QuerySet of one column holds for `user`, who is in service, as the right side of an `__in`
        in another question. It must ask neither for roles nor for a time or a text."""
        statement, audiences = self._statement_for(reach_of(user), shape)
        return RawSQL(statement.sql, statement.values(user.pk, audiences))  # noqa: S611 - Django's own SQL

    def _statement_for(self, reach, shape):
        # In lists of 4, 8, 16 ... ids, so that there are few statements: no row has the id that fills them.
        audiences = sorted(reach.audiences)
        width = max(4, 1 << (len(audiences) - 1).bit_length()) if audiences else 4
        audiences += [NO_ID] * (width - len(audiences))
        sides = tuple(reach.sides) if self.by_side else (Side.OFFICIAL,)
        key = (connection.vendor, width, sides, *sorted(shape.items()))
        if key not in self.statements:
            self.statements[key] = _Statement(self.build, width, sides, shape)
        return self.statements[key], audiences


class Numbered:
    """A question about one row, asked of different rows by their number, at different times.

    Args:
        build: a function (number, **shape) that returns a QuerySet, and uses the number, and `at` where it is
            asked with a time, as values of conditions and for nothing else; what else `shape` holds is part
            of the SQL. What is prefetched along must not depend on the number or the time.
    """

    def __init__(self, build):
        self.build = build
        self.statements = {}

    def ask(self, number, *, at=None, **shape):
        """Return what the QuerySet holds for the row of this number `at` an aware datetime, as a list. One
        query, and those that prefetch."""
        key = (connection.vendor, at is None, *sorted(shape.items()))
        if key not in self.statements:
            timed = {} if at is None else {"at": SOME_TIME}
            self.statements[key] = _Compiled(self.build(SOME_PERSON, **timed, **shape))
        statement = self.statements[key]
        adapt = connection.ops.adapt_datetimefield_value
        given = {SOME_PERSON: number, adapt(SOME_TIME): adapt(at)}
        return statement.ask([given.get(value, value) for value in statement.params])


def insert_rows(rows):
    """Write new rows of one model in one statement; that of each number of rows is written once.

    For what hundreds do a second: `save` and `bulk_create` take longer to build their INSERT than the
    database to follow it. No signal is sent. A key that the database makes is brought back.

    Args:
        rows: unsaved objects of one model, at least one. They have all keys that the database doesn't make.
    """
    model = type(rows[0])
    # The connection itself: each field asks it several times, and the proxy looks it up each time.
    database = connections[DEFAULT_DB_ALIAS]
    fields, made, words = _insert_of(database.vendor, model, len(rows))
    values = [field.get_db_prep_save(field.pre_save(row, True), database) for row in rows for field in fields]
    with database.cursor() as cursor:
        cursor.execute(words, values)
        keys = cursor.fetchall() if made else [()] * len(rows)
    for row, key in zip(rows, keys, strict=True):
        for field, value in zip(made, key, strict=True):
            setattr(row, field.attname, value)
        row._state.adding, row._state.db = False, database.alias


@lru_cache(maxsize=64)
def _insert_of(_vendor, model, number):
    """The fields that a new row gives, those that the database makes, and the statement for so many rows."""
    quote = connection.ops.quote_name
    made = [field for field in model._meta.local_concrete_fields if isinstance(field, AutoFieldMixin)]
    fields = [field for field in model._meta.local_concrete_fields if field not in made]
    table, names = quote(model._meta.db_table), ", ".join(quote(field.column) for field in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    words = f"INSERT INTO {table} ({names}) VALUES {', '.join([row] * number)}"  # noqa: S608
    if made:
        words += f" RETURNING {', '.join(quote(field.column) for field in made)}"
    return fields, made, words


class _Compiled:
    """A QuerySet's SQL with the values that it was made with, and its rows for others in their places."""

    def __init__(self, queryset):
        self.queryset = queryset
        self.compiler = queryset.query.get_compiler(connection=connection)
        self.sql, params = self.compiler.as_sql()
        self.params = list(params)
        columns = [column for column, *_rest in self.compiler.select]
        self.converters = self.compiler.get_converters(columns)
        self.has_composites = self.compiler.has_composite_fields(columns)

    def ask(self, params):
        """The QuerySet's own iteration, which makes objects or tuples of rows, over rows asked for anew."""
        compiler = twin(
            self.compiler,
            execute_sql=lambda *_args, **_options: [self._fetch(params)],
            get_converters=lambda _columns: self.converters,
            has_composite_fields=lambda _columns: self.has_composites,
        )
        query = twin(self.queryset.query, get_compiler=lambda *_args, **_options: compiler)
        return list(twin(self.queryset, _query=query, _result_cache=None))

    def _fetch(self, params):
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            return cursor.fetchall()


class _Statement(_Compiled):
    """The SQL of one shape, and where in its parameters the values go."""

    def __init__(self, build, width, sides, shape):
        ids = range(-width, 0)
        user = Person(pk=SOME_PERSON)
        units = {side: frozenset([NO_ID]) for side in sides}
        user.reach = Reach(
            officials=units.get(Side.OFFICIAL, frozenset()),
            elected=units.get(Side.ELECTED, frozenset()),
            audiences=frozenset(ids),
        )
        super().__init__(build(user, SOME_TIME, text=SOME_TEXT, **shape))
        params = self.params
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

    def values(self, person_id, audiences, at=None, text=""):
        """The values of the statement for somebody; `at` where it asks for a time."""
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
