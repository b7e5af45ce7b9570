"""`manage.py bench_depth`, with the settings of `bench.settings`: pages over articles with long histories."""

import sys
import time
from statistics import median

from django.core.cache import caches
from django.core.management import BaseCommand, call_command
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.keying import key_of
from accounts.models import Person, PersonalKey
from bench.deepening import deepen
from news.models import Article, Blog, Document, Picture, ReviewStep, Topic, Version
from news.views.desk import SECTIONS

ARTICLES, VERSIONS = 3_000, 50
LINE = "{:<26} {:>8} {:>8} {:>9} {:>9}  {}"
COMMUNICATOR, APPROVER, EMPLOYEE = "kommunikator", "godkannare", "medarbetare"


def pages():
    """(name, who reads it, address, the most queries that it may cost)"""
    article = Article.objects.live().filter(kind=Article.Kind.NEWS, restricted=False).order_by("pk").last()
    desk = reverse("news:desk")
    step = ReviewStep.objects.in_turn().order_by("pk").last()
    then = timezone.localtime().replace(year=timezone.now().year - 1).strftime("%Y-%m-%dT%H:%M")
    yield "article", EMPLOYEE, article.get_absolute_url(), 6
    yield "article then (?vid=)", COMMUNICATOR, f"{article.get_absolute_url()}?vid={then}", None
    topic = Topic.objects.annotate(texts=Count("articles")).order_by("texts").last()
    yield f"topic with {topic.texts} texts", EMPLOYEE, topic.get_absolute_url(), 10
    yield "list", EMPLOYEE, reverse("news:list"), 10
    yield "list, page 50", EMPLOYEE, f"{reverse('news:list')}?page=50", 10
    yield "blog", EMPLOYEE, reverse("news:blog"), 10
    yield "blog, page 10", EMPLOYEE, f"{reverse('news:blog')}?page=10", 10
    blog = Blog.objects.annotate(posts=Count("articles")).order_by("posts").last()
    yield f"blog with {blog.posts} posts", EMPLOYEE, blog.get_absolute_url(), 10
    key = key_of(Person.objects.get(email=f"{EMPLOYEE}@almvik.example"), PersonalKey.Purpose.FEED).token
    yield "feed", EMPLOYEE, reverse("news:feed", args=[key, "nyheter"]), 10
    yield "feed of the topic", EMPLOYEE, reverse("news:topic_feed", args=[key, topic.slug]), 10
    yield "desk, what waits for me", COMMUNICATOR, desk, 12
    yield "the same of an approver", APPROVER, desk, 12
    for section in [*SECTIONS, "alla", "papperskorg", "arkiv"]:
        yield f"desk: {section}", COMMUNICATOR, f"{desk}?visa={section}", 12
    yield "desk: looked for", COMMUNICATOR, f"{desk}?visa=alla&q=budget", 12
    yield "calendar", COMMUNICATOR, reverse("news:calendar"), 12
    yield "pictures", COMMUNICATOR, reverse("news:pictures"), 12
    yield "pictures looked for", COMMUNICATOR, f"{reverse('news:pictures')}?q=a", 12
    yield "documents", COMMUNICATOR, reverse("news:documents"), 12
    picture = Picture.objects.annotate(used=Count("versions")).order_by("used").last()
    yield (
        f"picture in {picture.used} versions",
        COMMUNICATOR,
        reverse("news:edit_picture", args=[picture.pk]),
        12,
    )
    document = Document.objects.order_by("pk").first()
    yield "document", COMMUNICATOR, reverse("news:edit_document", args=[document.pk]), 12
    yield "text on the desk", COMMUNICATOR, reverse("news:edit", args=[article.pk]), None
    yield "history", COMMUNICATOR, reverse("news:history", args=[article.pk]), 12
    yield (
        "compare 1 with 50",
        COMMUNICATOR,
        f"{reverse('news:history', args=[article.pk])}?fran=1&till=50",
        None,
    )
    yield "review", APPROVER, reverse("news:review", args=[step.pk]), None
    yield "log", "administrator", reverse("portal:log"), 12


class Command(BaseCommand):
    help = f"Measure the desk and the pages over {ARTICLES} articles with {VERSIONS} versions each."

    def handle(self, **options):
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        if not Person.objects.exists():
            self.stdout.write("Making the data, some minutes ...")
            call_command("load_demo")
            deepen(articles=ARTICLES, versions=VERSIONS)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        self.stdout.write(f"{Article.objects.count()} articles, {Version.objects.count()} versions.\n\n")
        self.stdout.write(LINE.format("page", "queries", "at most", "p50 ms", "worst ms", ""))
        missed = [name for name, *page in pages() if not self.measure(name, *page)]
        self.stdout.write(f"Missed: {', '.join(missed)}." if missed else "Every target is met.")
        sys.exit(1 if missed else 0)

    def measure(self, name, who, path, most):
        """Ask for a page as the first reader in a process, then eleven times with warm caches; whether it
        keeps to its queries both times."""
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(Person.objects.get(email=f"{who}@almvik.example"))
        caches["template_fragments"].clear()
        queries = 0
        for _visit in ("cold", "warm"):
            with CaptureQueriesContext(connection) as captured:
                status = client.get(path).status_code
            queries = max(queries, len(captured))
        times = [self.time(client, path) for _ in range(10)]
        kept = status == 200 and (most is None or queries <= most)
        figures = (queries, most or "", f"{1000 * median(times):.0f}", f"{1000 * max(times):.0f}")
        self.stdout.write(LINE.format(name, *figures, "" if kept else f"MISSED ({status})"))
        self.stdout.flush()
        return kept

    @staticmethod
    def time(client, path):
        begun = time.perf_counter()
        client.get(path)
        return time.perf_counter() - begun
