"""What `flushed_together` has ended is on disk, and nobody waits for the disk while holding a lock."""

import os
from pathlib import Path

import pytest
from django.db import connection, transaction

from accounts.flushing import flushed_together
from accounts.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)


def make_unit(name):
    return Unit.objects.create(name=name, slug=name.lower(), kind=Unit.Kind.MUNICIPALITY)


def ask(question):
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only on PostgreSQL")
def test_the_log_is_flushed_as_far_as_the_block_wrote_on_postgresql():
    for number in range(20):  # the server's own writer may have been there first, now and then
        with flushed_together():
            make_unit(f"Enhet {number}")
            assert ask("SHOW synchronous_commit") == "off"
            written = ask("SELECT pg_current_wal_insert_lsn()")
        assert ask("SHOW synchronous_commit") == "on"
        assert ask(f"SELECT pg_current_wal_flush_lsn() >= '{written}'::pg_lsn")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only on SQLite")
def test_the_log_is_flushed_after_the_lock_is_let_go_of_on_sqlite(monkeypatch):
    states = []
    flush = os.fdatasync
    monkeypatch.setattr(
        os,
        "fdatasync",
        lambda file: (
            states.append((connection.in_atomic_block, str(Path(f"/proc/self/fd/{file}").readlink())))
            or flush(file)
        ),
    )
    with flushed_together():
        make_unit("Enhet")
        assert states == []
    [(in_transaction, path)] = states
    assert not in_transaction and path == f"{connection.settings_dict['NAME']}-wal"


def test_what_is_refused_leaves_nothing_and_what_is_within_another_ends_with_it():
    with pytest.raises(LookupError), flushed_together():
        make_unit("Enhet")
        raise LookupError
    assert not Unit.objects.exists()
    with pytest.raises(LookupError), transaction.atomic():
        with flushed_together():
            make_unit("Enhet")
        raise LookupError
    assert not Unit.objects.exists()
