import os

import pytest
from django.core.cache import caches
from django.test import Client
from hypothesis import HealthCheck, settings

from forums.tallying import tally_of

from .cast import make_cast

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
    "tests/portal/test_access.py",
    "tests/portal/test_serving.py",
    "tests/portal/test_demo.py",
    "tests/portal/test_streaming.py",
    "tests/forums/test_join_link.py",
    "tests/portal/test_double_click.py",
]


# What waits for other processes: servers, a browser.
ACROSS_PROCESSES = ("tests/browser/", "tests/portal/test_serving.py", "tests/portal/test_streaming.py")


def pytest_collection_modifyitems(items):
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.location[0], len(places)))
    if os.environ.get("CI"):  # once more, and told as RERUN: decisions/0344
        for item in items:
            if item.location[0].startswith(ACROSS_PROCESSES):
                item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(autouse=True)
def _empty_caches():
    """Every test begins as the first reader and with no failed sign-ins counted."""
    for name in caches:
        caches[name].clear()
    tally_of.cache_clear()


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
