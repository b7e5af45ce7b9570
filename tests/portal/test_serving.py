"""One command serves the portal, and nothing of it is left when it ends."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from portal.management.commands.serve import Command
from portal.preparing import with_demo_password

from ..cast import make_person

START = 30  # seconds allowed here, on a busy machine; `make run` is asked for 5


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def home(tmp_path):
    """The environment of a home of its own, with a database that already holds somebody."""
    environment = {"PATH": os.environ["PATH"], "SAMSPEL_DEMO": "1", "SAMSPEL_VAR": str(tmp_path)}
    manage(environment, "migrate", "--verbosity=0")
    code = (
        "from accounts.models import Person;"
        "Person.objects.create_user('a@b.example', None, given_name='A', family_name='B')"
    )
    manage(environment, "shell", "--no-imports", "--command", code)
    return environment


def manage(environment, *arguments):
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True, timeout=120)  # noqa: S603


@pytest.fixture
def portal(home, free_port):
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "manage.py", "serve", "--port", str(free_port)],
        cwd=settings.BASE_DIR,
        env=home,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    process.address = f"http://127.0.0.1:{free_port}"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


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


def wait_for_end(pids):
    until = time.monotonic() + 15
    while alive := [pid for pid in pids if is_alive(pid)]:
        assert time.monotonic() < until, f"still alive: {alive}"
        time.sleep(0.05)


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.fixture
def data(home):
    """What the home holds before it is served."""
    return data_of(home)


def data_of(home):
    command = [sys.executable, "manage.py", "dumpdata", "accounts", "news", "forums"]
    dump = subprocess.run(  # noqa: S603
        command, cwd=settings.BASE_DIR, env=home, check=True, capture_output=True, timeout=120
    )
    return dump.stdout


def test_a_second_start_touches_no_data(home, data, portal):
    assert b"a@b.example" in data
    assert answer_of(f"{portal.address}/halsa/")[0] == 200
    assert data_of(home) == data


def test_it_serves_pages_and_static_files_until_it_is_stopped(portal):
    status, _page = answer_of(f"{portal.address}/konto/login/")
    assert status == 200
    assert answer_of(f"{portal.address}/static/admin/css/base.css")[0] == 200
    family = descendants(portal.pid)
    assert len(family) == 3  # two web workers and the task worker

    os.killpg(portal.pid, signal.SIGINT)  # as Ctrl-C in a terminal

    assert portal.wait(8) == 0  # at once: less than the grace that a hanging worker would get
    wait_for_end(family)
    told = portal.stdout.read()
    assert portal.address in told
    assert "forumansvarig@almvik.example" in told


def test_nothing_is_left_when_it_is_killed(portal):
    answer_of(f"{portal.address}/konto/login/")
    family = descendants(portal.pid)
    portal.kill()
    wait_for_end(family)


def test_a_worker_that_dies_is_replaced(portal):
    answer_of(f"{portal.address}/konto/login/")
    for pid in descendants(portal.pid):
        os.kill(pid, signal.SIGKILL)
    until = time.monotonic() + 15
    while len([pid for pid in descendants(portal.pid) if is_alive(pid)]) < 3:
        assert time.monotonic() < until
        time.sleep(0.1)
    assert answer_of(f"{portal.address}/konto/login/")[0] == 200


def test_a_taken_port_is_told_in_one_line():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"^Port {port} cannot be used .*$"):
            call_command("serve", port=port)


def test_production_refuses_the_demo_password(db, settings):
    settings.DEMO = False
    make_person("chef", "Maja", "Lind")
    with pytest.raises(CommandError, match=r"^chef@almvik.example still has the demo password.*$"):
        Command().prepare()


def test_production_takes_a_demo_address_with_another_password_or_none(db):
    person = make_person("chef", "Maja", "Lind")
    person.set_password("något helt annat")
    person.save()
    closed = make_person("godkannare", "Gunnar", "Holm")
    closed.is_active = False
    closed.save()
    assert with_demo_password() is None
