"""Processes beside the web workers, seen from both ends: kept alive by `serve`, and gone when it is.

The pipe between them is how a companion learns that its parent is gone, however that ended: it reads
its standard input, which ends then.
"""

import logging
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from django.conf import settings

logger = logging.getLogger(__name__)

# Seconds that what is in hand may take to finish when the portal is stopped.
GRACE = 10
# Seconds before a companion that died is started again.
PAUSE = 2


class Companion:
    """A process that runs `manage.py <arguments>` for as long as this one wants it to."""

    def __init__(self, *arguments):
        self._arguments = arguments
        self._stopping = threading.Event()
        self._process = None
        self._keeper = threading.Thread(target=self._keep, daemon=True)

    def start(self):
        self._process = self._launch()
        self._keeper.start()

    def stop(self):
        """Let what is in hand finish, for `GRACE` seconds at most."""
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
            logger.error("manage.py %s ended (code %s); starting it again.", self._arguments[0], code)
            self._process = self._launch()

    def _launch(self):
        # A session of its own keeps Ctrl-C from reaching it a second time beside `stop`.
        return subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), *self._arguments],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )


def end_with_input():
    """In a companion: end, as if asked to, when standard input does."""
    threading.Thread(target=_end_with_input, daemon=True).start()


def _end_with_input():
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
