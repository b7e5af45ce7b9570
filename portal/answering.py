"""Answering pages from an event loop: the WSGI application, asked for one page at a time.

With Granian's RSGI interface streams wait by the thousand on the loop, and pages stay what they were:
one at a time in each web worker, first come first served (decisions/0010, 0180).
"""

import asyncio
import io
import logging
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from tempfile import SpooledTemporaryFile

from django.utils.translation import gettext_lazy as _

from accounts.refusals import Refusal

logger = logging.getLogger(__name__)

# Bytes. More than any form takes; each form says itself, beside the field, what is too much for it.
LARGEST_BODY = 200 * 1024 * 1024
KEPT_IN_MEMORY = 1024 * 1024
# The headers that have names of their own among the environ variables (PEP 3333).
NAMES = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}
PLAIN = [("content-type", "text/plain; charset=utf-8")]


class TooMuch(Refusal):
    """The request brings more than `LARGEST_BODY`."""

    message = _("That is too much to send at once.")


class Pages:
    """A WSGI application for the event loop of one web worker.

    Args:
        known: what each request is told of the server, by its key in the environ.
    """

    def __init__(self, application, **known):
        self._application = application
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="pages")
        self._base = {
            **os.environ,
            **known,
            "GATEWAY_INTERFACE": "CGI/1.1",
            "SCRIPT_NAME": "",
            "SERVER_SOFTWARE": "Granian",
            "wsgi.errors": sys.stderr,
            "wsgi.input_terminated": True,
            "wsgi.multiprocess": True,
            "wsgi.multithread": False,
            "wsgi.run_once": False,
            "wsgi.version": (1, 0),
        }

    async def answer(self, scope, protocol):
        """Answer a request; `scope` and `protocol` as in RSGI 1.6. Its body is read first, so that
        a slow one keeps nobody waiting."""
        try:
            body = await body_of(scope, protocol)
        except TooMuch as refused:
            protocol.response_str(413, PLAIN, f"{refused}\n")
            return
        with body:
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self._thread, self._answer, scope, protocol, body)

    def _answer(self, scope, protocol, body):
        environ = self._base | environ_of(scope)
        environ["wsgi.input"] = body
        head = []

        def start_response(status, headers, exc_info=None):
            head[:] = int(status[:3]), headers

        try:
            answer = self._application(environ, start_response)
            try:
                send(protocol, *head, answer)
            finally:
                if hasattr(answer, "close"):
                    answer.close()
        except Exception:
            # Django answers its own errors; this is one of its making, or of the answer's file.
            logger.exception("No answer to %s %s", scope.method, scope.path)
            protocol.response_str(500, PLAIN, "Something went wrong.\n")


async def body_of(scope, protocol):
    """Return the body of a request as a file, on disk where it is large.

    Raises:
        TooMuch: it is not read to its end then.
    """
    headers = scope.headers
    length = headers.get("content-length", "0")
    if length == "0" and "transfer-encoding" not in headers:
        return io.BytesIO()
    if int(length) > LARGEST_BODY:
        raise TooMuch
    if 0 < int(length) <= KEPT_IN_MEMORY:
        return io.BytesIO(await protocol())
    body = SpooledTemporaryFile(KEPT_IN_MEMORY)  # noqa: SIM115 - `answer` closes it
    async for chunk in protocol:
        body.write(chunk)
        if body.tell() > LARGEST_BODY:
            body.close()
            raise TooMuch
    body.seek(0)
    return body


def environ_of(scope):
    """Return what a WSGI application wants to know of one request (PEP 3333, "environ Variables")."""
    host, _, port = scope.server.rpartition(":")
    environ = {
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "REQUEST_METHOD": scope.method,
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "wsgi.url_scheme": scope.scheme,
    }
    for name, value in scope.headers.items():
        key = NAMES.get(name) or "HTTP_" + name.replace("-", "_").upper()
        # Cookies that came apart are joined by semicolons (RFC 9113, section 8.2.3), all else by commas.
        between = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = environ[key] + between + value if key in environ else value
    return environ


def send(protocol, status, headers, answer):
    """Send what a WSGI application answered: at once where it is all there, else bit by bit."""
    if isinstance(answer, list) or not getattr(answer, "streaming", True):
        protocol.response_bytes(status, headers, b"".join(answer))
        return
    transport = protocol.response_stream(status, headers)
    for chunk in answer:
        transport.send_bytes(chunk)
