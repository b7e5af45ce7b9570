"""Emptying a database after a test that has committed."""

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import transaction

from accounts.models import LogEntry

# What Django writes about the models once the tables are there. No test writes any of it.
ABOUT_MODELS = {ContentType._meta.db_table, Permission._meta.db_table}


def empty(connection):
    """Empty every table that a test may have written to."""
    if connection.vendor == "postgresql":
        _empty_filled(connection, written(connection))
    else:
        connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), written(connection)))


def written(connection):
    """The names of the tables that tests write to."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return [table for table in tables if table not in ABOUT_MODELS]


def _empty_filled(connection, tables):
    """Empty those of the tables that hold anything: TRUNCATE makes a new file for every table and index,
    hundreds of them, where a test has filled ten tables (decisions/0726). It waits for whoever still writes,
    as TRUNCATE does. The log refuses to have its rows deleted (decisions/0301)."""
    names = {table: connection.ops.quote_name(table) for table in tables}
    any_row = [f"(SELECT '{table}' FROM {name} LIMIT 1)" for table, name in names.items()]  # noqa: S608
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(names.values())} IN ACCESS EXCLUSIVE MODE")
        cursor.execute(" UNION ALL ".join(any_row))
        for (table,) in cursor.fetchall():
            way = "TRUNCATE" if table == LogEntry._meta.db_table else "DELETE FROM"
            cursor.execute(f"{way} {names[table]}")
