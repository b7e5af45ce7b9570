"""`manage.py bench_wall`: thousands of screens follow one wall as the tables write, and are cut off once."""

import asyncio
import multiprocessing
import resource
import sys
import time

from django.core.management import BaseCommand, call_command
from django.db import connections

from bench.phones import Network, Written, write_at_rate
from bench.room import make_hall
from bench.screens import watch_many
from bench.server import serving
from bench.walls import freshness
from forums.models import Note
from portal.preparing import collect_static

RATE = 100  # notes a second
LEAST_RATE = 0.95 * RATE  # that were saved; the last is answered a little after its second
MOST_MS = 150  # until a note is saved, at the 95th percentile
MOST_SECONDS = 1.0  # from the writing of a note until it is on the screens, at the 95th percentile
MOST_UNTIL_BACK = 10  # seconds until everybody is back after a cut


class Command(BaseCommand):
    help = "Let 7,500 screens watch one wall while 100 notes a second are saved; cut them all off once."

    def add_arguments(self, parser):
        parser.add_argument("--watchers", type=int, default=7500)
        parser.add_argument("--seconds", type=float, default=30, help="of writing")
        parser.add_argument("--workers", type=int, default=2, help="web processes of the server")

    def handle(self, *, watchers, seconds, workers, **options):
        _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        if hard < watchers + 200:
            sys.exit(
                f"{watchers} connections need as many open files, and {hard} are allowed: see ulimit -n."
            )
        call_command("migrate", verbosity=0)
        collect_static()
        hall = make_hall(tables=100, writers=600, watchers=watchers)
        connections.close_all()  # no process may share them
        self.stdout.write(f"{watchers} screens at one wall, {RATE} notes a second.")
        with serving(workers=workers) as server:
            misses = self.measure(server, hall, seconds)
        self.stdout.write(f"Missed: {'; '.join(misses)}." if misses else "Every target is met.")
        sys.exit(1 if misses else 0)

    def measure(self, server, hall, seconds):
        """Watch, write, cut; returns what is missed."""
        told, pipe = multiprocessing.Pipe()
        crowd = multiprocessing.Process(target=watch_many, args=(pipe, hall, server.port))
        crowd.start()
        opened = told.recv()
        self.stdout.write(f"  All are in after {opened.seconds:.1f} s.")
        written, used, begun = Written(), server.cpu_seconds(), time.monotonic()
        writing = write_at_rate(
            hall, server.port, Network(), rate=RATE, number=int(RATE * seconds), written=written
        )
        asyncio.run(writing)
        lasted = time.monotonic() - begun
        rate, slowest = len(written.saved) / lasted, 1000 * written.percentile(95)
        used = (server.cpu_seconds() - used) / lasted
        time.sleep(2)
        told.send("cut")
        back = told.recv()
        told.send("end")
        fresh = self.p95(hall, told.recv(), screens=back.number)
        crowd.join()
        failed = opened.failed + back.failed + written.faults
        self.stdout.write(
            f"  {len(written.saved)} notes saved in {lasted:.0f} s, {rate:.0f} a second (at least "
            f"{LEAST_RATE:.0f}), p95 {slowest:.0f} ms (at most {MOST_MS}).\n"
            f"  The web workers used {used:.2f} of two cores.\n"
            f"  Seen on 95 of 100 screens after {fresh:.2f} s, 95 notes of 100 (at most {MOST_SECONDS:g}).\n"
            f"  After a cut all {back.number} are back in {back.seconds:.1f} s (at most {MOST_UNTIL_BACK}); "
            f"{failed} answers of 500 or more."
        )
        missed = {
            f"{rate:.0f} notes a second": rate < LEAST_RATE,
            f"p95 of {slowest:.0f} ms until a note is saved": slowest > MOST_MS,
            f"{fresh:.2f} s until the screens show a note": fresh > MOST_SECONDS,
            f"back after {back.seconds:.1f} s": back.seconds > MOST_UNTIL_BACK,
            f"{failed} failures": failed > 0,
        }
        return [name for name, is_missed in missed.items() if is_missed]

    def p95(self, hall, pictures, *, screens):
        """Seconds until a note was on 95 of 100 screens, for 95 notes of 100. A picture that fewer were sent,
        as others went on to the next, is no picture."""
        times = dict(Note.objects.of_group_work(hall.work).values_list("pk", "written_at"))
        written_at = {Note(pk=pk).handle: at.timestamp() for pk, at in times.items()}
        enough = screens * 95 // 100
        shown = sorted((came[enough], newest) for newest, came in pictures if len(came) > enough)
        waits = freshness(shown, written_at)
        return waits[len(waits) * 95 // 100] if waits else float("inf")
