"""Streams: thousands of readers told at once of what is new, on the event loop of a web worker.

Server-sent events (HTML Standard, section 9.2). Nothing here asks the database: who may follow what
stands in the address (forums/following.py), and what there is to tell comes from the process that
looks for it (portal/looking.py), over a socket of this machine (decisions/0180).
"""

import asyncio
import json
import re
import time
import zlib
from collections import defaultdict

from django.conf import settings

from forums.following import NotYours, Passed, topic_at

# Seconds. A page that has heard nothing for two beats comes back by itself (static/js/follow.js), and a proxy
# gives up a connection that is silent for a minute (nginx, `proxy_read_timeout`).
BEAT = 5
# Seconds after the first beat of a stream for a second: a page that hears both at once, or one, knows of a
# proxy between that holds back what it passes on (decisions/0715).
PROOF = 1
BEFORE_TRYING_AGAIN = 0.5
LONGEST_LINE = 4 * 1024 * 1024  # bytes; one line of the looking process holds one part of a page
HEADERS = [
    ("content-type", "text/event-stream; charset=utf-8"),
    # Packed here, once for all: a proxy that packed it for each would hold it back until there is enough.
    ("cache-control", "no-store, no-transform"),
    ("x-accel-buffering", "no"),
    ("connection", "close"),
]
PACKED = ("content-encoding", "gzip")
LINE_ENDS = re.compile("\r\n|\n|\r")  # where a field ends (HTML Standard, section 9.2.5)
GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # deflated; no name, no time (RFC 1952)


class Stream:
    """One reader's. It ends where its transport is let go of, whoever waits for it."""

    __slots__ = ("is_packed", "transport")

    def __init__(self, transport, is_packed):
        self.transport = transport
        self.is_packed = is_packed

    def begin(self):
        self.transport.send_bytes(GZIP_HEAD + HELLO.packed if self.is_packed else HELLO.plain)
        asyncio.get_running_loop().call_later(PROOF, self.tell, HEARTBEAT)

    def tell(self, message):
        if self.transport:
            self.transport.send_bytes(message.packed if self.is_packed else message.plain)

    def end(self):
        self.tell(GOODBYE)
        self.transport = None


class Message:
    """An event as bytes, plain and packed. What is packed refers to nothing before it (a full flush,
    RFC 1951), so that the same bytes fit into every reader's gzip wherever it stands."""

    def __init__(self, event, data="", *, stamp=""):
        lines = [f"event: {event}", f"id: {stamp}", *(f"data: {line}" for line in LINE_ENDS.split(data))]
        self.plain = "\n".join([*lines, "", ""]).encode()
        deflate = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
        self.packed = deflate.compress(self.plain) + deflate.flush(zlib.Z_FULL_FLUSH)


HELLO = HEARTBEAT = Message("beat")
GOODBYE = Message("goodbye")


class Topic:
    """What is followed, by whom, and what was told of it last."""

    def __init__(self):
        self.streams = set()
        self.stamp = self.message = None
        self.told_at = time.monotonic()

    def tell(self, message):
        self.told_at = time.monotonic()
        for stream in self.streams:
            stream.tell(message)


class Streams:
    """All streams of one web worker."""

    def __init__(self, socket):
        self._socket = socket
        self._topics = defaultdict(Topic)
        self._ending = defaultdict(list)  # second -> streams whose address is good until then
        self._lookout = None
        self._tasks = ()

    def start(self, loop):
        self._tasks = loop.create_task(self._listen()), loop.create_task(self._keep_time())

    def stop(self):
        """End every stream, so that the server waits for none of them."""
        for task in self._tasks:
            task.cancel()
        for topic in self._topics.values():
            for stream in topic.streams:
                stream.end()

    async def answer(self, scope, protocol):
        """Answer a request with a stream: 404 to who was not given this address, 410 where it is too old.

        The query string is the stamp of what the page shows already.
        """
        try:
            name, until = topic_at(scope.path, session_key=session_key_of(scope.headers))
        except (NotYours, Passed) as refused:
            protocol.response_empty(410 if isinstance(refused, Passed) else 404, [])
            return
        is_packed = "gzip" in scope.headers.get("accept-encoding", "")
        stream = Stream(
            protocol.response_stream(200, [*HEADERS, PACKED] if is_packed else HEADERS), is_packed
        )
        self._add(stream, name, until, scope.query_string)
        try:
            await protocol.client_disconnect()
        finally:
            self._drop(stream, name)

    def _add(self, stream, name, until, seen):
        stream.begin()
        is_new = name not in self._topics
        topic = self._topics[name]
        topic.streams.add(stream)
        self._ending[until].append(stream)
        if is_new:
            self._ask(follow=name)
        elif topic.message and topic.stamp != seen:
            stream.tell(topic.message)

    def _drop(self, stream, name):
        stream.transport = None
        topic = self._topics.get(name)
        if topic:
            topic.streams.discard(stream)
            if not topic.streams:
                del self._topics[name]
                self._ask(leave=name)

    def _ask(self, **wish):
        if self._lookout:
            self._lookout.write(json.dumps(wish).encode() + b"\n")

    async def _listen(self):
        """Hear what there is to tell, for as long as this worker lives."""
        while True:
            try:
                reader, self._lookout = await asyncio.open_unix_connection(self._socket, limit=LONGEST_LINE)
                for name in self._topics:
                    self._ask(follow=name)
                while line := await reader.readline():
                    self._tell(json.loads(line))
            except OSError:
                pass  # it is being started, or started again; the pages ask for themselves meanwhile
            finally:
                self._lookout = None
            await asyncio.sleep(BEFORE_TRYING_AGAIN)

    def _tell(self, told):
        topic = self._topics.get(told["topic"])
        if topic and topic.stamp != told["stamp"]:
            topic.stamp = told["stamp"]
            topic.message = Message(told["event"], told["data"], stamp=told["stamp"])
            topic.tell(topic.message)

    async def _keep_time(self):
        """Every second: end what is too old, and let the silent be heard."""
        while True:
            await asyncio.sleep(1)
            now = time.time()
            for second in [second for second in self._ending if second <= now]:
                for stream in self._ending.pop(second):
                    stream.end()
            for topic in self._topics.values():
                if time.monotonic() - topic.told_at >= BEAT:
                    topic.tell(HEARTBEAT)


def session_key_of(headers):
    """Return the session key that a request's cookies hold, or ""."""
    cookies = ";".join(value for name, value in headers.items() if name == "cookie").split(";")
    named = f"{settings.SESSION_COOKIE_NAME}="
    mine = [cookie.strip() for cookie in cookies if cookie.strip().startswith(named)]
    return mine[0].removeprefix(named) if mine else ""
