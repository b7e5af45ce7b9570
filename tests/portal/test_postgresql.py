"""PostgreSQL's connections: a dropped one is found, and not looked for before every page."""

import pytest
from django.db import connection, connections

from portal.postgresql import base

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="only on PostgreSQL"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def own():
    """A connection of its own, kept as in production; the test's stays what it is."""
    made = connections.create_connection("default")
    made.settings_dict = {**made.settings_dict, "CONN_HEALTH_CHECKS": True}
    made.health_check_enabled = True
    yield made
    made.close()


def drop(own):
    with own.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])


def ask(own):
    own.health_check_done = False  # as `close_old_connections` does before each page
    with own.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone()


def test_a_connection_dropped_while_nobody_asked_is_made_anew(own, monkeypatch):
    ask(own)
    drop(own)
    now = base.time.monotonic()
    monkeypatch.setattr(base.time, "monotonic", lambda: now + base.STILL_FRESH + 1)
    assert ask(own) == (1,)


def test_a_busy_connection_is_not_looked_at_for_each_page(own, monkeypatch):
    looks = []
    monkeypatch.setattr(type(own), "is_usable", lambda wrapper: looks.append(wrapper) or True)
    now = base.time.monotonic()
    for second in range(3 * base.STILL_FRESH):
        monkeypatch.setattr(base.time, "monotonic", lambda second=second: now + second)
        ask(own)
    assert 2 <= len(looks) <= 3


def test_time_that_passes_in_a_transaction_is_no_reason_to_look(own, monkeypatch):
    now = base.time.monotonic()
    monkeypatch.setattr(base.time, "monotonic", lambda: now)
    ask(own)
    own.health_check_done = False
    own.set_autocommit(False)
    with own.cursor() as cursor:
        cursor.execute("SELECT 1")
    monkeypatch.setattr(base.time, "monotonic", lambda: now + base.STILL_FRESH + 1)
    own.commit()
    own.set_autocommit(True)
    assert ask(own) == (1,)


def test_the_portal_keeps_its_connections_in_that_way(settings):
    assert settings.DATABASES["default"]["ENGINE"] == "portal.postgresql"
    assert settings.DATABASES["default"]["CONN_HEALTH_CHECKS"]
