"""`manage.py bench_groupwork`: a full room writes over a bad network, and its server is killed meanwhile."""

import asyncio
import sys
import time
from collections import Counter
from math import isfinite

from django.core.management import BaseCommand, call_command
from django.db import connection

from bench.phones import Network, Written, write_at_rate
from bench.room import make_hall
from bench.server import serving
from bench.tables import phones_at_tables
from bench.turns import Leader, waits_for
from bench.walls import Wall, freshness
from bench.yardstick import Machine, machine_of
from forums.models import Note
from portal.preparing import collect_static

# As they were set; on a slower machine each by its share (bench.yardstick).
LEAST_RATE = 250  # saves a second
MOST_MS = 150  # at the 95th percentile, with `CALM` notes a second
MOST_ON_THE_WALL = 1.0  # seconds, at the 95th percentile
MOST_ON_PHONES = 2.0
CALM = 100  # notes a second
STORM = 1.2 * LEAST_RATE  # notes a second that are written in the storm


class Command(BaseCommand):
    help = "Let 600 phones at 100 tables write notes while requests are lost and the server is killed twice."

    def add_arguments(self, parser):
        parser.add_argument("--notes", type=int, default=100_000)
        parser.add_argument("--writers", type=int, default=600)
        parser.add_argument("--tables", type=int, default=100)
        parser.add_argument("--workers", type=int, default=2, help="web processes of the server")
        parser.add_argument("--loss", type=float, default=0.3, help="part of the requests that get lost")
        parser.add_argument("--offline", type=float, default=60, help="seconds that each phone is, once")
        parser.add_argument(
            "--rate", type=float, help=f"notes a second in the storm: {STORM:.0f}, or the machine's share"
        )
        parser.add_argument("--kills", type=int, default=2)
        parser.add_argument("--followers", type=int, default=10, help="phones that read besides, one a table")
        parser.add_argument("--calm", type=float, default=30, help=f"seconds of {CALM} notes a second first")

    def handle(self, **options):
        call_command("migrate", verbosity=0)
        collect_static()
        self.stdout.write(f"On {connection.vendor}: {options['writers']} phones, {options['tables']} tables.")
        # Before there is a server: a demo without people would load its own first.
        calm, storm = (make_hall(tables=options["tables"], writers=options["writers"]) for _ in range(2))
        with serving(workers=options["workers"]) as server:
            machine = machine_of(server, calm.writers)
            self.stdout.write(f"{machine}")
            misses = self.be_calm(calm, server, machine, options)
            misses += self.weather_the_storm(storm, server, machine, options)
        self.stdout.write(f"Missed: {'; '.join(misses)}." if misses else "Every target is met.")
        sys.exit(1 if misses else 0)

    def be_calm(self, hall, server, machine, options):
        """100 notes a second, or the machine's share of them, over a good network: how long a save takes, how
        fresh the wall and the phones are, how soon they tell what a leader does."""
        rate = CALM * machine.share
        written, wall = Written(), Wall(hall.slug, hall.writers[0].cookie, server.port)
        phones = phones_at_tables(hall, server.port, options["followers"])
        leader, used = Leader(hall, server.port), server.cpu_seconds()
        writing = write_at_rate(
            hall, server.port, Network(), rate=rate, number=int(rate * options["calm"]), written=written
        )
        both = _both(writing, leader.lead(options["calm"]))
        seconds = asyncio.run(_beside([wall, *phones], both))
        used = server.cpu_seconds() - used
        slowest = 1000 * written.percentile(95)
        self.stdout.write(
            f"  {rate:.0f} notes a second for {seconds:.0f} s: p50 {1000 * written.percentile(50):.0f} ms, "
            f"p95 {slowest:.0f} ms (at most {MOST_MS}); {1000 * used / len(written.times):.1f} ms of web "
            "worker's processor time for each"
        )
        fresh = self.tell_freshness(hall, wall) + self.tell_freshness_of(phones, hall)
        late = [f"p95 of {slowest:.0f} ms at {rate:.0f} notes a second"] if slowest > MOST_MS else []
        return [*late, *fresh, *self.tell_turns(leader, [wall, *phones]), *self.compare(hall, written)]

    def weather_the_storm(self, hall, server, machine, options):
        """More than are to be saved, over a bad network, while the server is killed. Nobody waits with their
        next note until the last one is saved (decisions/0705)."""
        written, wall = Written(), Wall(hall.slug, hall.writers[0].cookie, server.port)
        network = Network(options["loss"], options["offline"])
        down = []
        number, kills = options["notes"], options["kills"]
        rate = options["rate"] or STORM * machine.share
        writing = write_at_rate(hall, server.port, network, number=number, rate=rate, written=written)
        storm = _storm(writing, server, number=number, written=written, kills=kills, down=down)
        own, begun = time.process_time(), time.monotonic()
        seconds = asyncio.run(_beside([wall], storm))
        own = time.process_time() - own
        # It lasts for a quarter of an hour: judged by what the machine gave before it and gives now.
        machine = Machine((machine.rate + machine_of(server, hall.writers).rate) / 2)
        # Until the first have written all of theirs, the kills counted: what those who are offline still have
        # then tells for how long they are, and nothing of the server.
        until, notes = written.all_wrote
        saved = notes / (until - begun)
        least, off = LEAST_RATE * machine.share, sum(end - begin for begin, end in down)
        self.stdout.write(
            f"  {rate:.0f} notes a second were written: {len(written.saved)} shown as saved in {seconds:.0f} "
            f"s, {off:.0f} of them without server ({len(down)} kills). As long as everybody wrote: {notes} "
            f"notes, {saved:.0f} a second (at least {least:.0f}).\n"
            f"  A note is saved after p50 {written.wait(50):.2f} s, p95 {written.wait(95):.2f} s, offline or "
            f"not; {written.sent} requests, {100 * written.lost / written.sent:.0f} % lost; p95 of an "
            f"answer {1000 * written.percentile(95):.0f} ms.\n"
            f"  The phones took {100 * own / seconds:.0f} % of a processor; the machine gave "
            f"{machine.rate:.0f} answers a second that do nothing, before and after."
        )
        slow = [f"{saved:.0f} saves a second"] if saved < least else []
        self.tell_freshness(hall, wall)
        return [*slow, *self.compare(hall, written)]

    def tell_freshness(self, hall, wall):
        """How long it took until notes stood on the wall; what is missed of that."""
        times = dict(_notes_at(hall).values_list("pk", "written_at"))
        written_at = {Note(pk=pk).handle: at.timestamp() for pk, at in times.items()}
        waits = freshness(wall.seen, written_at)
        if not waits:
            self.stdout.write("  The wall showed nothing.")
            return ["the wall showed nothing"]
        p50, p95 = _percentiles(waits)
        self.stdout.write(
            f"  The wall: a note is seen after p50 {p50:.2f} s, p95 {p95:.2f} s "
            f"(at most {MOST_ON_THE_WALL:g}), {len(wall.seen)} pictures, "
            f"{sum(map(isfinite, waits))} of {len(times)} notes."
        )
        return [f"the wall after {p95:.2f} s at p95"] if p95 > MOST_ON_THE_WALL else []

    def tell_freshness_of(self, phones, hall):
        """How long it took until notes stood on the phones of their tables; what is missed of that."""
        waits = sorted(wait for phone in phones for wait in phone.waits(_notes_at(hall)))
        if not waits:
            self.stdout.write("  No phone followed its table.")
            return ["no phone followed its table"] if phones else []
        p50, p95 = _percentiles(waits)
        self.stdout.write(
            f"  {len(phones)} phones that follow their tables: a note is seen after p50 {p50:.2f} s, p95 "
            f"{p95:.2f} s (at most {MOST_ON_PHONES:g}), {sum(map(isfinite, waits))} of {len(waits)} notes."
        )
        return [f"the phones after {p95:.2f} s at p95"] if p95 > MOST_ON_PHONES else []

    def tell_turns(self, leader, screens):
        """How long it took until the wall and the phones told what a leader had pressed; what is missed."""
        waits = sorted(wait for screen in screens for wait in waits_for(leader.moves, screen.clocks))
        p50, p95 = _percentiles(waits)
        self.stdout.write(
            f"  A leader stopped and started the clock {len(leader.moves)} times. {len(screens)} screens "
            f"tell it after p50 {p50:.2f} s, p95 {p95:.2f} s (at most {MOST_ON_PHONES:g})."
        )
        return [f"the turn after {p95:.2f} s at p95"] if p95 > MOST_ON_PHONES else []

    def compare(self, hall, written):
        """What the phones were told, beside what the database holds."""
        held = dict(_notes_at(hall).values_list("pk", "text"))
        lost = [pk for pk, text in written.saved.items() if held.get(pk) != text]
        doubled = [text for text, times in Counter(held.values()).items() if times > 1]
        strange = len(held.keys() - written.saved.keys())
        self.stdout.write(
            f"  {len(written.saved)} shown as saved, {len(held)} in the database: {len(lost)} lost, "
            f"{len(doubled)} doubled, {strange} that nobody was told of, {written.faults} refused."
        )
        found = {"lost": lost, "doubled": doubled, "untold": strange, "refused": written.faults}
        return [name for name, wrong in found.items() if wrong]


