"""A stream from end to end, against the portal as it is served."""

import http.client
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
import uuid
import zlib
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

import pytest
from django.conf import settings

from portal.streaming import BEAT, GZIP_HEAD, Message

from .running import answer_of, descendants

MAKE_A_ROOM = """
import json
from bench.pages import session_of
from tests.cast import make_cast
from tests.forums.room import E, make_room
room = make_room(make_cast(), tables=2, each=5)
room.open(E)
people = {"writer": room.seated[1, E][0], "neighbour": room.seated[1, E][1]}
people |= {"leader": room.cast.fatima, "stranger": room.cast.ulla}
print(json.dumps({
    "page": f"/forum/{room.forum.slug}/",
    "question": room.question.pk,
    **{name: session_of(person) for name, person in people.items()},
}))
"""
TOLD_WITHIN = 2  # seconds
SECRET = "a" * 32  # a token for forms that the cookie and the form agree on


@pytest.fixture
def room(home):
    """The address of a forum in the home, its question, and the sessions of four people."""
    command = [sys.executable, "manage.py", "shell", "--no-imports", "--command", MAKE_A_ROOM]
    made = subprocess.run(  # noqa: S603
        command, cwd=settings.BASE_DIR, env=home, check=True, capture_output=True, timeout=600
    )
    return json.loads(made.stdout)


class Visit:
    """A person's own connection to the portal."""

    def __init__(self, portal, session):
        self._host = portal.address.removeprefix("http://")
        self._cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={SECRET}"

    def ask(self, path, *, form=None, **headers):
        connection = http.client.HTTPConnection(self._host, timeout=30)
        headers |= {"Cookie": self._cookies, "Host": self._host}
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            form = urlencode({**form, "csrfmiddlewaretoken": SECRET})
        connection.request("POST" if form else "GET", path, form, headers)
        return connection.getresponse()

    def stream_of(self, path):
        page = self.ask(path).read().decode()
        return re.search(r'data-follow="(/strom/[^"]+)"', page)[1]

    def press(self, room, order, move, see):
        """Move a round, and return after how many seconds `see()` has returned."""
        begun = time.monotonic()
        answer = self.ask(f"{room['page']}grupparbete/leda/runda/{order}/", form={"to": move})
        assert answer.status == 302
        see()
        return time.monotonic() - begun

    def write(self, room, text):
        form = {"note_id": uuid.uuid4(), "question": room["question"], "text": text, "keywords": "tillit"}
        answer = self.ask(f"{room['page']}grupparbete/", form=form, Accept="application/json")
        assert answer.status == 200, answer.read()


def events(answer):
    """Yield (event, stamp, data) as they come."""
    fields = {"data": []}
    for line in answer:
        name, _, value = line.decode().rstrip("\n").partition(": ")
        if name == "data":
            fields["data"].append(value)
        elif name:
            fields[name] = value
        else:
            yield fields["event"], fields.get("id", ""), "\n".join(fields["data"])
            fields = {"data": []}


def next_part(stream, having):
    """Read on to the first part that has these words in it."""
    return next(data for event, _stamp, data in stream if event == "part" and having in data)


