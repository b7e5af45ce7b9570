import pytest
from django.core.cache import caches
from django.test import Client

from .cast import make_cast


@pytest.fixture(autouse=True)
def _empty_caches():
    """Every test begins as the first reader and with no failed sign-ins counted."""
    for name in caches:
        caches[name].clear()


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