def _percentiles(waits):
    """The 50th and the 95th of sorted seconds."""
    return (waits[min(len(waits) - 1, len(waits) * percent // 100)] for percent in (50, 95))


def _notes_at(hall):
    return Note.objects.of_group_work(hall.work)


async def _beside(screens, writing):
    """Let screens watch while the writing lasts, and two seconds more; returns the former's seconds."""
    watching = [asyncio.create_task(screen.watch()) for screen in screens]
    await asyncio.sleep(0.5)
    begun = time.monotonic()
    await writing
    seconds = time.monotonic() - begun
    await asyncio.sleep(2)
    for task in watching:
        task.cancel()
    await asyncio.gather(*watching, return_exceptions=True)
    return seconds


async def _both(*tasks):
    await asyncio.gather(*tasks)


async def _storm(writing, server, *, number, written, kills, down):
    """Let the writing go on, and kill the server after each part of the notes; `down` gets the moments
    from and to which it was gone."""
    writing = asyncio.create_task(writing)
    for kill in range(1, kills + 1):
        while len(written.saved) < number * kill / (kills + 1) and not writing.done():
            await asyncio.sleep(0.05)
        begun = time.monotonic()
        await asyncio.to_thread(_kill, server)
        down.append((begun, time.monotonic()))
    await writing


def _kill(server):
    server.kill()
    server.start()
