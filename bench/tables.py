"""Phones that follow their table as static/js/follow.js lets them: by a stream that tells when something is
new, upon which they ask for it, spread over a moment.

A few of a room tell how fresh it is: of six hundred, one would measure how long the machine that drives them
takes as well.
"""

import asyncio
import random
import re
import time

from bench.http import Connection, get
from bench.turns import GOING
from bench.walls import BEFORE_COMING_BACK, address_of_stream, events, freshness
from forums.models import Note

NEWEST = re.compile(rb'id="anteckning-([0-9a-f]+)"')
TABLE = re.compile(rb"^id: ([^.\r\n]+)", re.MULTILINE)  # what follows the dot stands for the words
SPREAD = 0.4  # seconds


class TablePhone:
    """One phone. `seen` holds (time, handle of the newest note) for each answer with notes, `clocks` (time,
    whether the clock went) for each answer."""

    def __init__(self, hall, writer, port):
        self._writer = writer
        self._path = f"/forum/{hall.slug}/grupparbete/"
        self._port = port
        self._connection = Connection(port)
        self._asking = asyncio.Lock()
        self._etag = ""
        self.seen, self.clocks = [], []

    async def watch(self):
        """Follow until cancelled; come back where the stream is cut."""
        while True:
            try:
                await self._follow(await address_of_stream(self._path, self._writer.cookie, self._port))
            except (OSError, asyncio.IncompleteReadError):
                await asyncio.sleep(BEFORE_COMING_BACK)

    async def _follow(self, address):
        known, asking = None, []
        try:
            async for event in events(address, self._writer.cookie, self._port):
                told = TABLE.search(event)
                if b"event: changed" in event and told and told[1] != known:
                    known = told[1]
                    asking.append(asyncio.create_task(self._ask(random.random() * SPREAD)))
        finally:
            for task in asking:
                task.cancel()
            self._connection.close()

    async def _ask(self, after):
        await asyncio.sleep(after)
        async with self._asking:
            request = get(f"{self._path}innehall/", cookie=self._writer.cookie, if_none_match=self._etag)
            try:
                status, headers, body = await self._connection.ask(request)
            except OSError:
                return  # so is the stream, and the page is opened again
        if status == 200:
            self._etag = headers["etag"]
            self.clocks.append((time.time(), GOING in body))
            if found := NEWEST.search(body):
                self.seen.append((time.time(), found[1].decode()))

    def waits(self, notes):
        """Seconds from the writing of each note of its table until it was seen here, sorted.

        Args:
            notes: the notes of the hall, a QuerySet.
        """
        own = notes.filter(table__number=self._writer.table + 1).values_list("pk", "written_at")
        return freshness(self.seen, {Note(pk=pk).handle: at.timestamp() for pk, at in own})


def phones_at_tables(hall, port, number):
    """One phone at each of so many tables."""
    last = {writer.table: writer for writer in hall.writers}
    return [TablePhone(hall, writer, port) for writer in list(last.values())[:number]]
