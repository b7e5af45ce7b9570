"""The portal as `make run` and production serve it, started for the measuring and watched."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

CORES = 2  # what the targets are set for; PostgreSQL's own processes are not bound to them
TICKS = os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(*, workers, **environment):
    """Start `manage.py serve` on a free port, and yield a Server that answers.

    Args:
        environment: variables that it gets beside our own.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])  # what is started here, too
    server = Server(port, workers, environment)
    try:
        server.start()
        yield server
    finally:
        server.process.terminate()
        server.process.wait(30)


class Server:
    def __init__(self, port, workers, environment):
        self.port = port
        self._number = workers
        self._environment = os.environ | environment
        self.process = None

    def start(self):
        """Start it, and wait until it answers."""
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(self.port), "--workers", str(self._number)],
            stdout=subprocess.DEVNULL,
            env=self._environment,
        )
        self.wait()

    def kill(self):
        """End all its processes as a power cut would (SIGKILL), and wait until none of them is left."""
        family = self.family(self.process.pid)
        for pid in family:
            os.kill(pid, signal.SIGKILL)
        self.process.wait()
        while any(Path(f"/proc/{pid}").exists() for pid in family):
            time.sleep(0.02)

    def wait(self):
        """Wait until it answers, a minute at most."""
        for _ in range(600):
            if self.process.poll() is not None:
                sys.exit("The server ended before it answered.")
            try:
                urlopen(f"http://127.0.0.1:{self.port}/halsa/", timeout=5).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        sys.exit("The server does not answer.")

    @property
    def workers(self):
        """The ids of its web workers: they alone were forked and keep their parent's command line."""
        own = Path(f"/proc/{self.process.pid}/cmdline").read_bytes()
        return [
            pid for pid in self.children(self.process.pid) if Path(f"/proc/{pid}/cmdline").read_bytes() == own
        ]

    def family(self, pid):
        """The ids of a process and of all that come from it."""
        return [pid, *(one for child in self.children(pid) for one in self.family(child))]

    def children(self, pid):
        lists = Path(f"/proc/{pid}/task").glob("*/children")
        return [int(child) for path in lists for child in path.read_text().split()]

    def cpu_seconds(self):
        """Processor time that the web workers have used so far."""
        return sum(self._cpu_ticks(pid) for pid in self.workers) / TICKS

    def resident_megabytes(self):
        """Resident memory of the largest web worker, what it shares with the others included."""
        statuses = [Path(f"/proc/{pid}/status").read_text() for pid in self.workers]
        return max(int(status.split("VmRSS:")[1].split()[0]) / 1024 for status in statuses)

    @staticmethod
    def _cpu_ticks(pid):
        # The name in brackets may hold spaces; utime and stime are fields 14 and 15 (proc(5)).
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])
