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
NOTES_EACH = 15


@pytest.mark.django_db(transaction=True)
def test_no_note_slips_in_behind_the_frozen_count():
    if connection.vendor != "postgresql":
        pytest.skip("only on PostgreSQL: SQLite lets one writer in at a time")
    room = make_room(make_cast(), tables=WRITERS, each=1)
    room.open(E)
    saved, refused, half_way = [], [], threading.Event()

    def write(table):
        for number in range(NOTES_EACH):
            try:
                saved.append(
                    room.write(table, E, f"Tanke {number}", f"ord {table} {number % 4}", "tillit").pk
                )
            except NoteRefused:
                refused.append(number)
            if len(saved) > WRITERS * NOTES_EACH / 2:
                half_way.set()
        connections.close_all()

    threads = [threading.Thread(target=write, args=[table]) for table in range(1, WRITERS + 1)]
    for thread in threads:
        thread.start()
    half_way.wait(30)
    result = room.close()
    for thread in threads:
        thread.join(60)
    assert len(saved) + len(refused) == WRITERS * NOTES_EACH
    assert refused, "the door closed too late to try anything"
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
        thread.join(30)
    assert wrong == []
    assert Note.objects.count() == 1
