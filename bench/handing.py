"""Handing mail over while every process of the portal is killed, and once more after each restart."""

import threading
import time
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.mailing import STRANDED_AFTER, as_message
from accounts.models import Mail
from bench.server import serving

SERVERS = 2  # app servers on one database, each with its worker that hands mail over
WAITING_FOR = 120  # seconds without a single mail, and something hangs


class Handover:
    """The mails of a burst on their way to a mail server.

    Attributes:
        cut_off: the Message-IDs of the mails that were being handed over when a kill came.
    """

    def __init__(self, sink):
        self.sink = sink
        self.cut_off = set()

    def kill_after(self, number):
        """Kill once so many more are taken, wherever the workers then are."""
        goal = len(self.sink.taken) + number
        with self._serving() as servers:
            self._wait(lambda: len(self.sink.taken) >= goal)
            kill(servers)
        self.note_what_was_cut_off()

    def kill_before_telling(self, number):
        """Kill in the worst moment: so many more are taken, and the worker is not told of the last one."""
        killed, goal = threading.Event(), len(self.sink.taken) + number

        def kill_once():
            if len(self.sink.taken) >= goal and not killed.is_set():
                kill(servers)
                killed.set()

        self.sink.before_telling = kill_once
        with self._serving() as servers:
            self._wait(killed.is_set)
        self.note_what_was_cut_off()

    def finish(self):
        """Let the workers go on until there is nothing left to do."""
        with self._serving():
            self._wait(lambda: not is_anything_due())

    def note_what_was_cut_off(self):
        """Remember which mails were being sent, now that every process has been killed."""
        mails = Mail.objects.filter(state=Mail.State.SENDING).select_related("to")
        self.cut_off |= {as_message(mail).extra_headers["Message-ID"] for mail in mails}

    @contextmanager
    def _serving(self):
        """The portal on SERVERS app servers, some hours after it was last cut off; yields them.

        They get to work together, once all of them have started.
        """
        tomorrow = timezone.now() + timedelta(days=1)
        DBTaskResult.objects.ready().update(run_after=tomorrow)
        with ExitStack() as stack:
            servers = [
                stack.enter_context(serving(workers=1, EMAIL_URL=self.sink.url)) for _ in range(SERVERS)
            ]
            let_hours_pass()
            yield servers

    def _wait(self, happens):
        """Wait until it happens, for as long as mails still come.

        Raises:
            TimeoutError: none came for WAITING_FOR seconds.
        """
        before, until = len(self.sink.taken), time.monotonic() + WAITING_FOR
        while not happens():
            if len(self.sink.taken) > before:
                before, until = len(self.sink.taken), time.monotonic() + WAITING_FOR
            if time.monotonic() > until:
                raise TimeoutError("No more mail came.")
            time.sleep(0.05)


def let_hours_pass():
    """Make what was cut off old enough for the hourly round, which queues it again, and do that round.

    What has waited is let go last: until then the workers have nothing under way that looks cut off.
    """
    long_ago = timezone.now() - 2 * STRANDED_AFTER
    DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).update(started_at=long_ago)
    Mail.objects.filter(state=Mail.State.SENDING).update(claimed_at=long_ago)
    call_command("daily", stdout=StringIO())
    DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(run_after=timezone.now())


def kill(servers):
    for server in servers:
        server.kill()


def is_anything_due():
    """Whether a task is under way, or waits for nothing but a worker."""
    tasks = DBTaskResult.objects
    return tasks.filter(status=TaskResultStatus.RUNNING).exists() or tasks.ready().exists()
