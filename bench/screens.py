"""Thousands of screens at one wall, in a process of their own, each with its own connection and sign-in.

They do as static/js/follow.js does, but unpack nothing: every screen gets the same bytes, so that each
picture is unpacked once, and of the rest only the time is kept.
"""

import asyncio
import gc
import random
import re
import time
import zlib
from collections import defaultdict
from dataclasses import dataclass

from bench.http import Connection, get
from bench.walls import NEWEST
from forums.following import address_of_stream

# One address has 28,000 ports for connections to another; a few more leave room for those just closed.
SOURCES = [f"127.0.0.{last}" for last in range(2, 6)]
STAMP = re.compile(rb"^id: (\w+)", re.MULTILINE)
PATIENCE, ASK = 3.0, 2.0  # seconds: how long a stream may be cut before the page asks, and how often then


@dataclass(frozen=True)
class Crowd:
    """How many follow the wall, after how many seconds, and how many answers were of 500 or more."""

    number: int
    seconds: float
    failed: int


class Hall:
    """What all screens have in common: the pictures that they were sent, and what failed."""

    def __init__(self, port, path):
        self.port = port
        self.path = path
        self.pictures = defaultdict(list)  # packed bytes -> when they came
        self.failed = 0


class Screen(asyncio.Protocol):
    """One screen, and its stream while it has one."""

    def __init__(self, hall, address, cookie, source):
        self._hall, self._source, self._cookie = hall, source, cookie
        self._request = get(address, cookie=cookie, accept_encoding="gzip")
        self._transport = None
        self._rest = b""
        self._answered = None

    async def come_in(self):
        """Open the stream, again and again until it is open, and ask by a page meanwhile."""
        asking = asyncio.create_task(self._ask())
        tries = 0
        while not await self._open():
            tries += 1
            await asyncio.sleep(0.2 + random.random() * min(3.0 * tries, 15.0))
        asking.cancel()

    def cut(self):
        self._transport.abort()

    async def _open(self):
        loop = asyncio.get_running_loop()
        self._rest, self._answered = b"", loop.create_future()
        try:
            await loop.create_connection(
                lambda: self, "127.0.0.1", self._hall.port, local_addr=(self._source, 0)
            )
            status = await self._answered
        except OSError:
            return False
        self._hall.failed += status >= 500
        return status == 200

    async def _ask(self):
        await asyncio.sleep(PATIENCE)
        connection = Connection(self._hall.port, source=self._source)
        while True:
            try:
                status, *_rest = await connection.ask(get(self._hall.path, cookie=self._cookie))
                self._hall.failed += status >= 500
            except OSError:
                pass  # the network is not back
            await asyncio.sleep(ASK)

    def connection_made(self, transport):
        self._transport = transport
        transport.write(self._request)

    def connection_lost(self, fault):
        if not self._answered.done():
            self._answered.set_result(0)

    def data_received(self, data):
        at = time.time()
        self._rest += data
        if not self._answered.done():
            head, mark, self._rest = self._rest.partition(b"\r\n\r\n")
            if not mark:
                self._rest = head
                return
            self._answered.set_result(int(head.split(b" ", 2)[1]))
        while (end := self._rest.find(b"\r\n")) > 0:
            size = int(self._rest[:end], 16)
            if len(self._rest) < end + size + 4:
                return
            self._hall.pictures[self._rest[end + 2 : end + 2 + size]].append(at)
            self._rest = self._rest[end + size + 4 :]


def watch_many(pipe, room, port):
    """Let a screen for each watcher of a `bench.room.Hall` follow its wall as a spectator does, who sees no
    note, and beside them one of those who write. Sends a Crowd when all are in, waits for a word, cuts
    them all off, sends a Crowd when all are back, and, when told to end, [(newest note, times)]."""
    gc.disable()
    asyncio.run(_watch(pipe, room, port))


async def _watch(pipe, room, port):
    hall = Hall(port, f"/forum/{room.slug}/skarm/innehall/")
    topics = [(f"{room.work}.watch.sv", cookie) for cookie in room.watchers]
    topics.append((f"{room.work}.wall.sv", room.writers[0].cookie))
    screens = []
    for place, (topic, cookie) in enumerate(topics):
        address = address_of_stream(topic, session_key=cookie.partition("=")[2])
        screens.append(Screen(hall, address, cookie, SOURCES[place % len(SOURCES)]))
    pipe.send(await _all_in(hall, screens))
    await asyncio.to_thread(pipe.recv)
    for screen in screens:
        screen.cut()
    pipe.send(await _all_in(hall, screens))
    await asyncio.to_thread(pipe.recv)
    pipe.send(_unpacked(hall.pictures))


async def _all_in(hall, screens):
    begun, hall.failed = time.monotonic(), 0
    await asyncio.gather(*(screen.come_in() for screen in screens))
    return Crowd(len(screens), time.monotonic() - begun, hall.failed)


def _unpacked(pictures):
    """Pairs of (handle of the newest note, when the picture came), one for each picture that spectators saw.
    Which note was the newest, the other wall tells, whose picture at that moment has the same stamp."""
    newest, seen = {}, []
    for packed, times in pictures.items():
        if packed.startswith(b"\x1f\x8b"):
            continue  # how a stream begins
        event = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed)
        stamp = STAMP.search(event)
        if found := NEWEST.search(event):
            newest[stamp[1]] = found[1].decode()
        elif stamp:
            seen.append((stamp[1], sorted(times)))
    return [(newest[stamp], times) for stamp, times in seen if stamp in newest]
