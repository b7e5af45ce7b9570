"""`manage.py bench`, with the settings of `bench.settings`: measure every page beside its floor."""

import sys

from django.core.management import BaseCommand, call_command

from accounts.models import Person
from bench.load import Loader
from bench.measuring import HEADINGS, MOST_MEMORY, measure
from bench.pages import count_queries, pages, sign_in
from bench.server import serving

LINE = "{:<11} {:>7} {:>7} {:>7} {:>7} {:>8} {:>6} {:>12} {:>6}  {}"


class Command(BaseCommand):
    help = "Serve the full demo data and measure its pages beside a constant page of the same size."

    def add_arguments(self, parser):
        parser.add_argument("--seconds", type=float, default=4, help="for each page, and again for its floor")
        parser.add_argument("--connections", type=int, default=8)
        parser.add_argument("--readers", type=int, default=60)
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument("--only", help="the name of one page")

    def handle(self, *, seconds, connections, readers, workers, only, **options):
        self.make_data()
        people = sign_in(readers)
        self.stdout.write(f"{connections} connections, {readers} readers by turns, {seconds:g} s each.\n\n")
        self.stdout.write(LINE.format(*HEADINGS))
        missed = []
        with serving(workers=workers) as server:
            loader = Loader(server, people, connections=connections, seconds=seconds)
            for page in pages():
                if only in (None, page.name):
                    row = measure(page, loader, queries=count_queries(page, people[0].person))
                    self.stdout.write(LINE.format(*row.cells))
                    self.stdout.flush()
                    missed += [page.name] if row.missed else []
            memory = server.resident_megabytes()
        self.stdout.write(f"\nA web worker holds {memory:.0f} MB at most (allowed: {MOST_MEMORY}).")
        missed += ["memory"] if memory > MOST_MEMORY else []
        self.stdout.write(f"Missed: {', '.join(missed)}." if missed else "Every target is met.")
        sys.exit(1 if missed else 0)

    def make_data(self):
        call_command("migrate", verbosity=0)
        if not Person.objects.exists():
            self.stdout.write("Making the full demo data, a few minutes ...")
            call_command("load_demo", scale="full")
