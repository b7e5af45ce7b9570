"""What a test commits is gone before the next one, whoever still writes as it ends."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from accounts.models import LogEntry, Unit
from accounts.recording import record
from tests.emptying import empty, written
from tests.portal.world import make_world

pytestmark = pytest.mark.django_db(transaction=True)


def holding():
    """The names of the tables that hold something."""
    with connection.cursor() as cursor:
        return {table for table in written(connection) if _has_row(cursor, table)}


def _has_row(cursor, table):
    cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608
    return cursor.fetchone() is not None


def test_nothing_is_left_but_what_django_says_of_the_models(cast):
    make_world(cast)
    record("cast.made", about=cast.karin, by=cast.ada)
    filled = holding()
    assert len(filled) > 40
    assert LogEntry._meta.db_table in filled
    empty(connection)
    assert holding() == set()
    assert ContentType.objects.exists()


def test_who_still_writes_is_waited_for(db):
    writes = Event()

    def write():
        try:
            with transaction.atomic():
                Unit.objects.create(name="Sent", slug="sent", kind=Unit.Kind.MUNICIPALITY)
                writes.set()
                sleep(0.5)  # time enough to be emptied under it
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        written_late = pool.submit(write)
        assert writes.wait(10)
        empty(connection)
        written_late.result()
    assert not Unit.objects.exists()
