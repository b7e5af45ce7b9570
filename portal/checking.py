"""Whether the portal is well: what a load balancer and an operator ask."""

import uuid
from functools import cache as cache_once

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Case, Min, When
from django.utils import timezone
from django_tasks_db.models import DBTaskResult


def check_database():
    """Return "ok", or the kind of error that a question to the database ended in."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError as error:
        return type(error).__name__
    return "ok"


def check_cache():
    """Return "ok", or what came of writing to the cache and reading back."""
    key, value = "health", str(uuid.uuid4())
    try:
        cache.set(key, value, timeout=60)
        found = cache.get(key)
    except Exception as error:  # noqa: BLE001 - each cache backend has errors of its own
        return type(error).__name__
    return "ok" if found is not None else "forgetful"


@cache_once
def known_migrations():
    """Return the (app, name) of every migration in the code."""
    return frozenset(MigrationLoader(None).disk_migrations)


def unapplied_migrations():
    """Return how many migrations the code has that the database has not. One query."""
    return len(known_migrations() - MigrationRecorder(connection).applied_migrations().keys())


def backlog_age():
    """Return for how many whole seconds the oldest task that should have run has waited; 0 for none."""
    now = timezone.now()
    # A task without a time of its own has one at the end of the calendar: it waits since it came.
    since = Case(When(run_after__lte=now, then="run_after"), default="enqueued_at")
    oldest = DBTaskResult.objects.ready().aggregate(oldest=Min(since))["oldest"]
    return int((now - oldest).total_seconds()) if oldest else 0


def check_health():
    """Return the state of what the portal stands on, without names, versions or secrets.

    Returns:
        {"status": "ok" | "degraded" | "down", "database": str, "cache": str,
         "unapplied_migrations": int | None, "task_backlog_seconds": int | None}
    """
    report = {
        "status": "ok",
        "database": check_database(),
        "cache": check_cache(),
        "unapplied_migrations": None,
        "task_backlog_seconds": None,
    }
    if report["database"] != "ok":
        return report | {"status": "down"}
    report["unapplied_migrations"] = unapplied_migrations()
    if report["unapplied_migrations"]:
        return report | {"status": "degraded"}
    report["task_backlog_seconds"] = backlog_age()
    if report["cache"] != "ok":
        report["status"] = "degraded"
    return report
