"""Asking a portal that runs in processes of its own, and seeing what becomes of them."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from django.conf import settings

START = 90  # seconds allowed here, on a busy machine; `make run` is asked for 5


def environment_of(directory):
    """The environment of a portal that has its home in this directory."""
    return {"PATH": os.environ["PATH"], "SAMSPEL_DEMO": "1", "SAMSPEL_VAR": str(directory)}


def manage(environment, *arguments):
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True, timeout=600)  # noqa: S603


def answer_of(url):
    """Return the status and text of `url`, waiting for its server to start."""
    until = time.monotonic() + START
    while True:
        try:
            with urllib.request.urlopen(url, timeout=START) as answer:  # noqa: S310
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, ""
        except OSError:
            assert time.monotonic() < until, "it does not start"
            time.sleep(0.05)


def descendants(pid):
    """Return the ids of the processes below `pid`, as Linux tells them."""
    children = Path(f"/proc/{pid}/task").glob("*/children")
    found = [int(child) for path in children for child in path.read_text().split()]
    return found + [grandchild for child in found for grandchild in descendants(child)]


def family_of(portal, size=4):
    """Return the ids of the living processes below a portal's, once there are as many as there should be: two
    web workers, the task worker and the lookout. The last may begin a moment after the first has answered."""
    until = time.monotonic() + START
    while len(family := [pid for pid in descendants(portal.pid) if is_alive(pid)]) != size:
        assert time.monotonic() < until, f"{len(family)} processes, not {size}"
        time.sleep(0.05)
    return family


def wait_for_end(pids):
    until = time.monotonic() + START
    while alive := [pid for pid in pids if is_alive(pid)]:
        assert time.monotonic() < until, f"still alive: {alive}"
        time.sleep(0.05)


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
