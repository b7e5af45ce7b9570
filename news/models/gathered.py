"""Rows that belong to a row, fetched in the query that fetches it (decisions/0300)."""

from datetime import UTC

from django.db import models
from django.db.models.functions import JSONObject

POSTGRESQL = '(SELECT jsonb_agg(gathered."one") FROM (%(subquery)s) gathered)'
# SQLite forgets on the way out of the inner query that it is JSON. Both keep the order of the inner one.
SQLITE = '(SELECT json_group_array(json(gathered."one")) FROM (%(subquery)s) gathered)'


class Gathered(models.Subquery):
    """Some columns of the rows of a QuerySet, in its order, as one value of an outer row: a list of dicts,
    or None where there is no row.

    Args:
        queryset: what is gathered, with OuterRef to the outer row.
        fields: the names of the columns, such as "by__email".
    """

    template = POSTGRESQL
    output_field = models.JSONField()

    def __init__(self, queryset, *fields):
        super().__init__(queryset.values(one=JSONObject(**{name: name for name in fields})))

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template=SQLITE, **context)


def made_of(model, row, *, below=""):
    """An object of `model` from one of the dicts of a Gathered; columns that were not gathered are fetched
    when they are asked for, as after `only`.

    Args:
        below: the beginning of the names that are meant, "by__"; the others belong to something else.
    """
    columns = {field.name: field for field in model._meta.concrete_fields}
    columns |= {field.attname: field for field in model._meta.concrete_fields}
    found = {}
    for name, value in row.items():
        if name.startswith(below) and (field := columns.get(name.removeprefix(below))):
            found[field.attname] = _read(field, value)
    names = [field.attname for field in model._meta.concrete_fields if field.attname in found]
    return model.from_db(None, names, [found[name] for name in names])


def _read(field, value):
    """A value of a column as it comes from JSON: SQLite's moments are UTC, and do not say so."""
    value = field.to_python(value)
    if isinstance(field, models.DateTimeField) and value and value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    return value
