"""The turnstile before SQLite's write lock: one transaction at a time, and the next goes on at once."""

import fcntl
from pathlib import Path

import pytest
from django.db import connection, transaction

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="only on SQLite"),
]


def may_pass():
    """Whether another process could begin a transaction now."""
    with Path(f"{connection.settings_dict['NAME']}-turn").open("w") as turnstile:
        try:
            fcntl.flock(turnstile, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def test_a_transaction_holds_the_turnstile_until_it_ends():
    with transaction.atomic():
        assert not may_pass()
        with transaction.atomic():
            assert not may_pass()
        assert not may_pass()
    assert may_pass()


def test_one_that_is_rolled_back_or_cut_off_lets_the_next_pass():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        1 / 0  # noqa: B018
    assert may_pass()
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    assert not may_pass()
    connection.close()
    assert may_pass()


def test_what_is_erased_is_overwritten():
    """Whatever the library was built with: others than Debian's leave erased rows in free pages."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        assert cursor.fetchone() == (1,)
