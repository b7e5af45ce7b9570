import gc
import os
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import connection, connections
from django.test import Client, TransactionTestCase
from hypothesis import HealthCheck, settings

from forums.tallying import tally_of

from .cast import make_cast
from .emptying import empty
from .migrating import copy_database, migrated
from .telling import pytest_terminal_summary, tell  # noqa: F401 - a hook and a fixture

# The same examples every time and however slow the machine is: what fails, fails again. To look for more:
# pytest --hypothesis-profile=exploring (decisions/0290).
PATIENT = {
    "deadline": None,
    "suppress_health_check": [
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
}
settings.register_profile("steady", derandomize=True, **PATIENT)
settings.register_profile("exploring", **PATIENT)
settings.load_profile("steady")


# Whole files go to each process (`--dist loadfile`), the longest first: then all end at about the same time.
LONGEST = [
    "tests/browser/test_every_page.py",
    "tests/browser/test_journey.py",
    "tests/forums/test_every_filter.py",
    "tests/portal/test_odd_numbers.py",
    "tests/portal/test_access.py",
    "tests/forums/test_gold_in_a_room.py",
    "tests/news/test_publishing_rules.py",
    "tests/portal/test_serving.py",
    "tests/portal/test_both_languages.py",
    "tests/portal/test_demo.py",
    "tests/news/test_queries.py",
    "tests/portal/test_double_click.py",
    "tests/forums/test_join_link.py",
    "tests/news/test_import_page.py",
    "tests/portal/test_streaming.py",
]


# What waits for other processes: servers, a browser.
ACROSS_PROCESSES = ("tests/browser/", "tests/portal/test_serving.py", "tests/portal/test_streaming.py")


def pytest_collection_modifyitems(items):
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.location[0], len(places)))
    if os.environ.get("CI"):  # twice more, and told as RERUN: decisions/0344
        for item in items:
            if item.location[0].startswith(ACROSS_PROCESSES):
                item.add_marker(pytest.mark.flaky(reruns=2, reruns_delay=10))


gc.disable()  # nothing of what is read in goes away before the first test


def pytest_collection_finish():
    """What has been read in by now stays to the end: Python need not look through it for garbage again and
    again, as in the processes that serve the portal. Nor does it look at the rest as often as by default,
    every 700 objects: a page makes a hundred thousand."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()


@pytest.fixture(scope="session")
def migrated_database(pytestconfig):
    """The path of a SQLite database in which all migrations have run, to be copied."""
    return migrated(pytestconfig.cache.mkdir("migrated"))


IS_SQLITE = connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request, django_db_modify_db_settings_parallel_suffix):
    """Begin with a copy, where the database is a file; `--reuse-db` goes on with the one from last time."""
    if IS_SQLITE:
        target = Path(connection.settings_dict["TEST"]["NAME"])
        goes_on = request.config.getvalue("reuse_db") and not request.config.getvalue("create_db")
        if not (goes_on and target.exists()):
            copy_database(request.getfixturevalue("migrated_database"), target)


@pytest.fixture(scope="session")
def django_db_createdb(django_db_createdb):
    return django_db_createdb and not IS_SQLITE


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb):
    return django_db_keepdb or IS_SQLITE


@pytest.fixture(autouse=True)
def _empty_caches():
    """Every test begins as the first reader and with no failed sign-ins counted."""
    for name in caches:
        caches[name].clear()
    tally_of.cache_clear()


@pytest.fixture(scope="session", autouse=True)
def _models_stay_known():
    """After a test that commits, empty what it may have written, and not what Django says about the models:
    `flush` has all of that written anew, which takes longer than the rest of it."""

    def empty_all(test_case):
        for name in test_case._databases_names(include_mirrors=False):
            empty(connections[name])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_all)
        yield


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def client_as():
    """A function that returns a client signed in as the person given."""

    def sign_in(person):
        client = Client()
        client.force_login(person)
        return client

    return sign_in


# The only reasons for which a test may stand aside: what it tries exists on one database alone.
ALLOWED_SKIPS = ("only on SQLite", "only on PostgreSQL")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Turn a skipped test into a failed one: a test that did not run says nothing."""
    return _unskipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    return _unskipped((yield))


def _unskipped(report):
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
        if not reason.removeprefix("Skipped: ").startswith(ALLOWED_SKIPS):
            report.outcome, report.longrepr = "failed", f"{reason}: not a reason to skip (tests/conftest.py)"
    return report
