"""Figures that a test prints: told at the end of every run, from whichever process the test ran in.

What a worker of `pytest -n 2` writes is lost; what it notes in a report is not.
"""

from functools import partial

import pytest

TOLD = "told"


@pytest.fixture
def tell(record_property):
    """A function that has a line printed at the end of the run, whether the test then passes or fails."""
    return partial(record_property, TOLD)


def pytest_terminal_summary(terminalreporter):
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.getreports(kind)]
    lines = [
        line
        for report in reports
        if report.when == "call"
        for name, line in report.user_properties
        if name == TOLD
    ]
    if lines:
        terminalreporter.section("figures")
        for line in sorted(lines):
            terminalreporter.line(line)
