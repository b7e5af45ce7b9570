"""Proxies between a browser and the portal, as towns have them: each holds back or cuts what it passes on.

Only what comes back is touched. A page that is there at once comes whole through each of them.
"""

import asyncio
import re
import threading
from dataclasses import dataclass

A_LOT = 64 * 1024  # bytes read at once
LONGEST_HEAD = 64 * 1024


@dataclass(frozen=True)
class Manners:
    """What a proxy does with an answer.

    Attributes:
        passes_first: bytes of an answer that go on as they come.
        block: of what follows, so many bytes are collected before they go on; None collects it all until
            the answer ends, 0 collects nothing.
        cuts_after: seconds after which an answer that goes on is cut off; None where it never is.
    """

    passes_first: int = 0
    block: int | None = 0
    cuts_after: float | None = None


PASSES = Manners()
# Reads what comes for viruses before it lets anybody have it.
COLLECTS_ALL = Manners(block=None)
# As nginx does by itself (`proxy_buffering on`), and whoever packs an answer anew.
COLLECTS_BLOCKS = Manners(block=4096)
# Hands out a little, so that the browser waits, while it reads the rest for viruses.
HANDS_OUT_A_LITTLE = Manners(passes_first=1200, block=None)
CUTS = Manners(cuts_after=4)
# How long a note may take to the wall and the phones through any of them, in seconds: the page gives a stream
# three, asks every one and a half from then on, and the machine that tests is a busy one.
SEEN_WITHIN = 10


class Proxy:
    """A proxy before the portal at 127.0.0.1:`port`, in a thread of its own. Its manners can be changed;
    what is on its way already is held to those that it began with."""

    def __init__(self, port, manners=PASSES):
        self.manners = manners
        self.address = None
        self._to = port
        self._forgotten = 0  # how many times what was on its way has been forgotten
        self._held = {}  # where it is to go -> what has been collected
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)

    def __enter__(self):
        self._thread.start()
        server = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        self.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        return self

    def __exit__(self, *fault):
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def forget(self):
        """Let nothing more through on the connections that there are, and tell neither end: as a network does
        with a phone that has slept."""
        self._forgotten += 1

    def let_go(self):
        """Hand on what has been collected until now."""

        def hand_on():
            for writer, held in self._held.items():
                writer.write(bytes(held))
                held.clear()

        self._loop.call_soon_threadsafe(hand_on)

    async def _listen(self):
        return await asyncio.start_server(self._answer, "127.0.0.1", 0, limit=LONGEST_HEAD)

    async def _close(self):
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _answer(self, reader, writer):
        """Pass one request on, and what comes back of it; then the browser connects anew."""
        onward = None
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
            body = await reader.readexactly(int(length[1])) if length else b""
            back, onward = await asyncio.open_connection("127.0.0.1", self._to)
            onward.write(
                re.sub(rb"(?i)\r\nconnection:[^\r]*", b"", head)[:-2] + b"Connection: close\r\n\r\n" + body
            )
            await self._pass_on(back, writer, reader)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the browser, the portal or the proxy went away
        finally:
            for one in (onward, writer):
                if one:
                    one.close()

    async def _pass_on(self, back, writer, reader):
        manners = self.manners
        passing = asyncio.create_task(self._relay(back, writer, manners))
        leaving = asyncio.create_task(reader.read(1))  # it says no more, until it has gone
        try:
            await asyncio.wait(
                {passing, leaving}, timeout=manners.cuts_after, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            for task in (passing, leaving):
                task.cancel()
            await asyncio.gather(passing, leaving, return_exceptions=True)

    async def _relay(self, back, writer, manners):
        left, begun = manners.passes_first, self._forgotten
        held = self._held[writer] = bytearray()
        try:
            while came := await back.read(A_LOT):
                if begun != self._forgotten:
                    await asyncio.Event().wait()  # which nobody will set
                writer.write(came[:left])
                held += came[left:]
                left = max(0, left - len(came))
                ripe = _ripe(len(held), manners.block)
                writer.write(bytes(held[:ripe]))
                del held[:ripe]
                await writer.drain()
            writer.write(bytes(held))
            await writer.drain()
        finally:
            del self._held[writer]


def _ripe(collected, block):
    """How many of the bytes that are collected go on."""
    if block is None:
        return 0
    return collected // block * block if block else collected
