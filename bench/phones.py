"""Phones that write notes as static/js/keep_notes.js does: each note kept until the server has said "saved"
with the note's own id, and sent again until then, over a network that loses requests."""

import asyncio
import json
import random
import time
import uuid
from dataclasses import dataclass, field

from bench.http import Connection, Cut, post
from portal.demo.scale_forums import SENTENCES, WORDS

BEFORE_SENDING_AGAIN = 0.5  # seconds; a browser waits three


@dataclass(frozen=True)
class Network:
    """How bad it is: the part of requests that get lost, on the way there or back, and for how many
    seconds each phone is offline at some time."""

    loss: float = 0.0
    offline: float = 0.0


@dataclass
class Written:
    """What came of the writing. Times in seconds; `saved` is what the phones were told."""

    saved: dict[uuid.UUID, str] = field(default_factory=dict)  # id -> text
    times: list[float] = field(default_factory=list)  # of the requests that were answered
    sent: int = 0
    lost: int = 0
    faults: int = 0  # answers that were neither "saved" nor none
    all_wrote: tuple[float, int] | None = None  # until when every phone had more to write, and notes by then

    def percentile(self, percent):
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


class Phone:
    """One writer's. `number` notes are written at once, one after the other, or at the beat of `due`."""

    def __init__(self, hall, writer, port, network, written):
        self._hall = hall
        self._connection = Connection(port)
        self._network = network
        self._written = written
        self._cookie = writer.cookie
        self._path = f"/forum/{hall.slug}/grupparbete/"
        self._turn = asyncio.Lock()  # one note at a time
        self._own = ""  # the signed cookie in which the browser keeps its own notes' ids

    async def write(self, number):
        """Write `number` notes, one after the other; offline once, somewhere on the way."""
        offline_at = random.randrange(number) if self._network.offline else None
        for turn in range(number):
            if turn == offline_at:
                self._connection.close()
                await asyncio.sleep(self._network.offline)
            await self.write_one()
        self._written.all_wrote = self._written.all_wrote or (time.monotonic(), len(self._written.saved))

    async def write_one(self):
        """Write one note, and send it until the server has said that it is saved."""
        note_id = uuid.uuid4()
        text = f"{random.choice(SENTENCES)} {note_id.hex[:12]}"
        fields = [("note_id", note_id), ("revision", 0), ("question", self._hall.question), ("text", text)]
        fields += [("keywords", word) for word in random.sample(WORDS, 2)]
        async with self._turn:
            while not await self._send(note_id, fields):
                await asyncio.sleep(BEFORE_SENDING_AGAIN)
        self._written.saved[note_id] = text

    async def _send(self, note_id, fields):
        """Send a note once. Returns whether the server said that it is saved."""
        written, loss = self._written, self._network.loss
        written.sent += 1
        fate = random.random()
        if fate < loss / 2:
            written.lost += 1
            return False
        request = post(self._path, fields, cookie=self._cookie + self._own, accept="application/json")
        begun = time.perf_counter()
        try:
            status, headers, body = await self._connection.ask(request, lose_answer=fate < loss)
        except Cut:
            written.lost += 1
            return False
        except OSError:
            return False  # the server is down
        written.times.append(time.perf_counter() - begun)
        if status != 200 or json.loads(body)["saved"] != str(note_id):
            written.faults += 1
            return False
        if cookie := headers.get("set-cookie"):
            self._own = "; " + cookie.split(";", 1)[0]
        return True


async def write_all(hall, port, network, *, number, written):
    """Let every writer of the hall write, `number` notes in all, each as fast as it is told "saved"."""
    share, more = divmod(number, len(hall.writers))
    phones = [Phone(hall, writer, port, network, written) for writer in hall.writers]
    # One after the other, as people do: 600 first requests in one instant are a cut, not a room.
    await asyncio.gather(
        *(
            _after(place / len(phones), phone.write(share + (place < more)))
            for place, phone in enumerate(phones)
            if share + (place < more)
        )
    )


async def write_at_rate(hall, port, network, *, rate, seconds, written):
    """Let writers write by turns, `rate` notes a second in all."""
    phones = [Phone(hall, writer, port, network, written) for writer in hall.writers]
    await asyncio.gather(
        *(
            _after(place / rate, phones[place % len(phones)].write_one())
            for place in range(int(rate * seconds))
        )
    )


async def _after(seconds, task):
    await asyncio.sleep(seconds)
    await task
