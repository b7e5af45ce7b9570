"""Screens that watch a wall by its stream, as static/js/follow.js does, and how fresh what they see is."""

import asyncio
import re
import time
import zlib

from bench.http import Connection, get, head
from bench.turns import GOING

NEWEST = re.compile(rb'id="not-([0-9a-f]+)"')
CLOCK = b"wall-clock"
ADDRESS = re.compile(rb'data-follow="([^"]+)"')
BEFORE_COMING_BACK = 0.3  # seconds


class Wall:
    """One screen. `seen` holds (time, handle of the newest note) for each time that the picture changed,
    `clocks` (time, whether the clock went)."""

    def __init__(self, slug, cookie, port):
        self._path = f"/forum/{slug}/skarm/"
        self._cookie = cookie
        self._port = port
        self.seen, self.clocks = [], []

    async def watch(self):
        """Watch until cancelled; come back where the stream is cut."""
        while True:
            try:
                await self._follow(await address_of_stream(self._path, self._cookie, self._port))
            except (OSError, asyncio.IncompleteReadError):
                await asyncio.sleep(BEFORE_COMING_BACK)

    async def _follow(self, address):
        async for event in events(address, self._cookie, self._port):
            if CLOCK in event:
                self.clocks.append((time.time(), GOING in event))
            if found := NEWEST.search(event):
                self.seen.append((time.time(), found[1].decode()))


async def events(address, cookie, port):
    """Yield the events of a stream, each as its bytes, until it ends.

    Raises:
        OSError, asyncio.IncompleteReadError: it is refused, or cut.
    """
    connection = Connection(port)
    try:
        reader, writer = await connection.open()
        writer.write(get(address, cookie=cookie, accept_encoding="gzip"))
        status, _headers = await head(reader)
        if status != 200:
            raise ConnectionError(status)
        unpack = zlib.decompressobj(31)
        event = b""
        while chunk := await chunk_of(reader):
            event += unpack.decompress(chunk)
            *whole, event = event.split(b"\n\n")
            for part in whole:
                yield part
    finally:
        connection.close()


async def address_of_stream(path, cookie, port):
    """Open the page of a wall or a table, and return the address of the stream that it names."""
    connection = Connection(port)
    try:
        status, _headers, body = await connection.ask(get(path, cookie=cookie))
    finally:
        connection.close()
    if status != 200:
        raise ConnectionError(status)
    return ADDRESS.search(body)[1].decode()


async def chunk_of(reader):
    """Read one chunk of a stream (RFC 9112, section 7.1); empty at its end."""
    size = int(await reader.readuntil(b"\r\n"), 16)
    chunk = await reader.readexactly(size)
    await reader.readexactly(2)
    return chunk


def freshness(seen, written_at):
    """Seconds from the writing of each note until it was seen, on a wall or on a phone at its table, sorted.

    Args:
        seen: pairs of (time, handle of the newest note), in their order.
        written_at: handle -> when the note was written, in seconds since 1970.

    A note is there, and counted, in the first picture whose newest note is no older than itself. One that
    no picture showed was never there: infinity.
    """
    pictures = [(at, written_at[handle]) for at, handle in seen if handle in written_at]
    waits, place = [], 0
    for written in sorted(written_at.values()):
        while place < len(pictures) and pictures[place][1] < written:
            place += 1
        waits.append(pictures[place][0] - written if place < len(pictures) else float("inf"))
    return sorted(waits)
