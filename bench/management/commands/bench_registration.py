"""`manage.py bench_registration`, with the settings of `bench.settings`: a crowd answers one forum at once.

Three bursts, on the database that the settings name: everybody for some seats; a thousand for the last
one; and everybody once more, while the server is killed and started again, in the answers and in the mails
about them.
"""

import sys

from django.core.management import BaseCommand, call_command
from django.db import connection

from accounts.models import Person
from bench import judging
from bench.burst import Burst
from bench.crowd import ask_them, gather
from bench.handing import SERVERS, Handover
from bench.server import serving
from bench.sink import listening
from bench.yardstick import Machine
from portal.preparing import collect_static

# Answers a second; seconds that 99 of 100 wait at most. On a slower machine by its share (bench.yardstick).
LEAST_RATE, LONGEST_WAIT = 200, 2
LAST_SEAT_PEOPLE = 1000
YES = {"answer": "register"}
LINE = "{:<34} {:>9} {:>7} {:>7} {:>7}  {}"
HEADINGS = ("burst", "answers/s", "p50 s", "p99 s", "CPU ms", "")


class Command(BaseCommand):
    help = "Let a crowd answer one forum at once, and see that everybody got what they should."

    def add_arguments(self, parser):
        parser.add_argument("--people", type=int, default=2000)
        parser.add_argument("--seats", type=int, default=200)
        parser.add_argument("--connections", type=int, default=200, help="requests under way at any moment")
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *, people, seats, connections, workers, **options):
        self.connections, self.workers, self.faults = connections, workers, []
        self.make_data()
        crowd = gather(people)
        self.stdout.write(
            f"{people} people, {seats} seats, {workers} web workers, {connections} requests at a time, "
            f"{connection.vendor}.\n\n"
        )
        self.stdout.write(LINE.format(*HEADINGS))
        self.burst_for_seats(crowd, seats)
        self.last_seat(crowd[:LAST_SEAT_PEOPLE])
        self.killed(crowd, seats)
        self.stdout.write("\nMissed:\n" + "\n".join(self.faults) if self.faults else "\nEverything holds.")
        sys.exit(1 if self.faults else 0)

    def make_data(self):
        call_command("migrate", verbosity=0)
        if not Person.objects.exists():
            self.stdout.write("Loading the demo municipality, which takes a minute ...")
            call_command("load_demo")
        collect_static()

    def burst_for_seats(self, crowd, seats):
        forum = ask_them(seats=seats)
        with serving(workers=self.workers) as server:
            floor = self.measure("floor: an answer that does nothing", server, "/golv/svar/", crowd)
            machine = Machine(floor.rate)
            burst = self.measure("everybody answers", server, answer_page(forum), crowd)
        least, longest = LEAST_RATE * machine.share, LONGEST_WAIT / machine.share
        self.stdout.write(
            f"{'':<34} {burst.rate / floor.rate:>9.2f} of the floor's rate\n{machine}\n"
            f"At least {least:.0f} answers a second, and {longest:.1f} s for 99 of 100."
        )
        if burst.rate < least:
            self.faults.append(f"{burst.rate:.0f} answers a second, where {least:.0f} are asked for")
        if burst.percentile(99) > longest:
            self.faults.append(
                f"one of a hundred waits {burst.percentile(99):.1f} s, where {longest:.1f} are allowed"
            )
        self.judge("everybody answers", forum, burst, seats)

    def last_seat(self, crowd):
        forum = ask_them(seats=1)
        with serving(workers=self.workers) as server:
            burst = self.measure("for the last seat", server, answer_page(forum), crowd)
        self.judge("for the last seat", forum, burst, 1)

    def killed(self, crowd, seats):
        """Kill every process of the server in the middle of the answers, and twice in that of the mails.

        Those who got no answer send theirs again.
        """
        forum = ask_them(seats=seats)
        with listening() as sink:
            handover = Handover(sink)
            self.killed_while_answering(forum, crowd, handover)
            self.note("killed", judging.faults_of_seats(forum, seats=seats, answers=len(crowd)))
            self.killed_while_mailing(crowd, handover)
        self.note("killed", judging.faults_of_mails(forum))
        self.note("killed", judging.faults_of_handover(forum, handover))

    def killed_while_answering(self, forum, crowd, handover):
        mail_server = {"EMAIL_URL": handover.sink.url}
        with serving(workers=self.workers, **mail_server) as server:
            first = Burst(server, answer_page(forum), YES, connections=self.connections)
            half = len(crowd) // 2
            first.send(crowd, meanwhile=lambda number: server.kill() if number == half else None)
        handover.note_what_was_cut_off()
        there = set(forum.registrations.values_list("person", flat=True))
        self.stdout.write(f"killed after {len(first.confirmed)} answers, {len(there)} are kept")
        self.note("killed", judging.faults_of_memory(forum, first))
        confirmed = {attempt.person_id for attempt in first.confirmed}
        with serving(workers=self.workers, **mail_server) as server:
            rest = [reader for reader in crowd if reader.person.pk not in confirmed]
            second = self.measure("the others, after the restart", server, answer_page(forum), rest)
        self.note("killed", judging.faults_of_answers(second))

    def killed_while_mailing(self, crowd, handover):
        taken = handover.sink.taken
        third = (len(crowd) - len(taken)) // 3
        self.stdout.write(f"{len(taken)} mails were handed over meanwhile, by one worker")
        handover.kill_after(third)
        self.stdout.write(f"killed after {len(taken)} mails, with {SERVERS} workers at it")
        handover.kill_before_telling(third)
        self.stdout.write(f"killed after {len(taken)} mails, one of them taken and its worker not told")
        handover.finish()
        twice = sum(number > 1 for number in taken.values())
        self.stdout.write(
            f"{len(taken)} mails were taken: {len(handover.cut_off)} had been cut off by a kill, and "
            f"{twice} of those came twice, under the same Message-ID"
        )

    def measure(self, name, server, path, crowd):
        burst = Burst(server, path, YES, connections=self.connections)
        before = server.cpu_seconds()
        burst.send(crowd)
        cpu = 1000 * (server.cpu_seconds() - before) / len(crowd)
        figures = (
            f"{burst.rate:.0f}",
            f"{burst.percentile(50):.2f}",
            f"{burst.percentile(99):.2f}",
            f"{cpu:.1f}",
        )
        self.stdout.write(LINE.format(name, *figures, ""))
        self.stdout.flush()
        return burst

    def judge(self, name, forum, burst, seats):
        self.note(name, judging.faults_of_answers(burst))
        self.note(name, judging.faults_of_memory(forum, burst))
        self.note(name, judging.faults_of_seats(forum, seats=seats, answers=len(burst.attempts)))
        self.note(name, judging.faults_of_order(forum, burst))

    def note(self, name, faults):
        self.faults += [f"{name}: {fault}" for fault in faults]


def answer_page(forum):
    return f"{forum.get_absolute_url()}anmalan/"
