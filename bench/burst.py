"""A burst: many people who answer at once, so many requests under way at any moment."""

import asyncio
import time
from dataclasses import dataclass

from bench.http import Connection, post


@dataclass
class Attempt:
    """What came of one person's request. Times in seconds by one clock; 0 as status: no answer."""

    person_id: int
    sent: float = 0.0
    answered: float = 0.0
    status: int = 0

    @property
    def is_confirmed(self):
        return self.status == 302

    @property
    def wait(self):
        return self.answered - self.sent


class Burst:
    """Everybody's answers, sent through some connections at once.

    Args:
        path: where the answer is posted, `form` (a dict) what it says.
        connections: how many requests are under way at any moment; each person's follows somebody else's.
    """

    def __init__(self, server, path, form, *, connections):
        self.server = server
        self.path = path
        self.form = list(form.items())
        self.connections = connections
        self.attempts = []
        self.begun = self.seconds = 0.0

    def send(self, readers, *, meanwhile=None):
        """Send everybody's answer, and return self.

        Args:
            meanwhile: called with the number of confirmed answers so far, after each.
        """
        asyncio.run(self._send(iter(readers), meanwhile))
        return self

    @property
    def confirmed(self):
        return [attempt for attempt in self.attempts if attempt.is_confirmed]

    @property
    def rate(self):
        """Answers per second."""
        return len(self.confirmed) / self.seconds

    def percentile(self, percent):
        """How long, in seconds, so many of a hundred waited at most."""
        waits = sorted(attempt.wait for attempt in self.confirmed)
        return waits[min(len(waits) - 1, len(waits) * percent // 100)] if waits else 0.0

    async def _send(self, readers, meanwhile):
        connections = [Connection(self.server.port) for _ in range(self.connections)]
        for connection in connections:
            await connection.open()
        self.begun = time.perf_counter()
        await asyncio.gather(*(self._answer(readers, each, meanwhile) for each in connections))
        self.seconds = time.perf_counter() - self.begun

    async def _answer(self, readers, connection, meanwhile):
        for reader in readers:
            attempt = Attempt(reader.person.pk, sent=time.perf_counter())
            self.attempts.append(attempt)
            try:
                attempt.status, *_rest = await connection.ask(
                    post(self.path, self.form, cookie=reader.cookie)
                )
            except OSError:
                return
            attempt.answered = time.perf_counter()
            if meanwhile:
                meanwhile(len(self.confirmed))
        connection.close()
