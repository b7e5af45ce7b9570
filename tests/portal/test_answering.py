"""How a page is asked for: what the event loop hands to the WSGI application."""

import asyncio
from types import SimpleNamespace

import pytest

from portal import answering
from portal.answering import Pages


class Headers(list):
    """As Granian's: pairs in lower case, of which the first with a name is got by it."""

    def items(self):
        return list(self)

    def get(self, name, default=None):
        return next((value for key, value in self if key == name), default)

    def __contains__(self, name):
        return self.get(name) is not None


class Protocol:
    """As Granian's: brings the request's body, and remembers what was answered."""

    def __init__(self, *chunks):
        self.chunks = chunks
        self.status = self.headers = None
        self.sent = []

    async def __call__(self):
        return b"".join(self.chunks)

    async def __aiter__(self):
        for chunk in self.chunks:
            yield chunk

    def response_bytes(self, status, headers, body):
        self.status, self.headers, self.sent = status, headers, [body]

    def response_str(self, status, headers, body):
        self.response_bytes(status, headers, body.encode())

    def response_stream(self, status, headers):
        self.status, self.headers = status, headers
        return SimpleNamespace(send_bytes=self.sent.append)


def answer(application, *chunks, method="GET", path="/", query="", headers=()):
    """What the Protocol was told by `application`."""
    scope = SimpleNamespace(
        http_version="1.1",
        server="127.0.0.1:8000",
        client="[::1]:4711",
        scheme="http",
        method=method,
        path=path,
        query_string=query,
        headers=Headers([("host", "127.0.0.1:8000"), *headers]),
    )
    protocol = Protocol(*chunks)
    asyncio.run(Pages(application, known=True).answer(scope, protocol))
    return protocol


def test_the_environ_is_that_of_wsgi():
    seen = {}

    def application(environ, start_response):
        seen.update(environ)
        start_response("204 No Content", [])
        return []

    headers = [
        ("content-type", "text/plain"),
        ("x-a", "1"),
        ("x-a", "2"),
        ("cookie", "a=1"),
        ("cookie", "b=2"),
    ]
    assert answer(application, path="/åäö/", query="q=%C3%A5", headers=headers).status == 204
    assert seen["PATH_INFO"] == "/åäö/".encode().decode("latin-1")  # PEP 3333, "Unicode Issues"
    assert (seen["QUERY_STRING"], seen["REMOTE_ADDR"], seen["SERVER_PORT"]) == ("q=%C3%A5", "::1", "8000")
    assert (seen["CONTENT_TYPE"], seen["HTTP_X_A"], seen["HTTP_COOKIE"]) == ("text/plain", "1,2", "a=1; b=2")
    assert (seen["HTTP_HOST"], seen["wsgi.url_scheme"], seen["known"]) == ("127.0.0.1:8000", "http", True)
    assert "HTTP_CONTENT_TYPE" not in seen


def echo(environ, start_response):
    start_response("200 OK", [("content-type", "text/plain")])
    return [environ["wsgi.input"].read()]


@pytest.mark.parametrize("headers", [[("content-length", "6")], [("transfer-encoding", "chunked")]])
def test_a_body_comes_whole_whether_its_length_is_told_or_not(headers):
    assert answer(echo, b"abc", b"def", method="POST", headers=headers).sent == [b"abcdef"]


def test_a_large_body_comes_whole_by_way_of_the_disk():
    chunks = [b"x" * 600_000] * 4
    headers = [("content-length", "2400000")]
    assert answer(echo, *chunks, method="POST", headers=headers).sent == [b"".join(chunks)]


@pytest.mark.parametrize("headers", [[("content-length", "1001")], [("transfer-encoding", "chunked")]])
def test_too_large_a_body_is_refused_before_the_page_is_asked(headers, monkeypatch):
    monkeypatch.setattr(answering, "LARGEST_BODY", 1000)
    refused = answer(None, b"x" * 600, b"x" * 600, method="POST", headers=headers)
    assert refused.status == 413
    assert "för mycket" in refused.sent[0].decode()


def test_a_file_is_sent_bit_by_bit_and_closed():
    class File:
        is_closed = False

        def __iter__(self):
            return iter([b"en", b"bit"])

        def close(self):
            self.is_closed = True

    file = File()

    def application(environ, start_response):
        start_response("200 OK", [("content-length", "5")])
        return file

    assert answer(application).sent == [b"en", b"bit"]
    assert file.is_closed


def test_an_application_that_fails_is_an_answer_of_500(caplog):
    def application(environ, start_response):
        raise ValueError

    assert answer(application, path="/trasig/").status == 500
    assert "/trasig/" in caplog.text
