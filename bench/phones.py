"""Phones that write notes as static/js/keep_notes.js does: each note kept until the server has said "saved"
with the note's own id, and sent again until then, with what has been written meanwhile, over a network that
loses requests."""

import asyncio
import json
import random
import time
import uuid
from dataclasses import dataclass, field

from bench.http import Connection, Cut, post
from portal.demo.scale_forums import SENTENCES, WORDS

BEFORE_SENDING_AGAIN = 0.5  # seconds; a browser waits three
AT_ONCE = 20  # notes; as static/js/unsent.js


@dataclass(frozen=True)
class SentNote:
    """A note as it was written, and `at` which moment."""

    note_id: uuid.UUID
    text: str
    keywords: list[str]
    at: float

    def fields(self, question, prefix=""):
        """The fields in which it is sent, as pairs."""
        named = [("note_id", self.note_id), ("revision", 0), ("question", question), ("text", self.text)]
        named += [("keywords", word) for word in self.keywords]
        return [(prefix + name, value) for name, value in named]


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
    waits: list[float] = field(default_factory=list)  # of the notes, from written to saved
    sent: int = 0
    lost: int = 0
    faults: int = 0  # answers that were neither "saved" nor none
    all_wrote: tuple[float, int] | None = None  # until when everybody wrote, and notes saved by then

    def percentile(self, percent):
        """Of the requests that were answered."""
        return _percentile(self.times, percent)

    def wait(self, percent):
        """Of the notes, the percentile of the seconds from written to saved."""
        return _percentile(self.waits, percent)


class Phone:
    """One writer's: what is written waits in `_kept` until the server has said that it is saved."""

    def __init__(self, hall, writer, port, network, written):
        self._hall = hall
        self._connection = Connection(port)
        self._network = network
        self._written = written
        self._cookie = writer.cookie
        self._path = f"/forum/{hall.slug}/grupparbete/"
        self._kept = []  # SentNotes, the oldest first
        self._has_news = asyncio.Event()
        self._is_offline = False
        self._own = ""  # the signed cookie in which the browser keeps its own notes' ids

    async def write(self, number, *, every):
        """Write `number` notes, one `every` so many seconds, while what is kept goes out; be offline once,
        somewhere on the way, which keeps nobody from writing. Returns when all are saved."""
        begun, under_way = time.monotonic(), [asyncio.create_task(self._send_all(number))]
        offline_at = random.randrange(number) if self._network.offline else None
        for turn in range(number):
            await asyncio.sleep(begun + turn * every - time.monotonic())
            if turn == offline_at:
                under_way.append(asyncio.create_task(self._be_offline()))
            self._write_one()
        self._written.all_wrote = self._written.all_wrote or (time.monotonic(), len(self._written.saved))
        await asyncio.gather(*under_way)

    def _write_one(self):
        note_id = uuid.uuid4()
        text = f"{random.choice(SENTENCES)} {note_id.hex[:12]}"
        self._kept.append(SentNote(note_id, text, random.sample(WORDS, 2), time.monotonic()))
        self._has_news.set()

    async def _be_offline(self):
        self._is_offline = True
        self._connection.close()
        await asyncio.sleep(self._network.offline)
        self._is_offline = False

    async def _send_all(self, number):
        """Send what is kept, as much at once as the server takes, until so many have been saved."""
        while number:
            await self._has_news.wait()
            some = self._kept[:AT_ONCE]
            if self._is_offline or not await self._send(some):
                await asyncio.sleep(BEFORE_SENDING_AGAIN)
                continue
            now = time.monotonic()
            for note in some:
                self._written.saved[note.note_id] = note.text
                self._written.waits.append(now - note.at)
            del self._kept[: len(some)]
            number -= len(some)
            if not self._kept:
                self._has_news.clear()

    async def _send(self, notes):
        """Send notes once. Returns whether the server said that they are saved."""
        written, loss = self._written, self._network.loss
        written.sent += 1
        fate = random.random()
        if fate < loss / 2:
            written.lost += 1
            return False
        fields = self._fields(notes)
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
        told = json.loads(body) if status == 200 else {}
        if [each.get("saved") for each in told.get("notes", [told])] != [str(note.note_id) for note in notes]:
            written.faults += 1
            return False
        if cookie := headers.get("set-cookie"):
            self._own = "; " + cookie.split(";", 1)[0]
        return True

    def _fields(self, notes):
        """Of one note, or of several with their places, as unsent.js sends them."""
        if len(notes) == 1:
            return notes[0].fields(self._hall.question)
        places = [note.fields(self._hall.question, f"{place}-") for place, note in enumerate(notes)]
        return [("notes", len(notes)), *(field for fields in places for field in fields)]


async def write_at_rate(hall, port, network, *, number, rate, written):
    """Let the writers of the hall write `number` notes in all by turns, `rate` a second; nobody waits with
    their next note until the last one is saved. Returns when all are."""
    share, more = divmod(number, len(hall.writers))
    phones = [Phone(hall, writer, port, network, written) for writer in hall.writers]
    every = len(phones) / rate
    # One after the other, as people do: 600 first requests in one instant are a cut, not a room.
    await asyncio.gather(
        *(
            _after(place / rate, phone.write(share + (place < more), every=every))
            for place, phone in enumerate(phones)
            if share + (place < more)
        )
    )


def _percentile(values, percent):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


async def _after(seconds, task):
    await asyncio.sleep(seconds)
    await task
