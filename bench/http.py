"""Just enough HTTP/1.1 (RFC 9112) to ask our own server, on this machine only."""

import asyncio
from urllib.parse import urlencode

CSRF = "m" * 32  # a token of our own in both places, as a browser would send it back


class Cut(OSError):  # noqa: N818 - what happened, not an error of ours
    """The network took the request, or its answer."""


class Connection:
    """One kept connection to the server, opened where it is needed."""

    def __init__(self, port, *, source=None):
        self._port = port
        self._source = source
        self._reader = self._writer = None

    async def open(self):
        """Open it, where it is not."""
        if self._writer is None:
            local = (self._source, 0) if self._source else None
            self._reader, self._writer = await asyncio.open_connection(
                "127.0.0.1", self._port, local_addr=local
            )
        return self._reader, self._writer

    def close(self):
        """Close it without waiting for anything."""
        if self._writer:
            self._writer.transport.abort()
        self._reader = self._writer = None

    async def ask(self, request, *, lose_answer=False):
        """Send `request` (bytes) and return (status, headers, body).

        Raises:
            OSError: the server is gone, or the answer was to be lost (`Cut`).
        """
        try:
            reader, writer = await self.open()
            writer.write(request)
            if lose_answer:
                await asyncio.sleep(0.01)
                raise Cut
            return await answer(reader)
        except (OSError, asyncio.IncompleteReadError) as fault:
            self.close()
            raise fault if isinstance(fault, OSError) else Cut from fault


async def answer(reader):
    """Read one answer: its status, its headers by lower-case name, its body."""
    status, headers = await head(reader)
    return status, headers, await reader.readexactly(int(headers.get("content-length", 0)))


async def head(reader):
    """Read the head of an answer: its status, and its headers by lower-case name."""
    lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
    return int(lines[0].split(" ", 2)[1]), {name.lower(): value for name, value in headers.items()}


def get(path, *, cookie, **headers):
    """The bytes of a GET."""
    return _request("GET", path, cookie, headers)


def post(path, fields, *, cookie, **headers):
    """The bytes of a POST of `fields`, a list of pairs, with its token against forgery."""
    body = urlencode([*fields, ("csrfmiddlewaretoken", CSRF)]).encode()
    headers |= {"content_type": "application/x-www-form-urlencoded", "content_length": len(body)}
    return _request("POST", path, f"{cookie}; csrftoken={CSRF}", headers) + body


def _request(method, path, cookie, headers):
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Cookie: {cookie}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()
