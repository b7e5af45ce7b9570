"""Running the portal: web workers and a task worker, under one process that Ctrl-C stops.

Two web workers of one thread each are forked from this process, so that they share the memory of
the loaded code. The task worker is a process of its own, started again should it die. None of them
outlives this process, however it ends (decisions/0010).
"""

import gc
import logging
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.urls import get_resolver
from django.utils.module_loading import import_string
from granian import Granian
from granian.constants import HTTPModes, Interfaces

logger = logging.getLogger(__name__)

APPLICATION = "portal.wsgi.application"

# Seconds that a request or a task in hand may take to finish when the portal is stopped.
GRACE = 10
# Seconds before a task worker that died is started again.
PAUSE = 2


def serve(*, host, port, workers, on_ready):
    """Serve until SIGINT or SIGTERM; a SIGHUP replaces the web workers one by one.

    Args:
        workers: web processes, each of which answers one request at a time.
        on_ready: called without arguments once the port is open.

    Raises:
        SystemExit: where the web workers died one after the other.
    """
    server = web_server(host=host, port=port, workers=workers)
    tasks = TaskWorker()
    server.on_startup(on_ready)
    # What is loaded before the fork is shared: every view is in, and the garbage collector is told
    # to leave it all alone. A database connection must not be shared.
    import_string(APPLICATION)
    _ = get_resolver().reverse_dict
    connections.close_all()
    gc.collect()
    gc.freeze()
    tasks.start()
    try:
        server.serve(target_loader=load_application)
    finally:
        tasks.stop()


def web_server(*, host, port, workers):
    """The server as `make run`, production and `make bench` all use it."""
    return Granian(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=workers,
        blocking_threads=1,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE,
        log_level="warning",
    )


def load_application(path):
    """Return the application at the dotted `path`, in a web worker that ends when its parent does."""
    # A group of its own: Ctrl-C is for the parent, which then asks each worker once. Asked twice,
    # by the terminal too, a worker waits its grace out.
    os.setpgid(0, 0)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    return import_string(path)


def _end_with_parent():
    multiprocessing.parent_process().join()
    os.kill(os.getpid(), signal.SIGKILL)


class TaskWorker:
    """The process that sends mail and does other queued work."""

    def __init__(self):
        self._stopping = threading.Event()
        self._process = None
        self._keeper = threading.Thread(target=self._keep, daemon=True)

    def start(self):
        self._process = self._launch()
        self._keeper.start()

    def stop(self):
        """Let the task in hand finish, for `GRACE` seconds at most."""
        self._stopping.set()
        self._process.terminate()
        try:
            self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._keeper.join(GRACE)

    def _keep(self):
        while True:
            code = self._process.wait()
            if self._stopping.wait(PAUSE):
                return
            logger.error("The task worker ended (code %s); starting it again.", code)
            self._process = self._launch()

    def _launch(self):
        # The pipe is how the worker learns that we are gone: it reads until its end (see `work`).
        # A session of its own keeps Ctrl-C from reaching it a second time beside `stop`.
        return subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), "work"],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )
