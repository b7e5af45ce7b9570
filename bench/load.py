"""A small load generator: some connections of one process, each with one request at a time.

It speaks just enough HTTP/1.1 (RFC 9112) for our own server, on this machine only.
"""

import asyncio
import time
from dataclasses import dataclass, field
from itertools import cycle

WARMING_UP = 1  # second


@dataclass
class Load:
    """What came of a load. Times in seconds; `cpu` is the server's per request, `size` in bytes."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    failures: int = 0
    size: int = 0
    cpu: float = 0.0

    @property
    def rate(self):
        return len(self.times) / self.seconds

    def percentile(self, percent):
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


@dataclass(frozen=True)
class Loader:
    """Loads one server with some readers, who come by turns."""

    server: object
    readers: list
    connections: int
    seconds: float

    def load(self, paths):
        """Ask for `paths` by turns for `seconds`, after a second of warming up. Returns the Load."""
        turns = range(max(len(paths), len(self.readers)) * 7)
        requests = [
            (paths[turn % len(paths)], self.readers[turn % len(self.readers)].cookie) for turn in turns
        ]
        asyncio.run(self._run(requests, WARMING_UP))
        before = self.server.cpu_seconds()
        load = asyncio.run(self._run(requests, self.seconds))
        load.cpu = (self.server.cpu_seconds() - before) / len(load.times)
        return load

    async def _run(self, requests, seconds):
        load, begun = Load(), time.perf_counter()
        requests, until = cycle(requests), begun + seconds
        await asyncio.gather(
            *(_connection(self.server.port, requests, until, load) for _ in range(self.connections))
        )
        load.seconds = time.perf_counter() - begun
        return load


async def _connection(port, requests, until, load):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < until:
        path, cookie = next(requests)
        sent = time.perf_counter()
        writer.write(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n"
            "Accept-Language: sv\r\nAccept: text/html\r\n\r\n".encode()
        )
        status, load.size = await _answer(reader)
        load.times.append(time.perf_counter() - sent)
        load.failures += status != 200
    writer.close()


async def _answer(reader):
    """Read one answer. Returns its status and the size of its body in bytes."""
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head.split(b" ", 2)[1])
    fields = dict(line.lower().split(b":", 1) for line in head.split(b"\r\n")[1:] if b":" in line)
    size = int(fields.get(b"content-length", 0))
    await reader.readexactly(size)
    return status, size
