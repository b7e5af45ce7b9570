"""Transactions that wait for the disk together instead of one after the other."""

import os
from contextlib import contextmanager

from django.db import connection, transaction

# A commit that is to be flushed must have written something (PostgreSQL, `RecordTransactionCommit`): this
# writes a word into the log, and nothing into any table.
WRITE_A_WORD = "SELECT pg_logical_emit_message(true, 'samspel', '')"


@contextmanager
def flushed_together(*, few_wait=False):
    """A transaction that is on disk when the block has ended, as any other, for what hundreds do a second.

    A database waits for the disk within its commit, while others wait for the locks: 3 ms each time on a
    common disk. Here the commit goes to the log first, which lets the next one in, and the log is
    flushed after that; one flush takes along whatever others have written meanwhile. What a power cut
    finds in a flushed log is there when the database is opened again, and nothing that came later
    without it (SQLite, "WAL mode"; PostgreSQL, "Asynchronous Commit").

    Args:
        few_wait: whether only a few want the rows that are held. PostgreSQL lets all others commit meanwhile
            and flushes for several by itself, so that the two statements more are not worth it.
    """
    in_memory = connection.vendor == "sqlite" and connection.is_in_memory_db()
    if connection.in_atomic_block or in_memory or (few_wait and connection.vendor == "postgresql"):
        with transaction.atomic():
            yield
        return
    by = _flushed_by_postgresql if connection.vendor == "postgresql" else _flushed_by_sqlite
    with by():
        yield


@contextmanager
def _flushed_by_postgresql():
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit TO off")
        yield
    with connection.cursor() as cursor:
        cursor.execute(WRITE_A_WORD)


@contextmanager
def _flushed_by_sqlite():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=NORMAL")
        try:
            with transaction.atomic():
                yield
        finally:
            cursor.execute("PRAGMA synchronous=FULL")
    _flush(f"{connection.settings_dict['NAME']}-wal")


def _flush(path):
    log = os.open(path, os.O_RDONLY)
    try:
        os.fdatasync(log)
    finally:
        os.close(log)
