"""The figures that tests are asked for are printed in every run."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CONFTEST = "from tests.telling import pytest_terminal_summary, tell\n"
TESTS = """
def test_that_passes(tell):
    tell("of 600 pairs 97.5 % are found")

def test_that_fails(tell):
    tell("of 400 pairs 3 are merged")
    assert False
"""


def test_figures_are_printed_though_the_tests_run_in_another_process(tmp_path):
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "test_figures.py").write_text(TESTS)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "pytest", "-q", "-p", "xdist.plugin", "-n", "1", str(tmp_path)],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        check=False,  # one of them fails
        capture_output=True,
        text=True,
    )
    lines = run.stdout.splitlines()
    assert [line for line in lines if line.startswith("of ")] == [
        "of 400 pairs 3 are merged",
        "of 600 pairs 97.5 % are found",
    ]
    assert "1 failed, 1 passed" in run.stdout
