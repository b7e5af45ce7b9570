"""A leader who stops and starts the clock of the round, and how soon everybody's page says so."""

import asyncio
import time

from bench.http import Connection, post

BETWEEN = 1.7  # seconds from one press to the next: the page of everybody has followed by then, or is late
GOING = b"data-until"  # stands on walls and phones as long as the clock goes


class Leader:
    """`moves` holds (time, whether the clock goes from then on) for each press, at the moment of pressing."""

    def __init__(self, hall, port):
        self._address = f"/forum/{hall.slug}/grupparbete/leda/runda/1/"
        self._cookie = hall.writers[0].cookie
        self._connection = Connection(port)
        self.moves = []

    async def lead(self, seconds):
        """Stop and start the clock by turns for so many seconds.

        Raises:
            ConnectionError: the server did not do it.
        """
        until, goes = time.monotonic() + seconds, True
        while time.monotonic() + BETWEEN < until:
            await asyncio.sleep(BETWEEN)
            goes = not goes
            self.moves.append((time.time(), goes))
            fields = [("to", "resume" if goes else "pause")]
            status, _headers, _body = await self._connection.ask(
                post(self._address, fields, cookie=self._cookie)
            )
            if status != 302:
                raise ConnectionError(status)


def waits_for(moves, clocks):
    """Seconds from each press until a screen told it, sorted; infinity where it had not before the next one.

    Args:
        moves: as `Leader` has them.
        clocks: pairs of (time, whether the clock went on that screen), in their order.
    """
    ends = [at for at, _goes in moves[1:]] + [float("inf")]
    waits = [
        next((seen - at for seen, going in clocks if at <= seen < end and going is goes), float("inf"))
        for (at, goes), end in zip(moves, ends, strict=True)
    ]
    return sorted(waits)
