"""SQLite for several processes that write at once.

Whoever finds SQLite's write lock taken sleeps, up to 100 ms at a time, and tries again: it is idle when
the lock falls free, and may be overtaken for seconds. Here a transaction first takes a lock that the
operating system hands on at once, in a file beside the database (decisions/0251). SQLite's own lock is
behind it, for those who write without.
"""

import fcntl
from pathlib import Path

from django.db.backends.sqlite3 import base, features, operations

# Stands in the name of a trigger that lets nobody change or remove a row.
REFUSES = "_refuses_"


class DatabaseFeatures(features.DatabaseFeatures):
    # A part of SQLite since 3.38, and of what was handed out before. Django would ask, within somebody's
    # page, once in each process.
    supports_json_field = True


class DatabaseOperations(operations.DatabaseOperations):
    def sql_flush(self, style, tables, **options):
        """Empty whole tables, also one that refuses to have its rows removed: its triggers stand aside
        meanwhile, as they do on PostgreSQL's TRUNCATE. All of it is one transaction."""
        flush = super().sql_flush(style, tables, **options)
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
            refusing = [row for row in cursor.fetchall() if REFUSES in row[0]]
        emptied = " ".join(flush)
        refusing = [row for row in refusing if self.quote_name(row[1]) in emptied]
        stand_aside = [f"DROP TRIGGER {self.quote_name(name)}" for name, *_rest in refusing]
        return [*stand_aside, *flush, *(sql for *_rest, sql in refusing)]


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
    ops_class = DatabaseOperations
    _turnstile = None  # the open file; its lock is held while a transaction lasts

    def _start_transaction_under_autocommit(self):
        if self._turnstile is None and not self.is_in_memory_db():
            # One for each connection: the lock belongs to the open file (flock(2)).
            self._turnstile = Path(f"{self.settings_dict['NAME']}-turn").open("w")  # noqa: SIM115
        if self._turnstile:
            fcntl.flock(self._turnstile, fcntl.LOCK_EX)
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._let_pass()
            raise

    def _commit(self):
        try:
            return super()._commit()
        finally:
            self._let_pass()

    def _rollback(self):
        try:
            return super()._rollback()
        finally:
            self._let_pass()

    def _close(self):
        try:
            return super()._close()
        finally:
            if self._turnstile:
                self._turnstile.close()  # and so lets pass
                self._turnstile = None

    def _let_pass(self):
        if self._turnstile:
            fcntl.flock(self._turnstile, fcntl.LOCK_UN)
