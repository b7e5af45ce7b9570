"""Running the portal: web workers and their companions, under one process that Ctrl-C stops.

Two web workers of one thread each are forked from this process, so that they share the memory of
the loaded code. The task worker and the lookout are processes of their own, started again should they
die. None of them outlives this process, however it ends (decisions/0010, 0180).
"""

import gc
import multiprocessing
import os
import resource
import signal
import tempfile
import threading
from pathlib import Path

from django.db import connections
from django.urls import get_resolver
from django.utils.module_loading import import_string
from granian import Granian
from granian.constants import HTTPModes, Interfaces

from portal.accompanying import GRACE, Companion

APPLICATION = "portal.rsgi.application"
LOOP = "samspel"  # registered beside it

# Connections: that one worker holds at once, streams among them, and that may wait to be taken in.
MOST_CONNECTIONS = 16_000
MOST_WAITING = 4096


def serve(*, host, port, workers, on_ready):
    """Serve until SIGINT or SIGTERM; a SIGHUP replaces the web workers one by one.

    Args:
        workers: web processes, each of which answers one request at a time.
        on_ready: called without arguments once the port is open.

    Raises:
        SystemExit: where the web workers died one after the other.
    """
    server = web_server(host=host, port=port, workers=workers)
    server.on_startup(on_ready)
    _allow_many_connections()
    # What is loaded before the fork is shared: every view is in, and the garbage collector is told
    # to leave it all alone. A database connection must not be shared.
    application = import_string(APPLICATION)
    _ = get_resolver().reverse_dict
    connections.close_all()
    gc.collect()
    gc.freeze()
    with tempfile.TemporaryDirectory(prefix="samspel-") as own:
        application.lookout = str(Path(own) / "lookout")
        companions = Companion("work"), Companion("look", application.lookout)
        for companion in companions:
            companion.start()
        try:
            server.serve(target_loader=load_application)
        finally:
            for companion in companions:
                companion.stop()


def _allow_many_connections():
    """Raise the limit of open files as far as we may: often 1,024, where each stream is one."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def web_server(*, host, port, workers):
    """The server as `make run`, production and `make bench` all use it."""
    return Granian(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        loop=LOOP,
        http=HTTPModes.http1,
        websockets=False,
        workers=workers,
        backlog=MOST_WAITING,
        backpressure=MOST_CONNECTIONS,
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
