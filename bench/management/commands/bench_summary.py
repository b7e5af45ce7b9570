"""`manage.py bench_summary`: from the last note of a large room to a draft that is ready for sign-off."""

import random
import sys
import time

from django.core.cache import cache
from django.core.management import BaseCommand, call_command
from django.test import Client

from accounts.models import Person
from bench.room import make_hall
from forums.models import GroupWork
from forums.summarising import draft_summary
from forums.wording import terms_for
from forums.working import close_group_work
from news.reviewing import submit
from portal.demo.scale_forums import WORDS, add_notes
from portal.preparing import collect_static

MOST_SECONDS = 10  # of machine time, issue 5
MOST_FIRST_READER = 1.0  # seconds until the first who opens the result has it
# Words that few tables say: most rooms have many of them.
RARE = 170


class Command(BaseCommand):
    help = (
        "Close a room of 100 tables and 3,000 notes, draft its summary, send it to sign-off, read the result."
    )

    def add_arguments(self, parser):
        parser.add_argument("--tables", type=int, default=100)
        parser.add_argument("--notes", type=int, default=3000)

    def handle(self, *, tables, notes, **options):
        call_command("migrate", verbosity=0)
        collect_static()
        hall = make_hall(tables=tables, writers=6 * tables)
        work = GroupWork.objects.select_related("forum").get(pk=hall.work)
        words = [*WORDS, *(f"{WORDS[place % len(WORDS)]}fråga {place}" for place in range(RARE))]
        add_notes(work, number=notes, terms=terms_for(words), chance=random.Random(5))
        writer = Person.objects.filter(registrations__forum=work.forum).order_by("-pk").first()
        self.stdout.write(f"Seconds of one processor.\n{tables} tables, {notes} notes, {len(words)} words.")
        taken = {
            "closing and counting": lambda: close_group_work(work, by=work.leader_official),
            "the draft, with its pictures": lambda: draft_summary(work.forum, by=writer),
            "sending it to sign-off": lambda: submit(
                draft_summary(work.forum, by=writer).newest_version, by=writer
            ),
        }
        seconds = {name: self.timed(name, verb) for name, verb in taken.items()}
        total = sum(seconds.values())
        self.stdout.write(f"{total:6.2f} s  from last note to sign-off (at most {MOST_SECONDS})")
        first = self.read(work, writer)
        missed = total > MOST_SECONDS or first > MOST_FIRST_READER
        self.stdout.write("Missed." if missed else "Every target is met.")
        sys.exit(1 if missed else 0)

    def timed(self, name, verb):
        """Do it, and tell the machine's time and the clock's; returns the machine's, in seconds."""
        begun, by_clock = time.process_time(), time.perf_counter()
        verb()
        seconds, by_clock = time.process_time() - begun, time.perf_counter() - by_clock
        self.stdout.write(f"{seconds:6.2f} s  {name} ({by_clock:.2f} s by the clock)")
        return seconds

    def read(self, work, reader):
        """Open the result with nothing kept, and once more. Returns the seconds of the first."""
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(reader)
        client.get("/min-sida/")  # what every page needs once in a process
        cache.clear()
        address = f"{work.forum.get_absolute_url()}resultat/"
        first = self.timed("the first reader's result page", lambda: client.get(address))
        self.timed("the second reader's", lambda: client.get(address))
        return first
