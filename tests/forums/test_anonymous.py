"""Anonymous means that nobody can find out: the whole database, and every line of the log, is the same
whoever of a side at a table wrote the note or put the dot."""

import logging
import uuid

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forums.models import Dot, Note
from forums.prioritising import open_dots
from forums.working import close_group_work, close_round

from .room import E, make_room

pytestmark = pytest.mark.django_db

NOTE = uuid.UUID("6b1d7f1e-3f0c-4a55-9d5e-2f6d5a8f9a11")
# Numbers that the database counts up or draws by lot, whoever comes.
COUNTED = {
    "forums_mention": {"id"},
    "forums_dot": {"id"},
    "accounts_mail": {"id"},
    "accounts_notification": {"id"},
}


@pytest.fixture
def room(cast):
    room = make_room(cast, tables=2, each=5)
    room.open(E)
    # The words are there already, so that nothing else is new.
    room.write(1, E, "Den första av alla.", "tillit", "mod", by=room.seated[1, E][4])
    return room


@pytest.fixture
def people(room):
    """Two of the same side at the same table, each with the page open in a browser of their own."""
    visits = []
    for person in room.seated[1, E][:2]:
        client = Client()
        client.force_login(person)
        client.get(reverse("forums:group_work", args=[room.forum.slug]))
        visits.append((person, client))
    return visits


class Undone(Exception):  # noqa: N818 - it takes a world back
    """Thrown to take back all that was written."""


def world_after(deed, caplog):
    """Return every row of every table, and every line of the log, as `deed()` leaves them; then undo it."""
    caplog.clear()
    with caplog.at_level(logging.DEBUG, logger=""):
        try:
            with transaction.atomic():
                deed()
                rows = every_row()
                raise Undone
        except Undone:
            lines = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
            return rows, lines


def every_row():
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own tables
            names = [column[0] for column in cursor.description]
            left_out = COUNTED.get(table, set())
            found[table] = sorted(
                repr([(name, value) for name, value in zip(names, row, strict=True) if name not in left_out])
                for row in cursor.fetchall()
            )
    return found


def write(room, client):
    sent = {
        "note_id": NOTE,
        "question": room.question.pk,
        "text": "Det här vågar jag bara säga utan namn.",
        "keywords": "tillit, mod",
    }
    answer = client.post(
        reverse("forums:group_work", args=[room.forum.slug]), sent, headers={"accept": "application/json"}
    )
    assert answer.json() == {"saved": str(NOTE), "held": False}


def test_the_world_is_the_same_whoever_wrote(room, people, caplog):
    before = every_row()
    with time_machine.travel(timezone.now(), tick=False):
        worlds = [world_after(lambda client=client: write(room, client), caplog) for _who, client in people]
    (rows, lines), other = worlds
    assert (rows, lines) == other
    assert {table for table in rows if rows[table] != before[table]} == {"forums_note", "forums_mention"}
    names = [str(part) for person, _client in people for part in (person.email, person.full_name)]
    assert not [line for line in lines if any(name in line for name in [*names, str(NOTE), NOTE.hex])]


def test_it_stays_so_when_the_note_is_changed_hidden_and_the_work_closed(room, people, caplog):
    def whole_story(client):
        write(room, client)
        answer = client.post(
            reverse("forums:group_work", args=[room.forum.slug]),
            {"note_id": NOTE, "question": room.question.pk, "text": "Med andra ord.", "revision": 1},
        )
        assert answer.status_code == 302
        note = Note.objects.get(pk=NOTE)
        lead("mark_note", note, {"marked": "1"})
        lead("hide_note", note, {f"{note.handle}-reason": "Pekar ut någon"})
        assert Note.objects.get(pk=NOTE).is_taken_down
        lead("show_note_again", note, {})
        assert not Note.objects.get(pk=NOTE).is_taken_down
        lead("hide_note", note, {f"{note.handle}-reason": "Pekar ut någon igen"})
        close_group_work(room.work, by=room.cast.fatima)
        note = Note.objects.get(pk=NOTE)
        assert (note.text, note.hidden_reason) == ("Med andra ord.", "Pekar ut någon igen")

    def lead(verb, note, sent):
        answer = leader.post(reverse(f"forums:{verb}", args=[room.forum.slug, note.handle]), sent)
        assert answer.status_code == 302

    leader = Client()
    leader.force_login(room.cast.olof)
    with time_machine.travel(timezone.now(), tick=False):
        one, other = (
            world_after(lambda client=client: whole_story(client), caplog)[0] for _who, client in people
        )
    # The numbers of the log and of what a session says go on, whoever it is.
    for table in ("accounts_logentry", "django_session", "forums_result"):
        assert len(one.pop(table)) == len(other.pop(table))
    assert one == other


def test_the_test_would_see_a_key(room, people, caplog, monkeypatch):
    """Where the same work is named, the two worlds differ."""
    type(room.work).objects.update(anonymous=False)
    one, other = (
        world_after(lambda client=client: write(room, client), caplog)[0] for _who, client in people
    )
    assert one["forums_note"] != other["forums_note"]


def test_no_row_holds_a_dot_and_whose_it_is(room, people):
    close_round(room.round_of(E), by=room.cast.fatima)
    open_dots(room.work, by=room.cast.fatima)
    note = Note.objects.get()
    for _person, client in people:
        client.post(reverse("forums:move_dot", args=[room.forum.slug, note.handle]), {"to": "put"})
    ballots = set(Dot.objects.values_list("ballot", flat=True))
    assert len(ballots) == 2
    for table, rows in every_row().items():
        with_a_ballot = [row for row in rows if any(ballot in row for ballot in ballots)]
        assert table == "forums_dot" or not with_a_ballot, table
        for person, _client in people:
            assert not [row for row in with_a_ballot if person.email in row]
    assert {field.name for field in Dot._meta.fields} == {
        "id",
        "group_work",
        "note",
        "side",
        "ballot",
        "place",
    }
