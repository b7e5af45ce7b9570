"""One command serves the portal, and nothing of it is left when it ends."""

import os
import signal
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from portal.management.commands.serve import Command
from portal.preparing import with_demo_password

from ..cast import make_person
from .running import answer_of, family_of, wait_for_end


@pytest.fixture
def data(home):
    """What the home holds before it is served."""
    return data_of(home)


def data_of(home):
    """{table: its rows} of our own apps, read from the file: to start Django for it takes seconds."""
    path = Path(home["SAMSPEL_VAR"], "samspel.sqlite3")
    own = [model._meta.db_table for model in apps.get_models(include_auto_created=True)]
    own = [table for table in own if table.startswith(("accounts_", "news_", "forums_"))]
    with closing(sqlite3.connect(path)) as database:
        return {table: database.execute(f"SELECT * FROM {table}").fetchall() for table in own}  # noqa: S608


def test_a_second_start_touches_no_data(home, data, portal):
    assert "a@b.example" in str(data["accounts_person"])
    assert answer_of(f"{portal.address}/halsa/")[0] == 200
    assert data_of(home) == data


def test_it_serves_pages_and_static_files_until_it_is_stopped(portal):
    status, _page = answer_of(f"{portal.address}/konto/login/")
    assert status == 200
    assert answer_of(f"{portal.address}/static/admin/css/base.css")[0] == 200
    family = family_of(portal)

    os.killpg(portal.pid, signal.SIGINT)  # as Ctrl-C in a terminal

    assert portal.wait(8) == 0  # at once: less than the grace that a hanging worker would get
    wait_for_end(family)
    told = portal.stdout.read()
    assert portal.address in told
    assert "forumansvarig@almvik.example" in told


def test_nothing_is_left_when_it_is_killed(portal):
    answer_of(f"{portal.address}/konto/login/")
    family = family_of(portal)
    portal.kill()
    wait_for_end(family)


def test_a_worker_that_dies_is_replaced(portal):
    answer_of(f"{portal.address}/konto/login/")
    for pid in (killed := family_of(portal)):
        os.kill(pid, signal.SIGKILL)
    wait_for_end(killed)
    family_of(portal)
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