def test_what_a_table_writes_is_told_to_who_watches_the_wall(room, portal):
    answer_of(f"{portal.address}/halsa/")
    leader, writer = Visit(portal, room["leader"]), Visit(portal, room["writer"])
    address = leader.stream_of(f"{room['page']}skarm/")

    # Nobody else's, and nothing without the right to read.
    for session in (room["stranger"], room["writer"], ""):
        assert Visit(portal, session).ask(address).status == 404
    assert leader.ask(address.replace(".wall.", ".table.")).status == 404
    assert Visit(portal, room["stranger"]).ask(f"{room['page']}skarm/").status == 403

    answer = leader.ask(address)
    assert answer.headers["X-Accel-Buffering"] == "no"
    wall = events(answer)
    assert next(wall)[0] == "beat"
    next_part(wall, "wall-turn")
    packed = leader.ask(address, **{"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    packed_wall = events(io.BufferedReader(Unpacked(packed)))
    table = events(writer.ask(writer.stream_of(f"{room['page']}grupparbete/")))
    assert next(table)[0] == "beat"
    table = (event for event in table if event[0] != "beat")
    assert next(table)[0] == "changed"

    writer.write(room, "Skriven vid bordet.")
    next_part(wall, "Skriven vid bordet.")
    next_part(packed_wall, "Skriven vid bordet.")
    assert next(table)[0] == "changed"

    # The clock is told soon after the leader's thumb, and further below whose turn it is.
    moves = (("pause", "Paus"), ("resume", "data-until"))
    told = [
        leader.press(room, 1, move, lambda s=seen: (next_part(wall, s), next(table))) for move, seen in moves
    ]

    # Whoever comes back is told what they have not seen. What they were last shown can be a moment old.
    stamp = next(stamp for event, stamp, _data in events(leader.ask(address)) if event == "part")
    again = events(leader.ask(f"{address}?{stamp}"))
    assert next(again)[0] == "beat"
    # What comes apart, as it was sent, tells that nobody between collects it.
    begun = time.monotonic()
    assert "beat" in (event for event, _stamp, _data in again)
    assert 0.5 < time.monotonic() - begun < BEAT
    writer.write(room, "Efter avbrottet.")
    next_part(again, "Efter avbrottet.")

    # The process that looks may die: another takes its place, and the streams stay.
    lookout = next(pid for pid in descendants(portal.pid) if b"\0look\0" in _command_of(pid))
    os.kill(lookout, signal.SIGKILL)
    writer.write(room, "Medan ingen såg efter.")
    next_part(wall, "Medan ingen såg efter.")
    leader.press(room, 1, "close", lambda: next_part(wall, "ingen runda är öppen"))
    told.append(leader.press(room, 1, "reopen", lambda: next_part(wall, "Nu skriver de förtroendevalda")))
    leader.press(room, 1, "close", lambda: next_part(wall, "ingen runda är öppen"))
    told.append(leader.press(room, 2, "open", lambda: next_part(wall, "Nu skriver tjänstepersonerna")))
    assert median(told) < TOLD_WITHIN  # half of them may have met a machine that had more to do

    # Streams hold nobody up: the portal stops at once, and says goodbye.
    os.killpg(portal.pid, signal.SIGINT)
    assert portal.wait(8) == 0
    assert [event for event, _stamp, _data in wall][-1] == "goodbye"


def _command_of(pid):
    return Path(f"/proc/{pid}/cmdline").read_bytes()


class Unpacked(io.RawIOBase):
    """An answer's gzip as it comes, as a browser unpacks it."""

    def __init__(self, answer):
        self._answer = answer
        self._gzip = zlib.decompressobj(zlib.MAX_WBITS | 16)

    def readable(self):
        return True

    def readinto(self, buffer):
        data = b""
        while not data:
            if not (came := self._answer.read1(len(buffer))):
                return 0
            data = self._gzip.decompress(came)
        assert len(data) <= len(buffer)
        buffer[: len(data)] = data
        return len(data)


def test_packed_messages_fit_together_in_any_order():
    first, second = Message("part", "<p>å ä ö</p>", stamp="1"), Message("beat")
    stream = GZIP_HEAD + first.packed + second.packed + first.packed
    unpacked = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(stream)
    assert unpacked == first.plain + second.plain + first.plain


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_no_words_of_a_page_become_an_event_of_their_own(end):
    message = Message("part", f"<p>en{end}event: goodbye{end}{end}två</p>")
    lines = message.plain.decode().split("\n")
    assert lines == [
        "event: part",
        "id: ",
        "data: <p>en",
        "data: event: goodbye",
        "data: ",
        "data: två</p>",
        "",
        "",
    ]
