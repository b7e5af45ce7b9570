"""A portal of its own for a test, as `make run` and production serve it."""

import fcntl
import logging
import shutil
import socket
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import transaction

from ..cast import make_cast
from ..migrating import copy_database
from .running import environment_of, manage
from .world import make_world


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """The cast and its world, made once for a whole module and taken away after it. What a test writes goes
    before that, as ever."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast()
        yield cast, make_world(cast)
        transaction.set_rollback(True)


@pytest.fixture
def world(made, db, caplog):
    # Refusals are what is tried there; their log would bury the differences.
    caplog.set_level(logging.CRITICAL, logger="django.request")
    return made[1]


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


FURNISH = """
from accounts.models import Person
from portal.preparing import collect_static
Person.objects.create_user("a@b.example", None, given_name="A", family_name="B")
collect_static()
"""


@pytest.fixture
def home(tmp_path, furnished):
    """The environment of a home of its own, with a database that already holds somebody."""
    shutil.copytree(furnished, tmp_path, dirs_exist_ok=True)
    return environment_of(tmp_path)


@pytest.fixture(scope="session")
def furnished(tmp_path_factory, worker_id, migrated_database):
    """A directory made once for all processes of the suite, which every home begins as: its database holds
    somebody, and its static files are collected."""
    shared = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        shared = shared.parent
    directory = shared / "furnished"
    with (shared / "furnishing").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not directory.exists():
            being_made = shared / "being-furnished"
            being_made.mkdir(exist_ok=True)
            environment = environment_of(being_made)
            copy_database(migrated_database, being_made / "samspel.sqlite3")
            manage(environment, "shell", "--no-imports", "--command", FURNISH)
            being_made.rename(directory)
    return directory


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
