"""`manage.py bench_seating`, with the settings of `bench.settings`: a room is mixed, beside a shuffle; then
the button is pressed: who they are is read, they are mixed, and where they sit is written."""

import random
import sys
import time
from itertools import combinations

from django.core.management import BaseCommand, call_command
from django.db import transaction

from bench.seats import make_seats
from forums import seating
from forums.acquainting import guests_of
from forums.mixing import Guest, mix

LONGEST = 2  # seconds for 800 people at 100 tables, from the press of the button to the last row
DEPARTMENTS = 12


class Command(BaseCommand):
    help = "Mix a room of many people who all sat together before, and tell how well they sit."

    def add_arguments(self, parser):
        parser.add_argument("--people", type=int, default=800)
        parser.add_argument("--tables", type=int, default=100)

    def handle(self, *, people, tables, **options):
        guests = crowd(people, tables)
        begun = time.perf_counter()
        table_of = mix(guests, tables)
        seconds = time.perf_counter() - begun
        pressed = self.press(guests, tables)
        begun = time.perf_counter()
        by_chance = shuffled(guests, tables)
        floor = time.perf_counter() - begun
        self.stdout.write(
            f"{people} people at {tables} tables: {seconds:.2f} s, a shuffle {1000 * floor:.1f} ms.\n"
        )
        self.stdout.write(f"{'':<44} {'mixed':>7} {'shuffled':>9}")
        apart, missed = pairs(guests, table_of, "apart"), max(seconds, pressed) > LONGEST
        for words, count in (
            (
                "largest difference between two tables, people",
                lambda seats: spread(guests, seats, lambda guest: None),
            ),
            ("of a side", lambda seats: spread(guests, seats, lambda guest: guest.side)),
            ("of a department", lambda seats: spread(guests, seats, lambda guest: guest.home)),
            ("managers at table with a direct report", lambda seats: pairs(guests, seats, "apart")),
            ("pairs who sat together last time", lambda seats: pairs(guests, seats, "met")),
        ):
            self.stdout.write(f"{words:<47} {count(table_of):>4} {count(by_chance):>9}")
        uneven = max(
            spread(guests, table_of, lambda guest: guest.side),
            spread(guests, table_of, lambda guest: guest.home),
        )
        again = pairs(guests, table_of, "met") > pairs(guests, by_chance, "met") / 10
        missed = missed or apart or again or uneven > 1
        self.stdout.write("Missed." if missed else "Every target is met.")
        sys.exit(1 if missed else 0)

    def press(self, guests, tables):
        """Tell how long "Seat everyone anew" takes, and its parts; return its seconds by the clock.
        Nothing of it stays in the database."""
        call_command("migrate", verbosity=0)
        with transaction.atomic():
            forum = make_seats(guests, tables=tables)
            of_forum, reading = timed(lambda: guests_of(forum))
            _mixed, mixing = timed(lambda: mix(of_forum, tables))
            _count, pressing = timed(lambda: seating.seat_everyone(forum, by=forum.organiser))
            writing = [
                whole - read - mixed for whole, read, mixed in zip(pressing, reading, mixing, strict=True)
            ]
            transaction.set_rollback(True)
        self.stdout.write("The press of the button, in seconds of one processor (by the clock):")
        parts = {"reading": reading, "mixing": mixing, "writing": writing, "all of it": pressing}
        for name, (of_machine, by_clock) in parts.items():
            self.stdout.write(f"  {name:<10} {of_machine:5.2f} ({by_clock:.2f})")
        return pressing[1]


def timed(do):
    """What it returns, and the seconds that it takes: [of one processor, by the clock]."""
    begun, by_clock = time.process_time(), time.perf_counter()
    result = do()
    return result, [time.process_time() - begun, time.perf_counter() - by_clock]


def crowd(people, tables):
    """So many Guests: a fifth elected, in departments each with managers, who sat in order last time."""
    chance = random.Random(800)
    guests, size = [], people // tables
    for key in range(people):
        home, first = key % DEPARTMENTS, key - key % size
        # The head of each department, and all of it, who report to them.
        apart = range(home, people, DEPARTMENTS) if key < DEPARTMENTS else [home]
        guests.append(
            Guest(
                key=key,
                side="elected" if key % 5 == 0 else "official",
                home=home,
                leads=key < 2 * DEPARTMENTS,
                near_front=chance.random() < 0.03,
                apart=frozenset(apart) - {key},
                met=frozenset(range(first, first + size)) - {key},
            )
        )
    return guests


def shuffled(guests, tables):
    """Everybody at a table by chance: what a list with numbers drawn would give."""
    chance, order = random.Random(800), list(guests)
    chance.shuffle(order)
    return {guest.key: place % tables for place, guest in enumerate(order)}


def spread(guests, table_of, of):
    """How much the count of one value of `of` differs between two tables, at most."""
    counts = {}
    tables = max(table_of.values()) + 1
    for guest in guests:
        counts.setdefault(of(guest), [0] * tables)[table_of[guest.key]] += 1
    return max(max(row) - min(row) for row in counts.values())


def pairs(guests, table_of, attribute):
    """How many pairs at one table stand in each other's `attribute`."""
    at = {}
    for guest in guests:
        at.setdefault(table_of[guest.key], []).append(guest)
    return sum(
        one.key in getattr(two, attribute) for table in at.values() for one, two in combinations(table, 2)
    )
