"""`manage.py bench_desk`: what a communicator waits for with a text of 20,000 words and large pictures."""

import random
import statistics
import sys
import time
import uuid
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.management import BaseCommand, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from accounts.models import Audience, Person, Role, Unit
from news.advising import advise
from news.comparing import compare
from news.models import Version
from news.picturing import add_picture
from news.sanitising import clean_html
from news.writing import start_article
from portal.preparing import collect_static

WORDS = ("kommunen", "skolvägar", "trygghet", "övergångsställe", "hastighet", "elever", "budget", "dialog")
WORDS_IN_PARAGRAPH, PARAGRAPHS_TO_HEADING = 80, 5
# How many words in a thousand somebody has changed between the two texts.
CHANGED = 20
MOST_SAVE, MOST_DIFF, MOST_PICTURE = 0.300, 1.0, 2.0  # seconds, issue 3
MEGAPIXELS = 24
# As telephones, scanners and browsers save them.
FORMS = {"JPEG": {"quality": 90}, "PNG": {}, "WEBP": {"quality": 85}, "HEIF": {"quality": 60}}


class Command(BaseCommand):
    help = "Save a draft of 20,000 words, compare two such versions, and take large pictures in."

    def add_arguments(self, parser):
        parser.add_argument("--words", type=int, default=20_000)
        parser.add_argument("--times", type=int, default=9)

    def handle(self, *, words, times, **options):
        self.times = times
        call_command("migrate", verbosity=0)
        collect_static()
        if not Person.objects.exists():
            call_command("load_demo")
        unit = Unit.objects.get(parent=None)
        writer = Person.objects.holding(Role.COMMUNICATOR, unit.pk).order_by("pk").first()
        old, new = texts(words)
        article = start_article(
            kind="news",
            unit=unit,
            audience=Audience.objects.first(),
            title=f"Lång text {uuid.uuid4()}",
            body=old,
            by=writer,
        )
        version = article.newest_version
        engine = connection.vendor
        self.stdout.write(
            f"{words} words, {len(old) / 1000:.0f} kB of HTML, {engine}; median of {times}.\n\n"
        )
        save = self.save(version, writer, old, new)
        changed = Version(title=version.title, body=clean_html(new))
        diff = self.timed("comparing two versions", lambda: compare(version, changed), at_most=MOST_DIFF)
        self.timed("sanitising alone", lambda: clean_html(old))
        self.timed("advice before review", lambda: advise(version, reader=writer))
        pictures = self.pictures(writer)
        missed = save > MOST_SAVE or diff > MOST_DIFF or pictures > MOST_PICTURE
        self.stdout.write("Missed." if missed else "Every target is met.")
        sys.exit(1 if missed else 0)

    def save(self, version, writer, old, new):
        """Save by the page's own request, each time with other words; returns the median, in seconds."""
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(writer)
        client.get("/min-sida/")  # what every page needs once in a process
        sent = {"revision": version.revision, "window": uuid.uuid4(), "title": version.title, "lead": ""}
        address, turn = reverse("news:autosave", args=[version.article_id]), iter(range(1, 10_000))

        def save():
            number = next(turn)
            sent["revision"] = client.post(
                address, sent | {"turn": number, "body": (old, new)[number % 2] + f"<p>{number}</p>"}
            ).json()["revision"]

        with CaptureQueriesContext(
            connection,
        ) as captured:
            save()
        self.stdout.write(f"        {len(captured)} queries for a save")
        return self.timed("autosaving, the whole request", save, at_most=MOST_SAVE)

    def pictures(self, writer):
        """Take a large picture in, in each form that people have; returns the slowest, in seconds."""
        photograph = photograph_of(MEGAPIXELS)
        slowest = 0
        for form, options in FORMS.items():
            content = BytesIO()
            photograph.save(content, form, **options)
            name = f"{MEGAPIXELS} megapixels of {form}, {content.tell() / 1e6:.1f} MB"
            upload = ContentFile(content.getvalue(), name=form)
            taken = self.timed(
                name, lambda upload=upload: add_picture(upload, by=writer), at_most=MOST_PICTURE
            )
            slowest = max(slowest, taken)
        return slowest

    def timed(self, name, act, *, at_most=None):
        """Do it some times and tell the median of the clock; returns it, in seconds."""
        taken, worked = [], time.process_time()
        for _time in range(self.times):
            begun = time.perf_counter()
            act()
            taken.append(time.perf_counter() - begun)
        worked = 1000 * (time.process_time() - worked) / self.times
        median = statistics.median(taken)
        told = f" (at most {1000 * at_most:.0f}; {median / at_most:.2f} of it)" if at_most else ""
        self.stdout.write(
            f"{1000 * median:6.0f} ms  {name}{told}, slowest {1000 * max(taken):.0f} ms, {worked:.0f} of work"
        )
        return median


def photograph_of(megapixels):
    """An image of so many million pixels, three to two, with light that changes slowly and grain on it."""
    height = round((megapixels * 1_000_000 * 2 / 3) ** 0.5)
    size = (height * 3 // 2, height)
    grain = Image.effect_noise((size[0] // 4, size[1] // 4), 24).resize(size)
    light = [Image.radial_gradient("L").resize(size), Image.linear_gradient("L").resize(size)]
    return Image.merge("RGB", [light[0], light[1], grain])


def texts(words):
    """Two bodies of so many words, of which some in a thousand differ."""
    chance = random.Random(3)
    old = [f"{chance.choice(WORDS)}{chance.randrange(300)}" for _word in range(words)]
    new = [f"{word}x" if chance.randrange(1000) < CHANGED else word for word in old]
    return body_of(old), body_of(new)


def body_of(words):
    parts = []
    for number in range(0, len(words), WORDS_IN_PARAGRAPH):
        if number // WORDS_IN_PARAGRAPH % PARAGRAPHS_TO_HEADING == 0:
            parts.append(f"<h2>{' '.join(words[number : number + 4]).capitalize()}</h2>")
        text = " ".join(words[number : number + WORDS_IN_PARAGRAPH])
        parts.append(f'<p>{text} <a href="/nyheter/">nyheter</a> <strong>slut</strong>.</p>')
    return "\n".join(parts)
