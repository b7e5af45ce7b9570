"""Closing while the room still writes: a note is in the count, or it was turned away."""

import threading
import uuid

import pytest
from django.db import connection, connections

from forums.models import Note
from forums.noting import NoteRefused, write_note
from tests.cast import make_cast

from .room import E, make_room

WRITERS = 6
MOST_EACH = 1000  # nobody comes so far: the door closes before


@pytest.mark.django_db(transaction=True)
def test_no_note_slips_in_behind_the_frozen_count():
    if connection.vendor != "postgresql":
        pytest.skip("only on PostgreSQL: SQLite lets one writer in at a time")
    room = make_room(make_cast(), tables=WRITERS, each=1)
    room.open(E)
    saved, refused, half_way = [], [], threading.Event()

    def write(table):
        try:
            for number in range(MOST_EACH):
                saved.append(
                    room.write(table, E, f"Tanke {number}", f"ord {table} {number % 4}", "tillit").pk
                )
                if len(saved) > WRITERS * 8:
                    half_way.set()
        except NoteRefused:
            refused.append(table)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=[table]) for table in range(1, WRITERS + 1)]
    for thread in threads:
        thread.start()
    half_way.wait(60)
    result = room.close()
    for thread in threads:
        thread.join(60)
    assert sorted(refused) == list(range(1, WRITERS + 1))  # each wrote until the door closed
    assert result.figures["notes"]["total"] == Note.objects.count() == len(set(saved))


@pytest.mark.django_db(transaction=True)
def test_one_note_sent_from_many_tries_at_once_is_one_note():
    if connection.vendor != "postgresql":
        pytest.skip("only on PostgreSQL: SQLite lets one writer in at a time")
    room = make_room(make_cast(), tables=1, each=1)
    room.open(E)
    note_id, wrong = uuid.uuid4(), []

    def write():
        try:
            write_note(
                note_id=note_id,
                question=room.question,
                table=room.tables[0],
                side=E,
                text="Samma tanke",
                keywords=["tillit"],
                by=room.seated[1, E][0],
            )
        except Exception as error:  # noqa: BLE001 - whatever it is, it is wrong
            wrong.append(error)
        connections.close_all()

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert wrong == []
    assert Note.objects.count() == 1
