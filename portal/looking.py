"""Looking, for everybody who follows something, whether there is anything new to tell.

One process of a server does it, so that what a thousand readers see is asked for and made once. The
web workers connect over a Unix socket and say, one JSON object a line, {"follow": topic} and
{"leave": topic}; they are told {"topic", "stamp", "event", "data"} (forums/following.py).
"""

import asyncio
import json
import logging
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict

from django.db import DatabaseError, close_old_connections

from forums.following import tellings, work_of

logger = logging.getLogger(__name__)

# Seconds between two looks at the same group work, and how many times longer they are at least than the
# processor time of a look: whatever there is to count, looking takes a quarter of one processor at most.
# The clock's time would not do: a busy machine is slow at looking, and to rest for that helps nobody.
PAUSE = 0.4
REST = 3
AFTER_A_FAULT = 2


class Lookout:
    """Looks at each group work that somebody follows, and tells those who do."""

    def __init__(self):
        self._followers = defaultdict(set)  # topic -> writers
        self._told = {}  # topic -> the Telling of last time
        self._looking = {}  # group work's id -> task
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="looking")  # the database is asked here

    async def serve(self, path):
        """Answer web workers at the socket `path` until cancelled."""
        async with await asyncio.start_unix_server(self._attend, path) as server:
            await server.serve_forever()

    async def _attend(self, reader, writer):
        try:
            while line := await reader.readline():
                wish = json.loads(line)
                if "follow" in wish:
                    self._follow(wish["follow"], writer)
                else:
                    self._leave(wish["leave"], writer)
        finally:
            for topic in [topic for topic, writers in self._followers.items() if writer in writers]:
                self._leave(topic, writer)
            writer.close()

    def _follow(self, topic, writer):
        self._followers[topic].add(writer)
        if topic in self._told:
            self._send(self._told[topic], [writer])
        work = work_of(topic)
        if work not in self._looking:
            self._looking[work] = asyncio.get_running_loop().create_task(self._look_at(work))

    def _leave(self, topic, writer):
        self._followers[topic].discard(writer)
        if not self._followers[topic]:
            del self._followers[topic]
            self._told.pop(topic, None)

    async def _look_at(self, work):
        """Look again and again, until nobody follows anything of it."""
        loop = asyncio.get_running_loop()
        while topics := [topic for topic in self._followers if work_of(topic) == work]:
            known = {topic: self._told[topic].stamp if topic in self._told else None for topic in topics}
            try:
                news, used = await loop.run_in_executor(self._thread, _ask, work, known)
            except DatabaseError:
                logger.exception("Could not look at group work %s", work)
                await asyncio.sleep(AFTER_A_FAULT)
                continue
            for telling in news:
                if telling.topic in self._followers:
                    self._told[telling.topic] = telling
                    self._send(telling, self._followers[telling.topic])
            await asyncio.sleep(max(PAUSE, REST * used))
        del self._looking[work]

    @staticmethod
    def _send(telling, writers):
        line = json.dumps(asdict(telling)).encode() + b"\n"
        for writer in writers:
            writer.write(line)


def _ask(work, known):
    """Return the news, and the seconds of processor time that it took this process to find them."""
    begun = time.thread_time()
    close_old_connections()
    return list(tellings(work, known)), time.thread_time() - begun
