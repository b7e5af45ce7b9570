"""A mail server (RFC 5321) on this machine only: it takes every mail, and remembers which."""

import threading
from collections import Counter
from contextlib import contextmanager
from email import message_from_bytes
from socketserver import StreamRequestHandler, ThreadingTCPServer

ANSWERS = {b"EHLO": "250 sink", b"MAIL": "250 Ok", b"RCPT": "250 Ok", b"DATA": "354 Go on"}


@contextmanager
def listening():
    """Yields a Sink that takes mail on a free port."""
    with Sink() as sink:
        threading.Thread(target=sink.serve_forever, daemon=True).start()
        yield sink
        sink.shutdown()


class Sink(ThreadingTCPServer):
    """What was taken.

    Attributes:
        taken: {Message-ID: how many times a mail of that name was taken}.
        before_telling: called with nothing each time a mail has been taken and its sender not been told yet.
    """

    daemon_threads = True
    request_queue_size = 64

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.taken = Counter()
        self.before_telling = lambda: None
        self._one_at_a_time = threading.Lock()

    @property
    def url(self):
        """As the settings want it."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def take(self, message):
        """Remember a mail, given as bytes."""
        with self._one_at_a_time:
            self.taken[message_from_bytes(message)["Message-ID"]] += 1
            self.before_telling()


class Conversation(StreamRequestHandler):
    """One connection: command by command, until its sender quits or dies."""

    def handle(self):
        self.say("220 sink")
        try:
            while line := self.rfile.readline():
                command = line[:4].upper()
                if command == b"QUIT":
                    self.say("221 Bye")
                    return
                self.say(ANSWERS.get(command, "502 Not here"))
                if command == b"DATA" and (message := self.read_mail()):
                    self.server.take(message)
                    self.say("250 Taken")
        except ConnectionError:
            return  # killed in the middle of a word: what was not taken is not remembered

    def read_mail(self):
        """The mail up to the line of a single dot; empty where the sender died before that."""
        lines = []
        while line := self.rfile.readline():
            if line == b".\r\n":
                return b"".join(lines)
            lines.append(line)
        return b""

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())
