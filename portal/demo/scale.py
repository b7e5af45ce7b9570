"""The demo municipality grown to the size of a large one, for measuring.

People, articles and forums are copied from the small demo with other names, times and audiences.
They are inserted in bulk: by the verbs, a note at a time, it would take hours. What the verbs would
have made beside them (versions with their reviews, invitations, frozen results, search entries) is
made too, so that pages have the same work to do.
"""

import random
from datetime import timedelta
from itertools import count

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import Assignment, Audience, Person, Role, Side, Unit
from accounts.models.people import swedish_sort_key
from accounts.organising import add_unit
from news.models import Article, ReviewStep, Version
from portal.demo.scale_forums import add_forums
from portal.indexing import reindex

PEOPLE, ARTICLES, FORUMS, NOTES = 7_500, 3_000, 20, 100_000
MANAGERS, ELECTED = 400, 100
PEOPLE_PER_SECTION = 30
YEARS_OF_NEWS = 6
BATCH = 1_000

TOPICS = (
    "Ny struktur för uppföljning",
    "Så gick medarbetarundersökningen",
    "Nu öppnar anmälan till utbildningsdagen",
    "Budgeten för nästa år är klar",
    "Tack för ett fint arbete",
    "Driftstopp under helgen",
    "Gemensam introduktion för nya medarbetare",
    "Lokalerna byggs om",
    "Tre frågor till en kollega",
    "Dialogen med invånarna fortsätter",
    "Så arbetar vi med klimatet",
    "Brandövningen är genomförd",
)


@transaction.atomic
def scale_up(*, people=PEOPLE, articles=ARTICLES, forums=FORUMS, notes=NOTES):
    """Fill the database, which holds the small demo, until it has these numbers in all."""
    chance = random.Random(2026)  # noqa: S311 - the same every time, so that measures can be compared
    add_people(people - Person.objects.count(), chance)
    add_articles(articles - Article.objects.count(), chance)
    add_forums(forums, notes=notes, chance=chance)
    reindex()


def add_people(number, chance):
    """Add people with a post each: managers and elected up to their share, the rest employees."""
    given = list(Person.objects.order_by("pk").values_list("given_name", flat=True))
    family = list(Person.objects.order_by("pk").values_list("family_name", flat=True))
    password = make_password(None)
    people = []
    for serial in range(max(number, 0)):
        first, last = chance.choice(given), chance.choice(family)
        people.append(
            Person(
                email=f"{slugify(first)}.{slugify(last)}.{serial}@almvik.example",
                given_name=first,
                family_name=last,
                sort_name=swedish_sort_key(f"{last} {first}"),
                password=password,
                language="en" if chance.random() < 0.02 else "sv",
            )
        )
    people = Person.objects.bulk_create(people, batch_size=BATCH)
    Assignment.objects.bulk_create(posts_for(people, chance), batch_size=BATCH)


def posts_for(people, chance):
    """Return an unsaved assignment for each of `people`."""
    titles = list(
        Assignment.objects.filter(side=Side.OFFICIAL, is_manager=False)
        .order_by("pk")
        .values_list("title", flat=True)
    )
    parties = list(
        Assignment.objects.filter(side=Side.ELECTED).order_by("pk").values_list("party", flat=True)
    )
    boards = list(Unit.objects.filter(kind__in=[Unit.Kind.BOARD, Unit.Kind.COUNCIL]))
    elected = min(ELECTED, len(people) // 10)
    managers = min(MANAGERS, len(people) // 10)
    sections = add_sections(len(people) // PEOPLE_PER_SECTION + 1)
    since = timezone.localdate() - timedelta(days=700)
    for place, person in enumerate(people):
        post = Assignment(person=person, starts_on=since, side=Side.OFFICIAL)
        if place < elected:
            post.unit, post.side = chance.choice(boards), Side.ELECTED
            post.title, post.party = "Ersättare", chance.choice(parties)
        elif place < elected + managers:
            post.unit, post.title, post.is_manager = sections[place % len(sections)], "Enhetschef", True
        else:
            post.unit, post.title = sections[place % len(sections)], chance.choice(titles)
        yield post


def add_sections(number):
    """Add sections below the departments by turns."""
    departments = list(Unit.objects.filter(kind=Unit.Kind.DEPARTMENT))
    return [
        add_unit(
            name=f"Enhet {serial + 1}",
            kind=Unit.Kind.SECTION,
            parent=departments[serial % len(departments)],
        )
        for serial in range(number)
    ]


def add_articles(number, chance):
    """Add published articles of one to four versions each, over the last years."""
    communicators = list(Person.objects.filter(assignments__role_grants__role=Role.COMMUNICATOR).distinct())
    departments = list(Unit.objects.filter(kind=Unit.Kind.DEPARTMENT))
    audiences = list(Audience.objects.all())
    taken = set(Article.objects.values_list("slug", flat=True))
    articles = []
    for serial in range(max(number, 0)):
        kind = chance.choices(list(Article.Kind)[:3], [85, 10, 5])[0]
        unit = chance.choice(departments)
        articles.append(
            Article(
                kind=kind,
                slug=free_slug(f"{TOPICS[serial % len(TOPICS)]} {unit}", taken),
                owner=chance.choice(communicators),
                unit=unit,
                audience=chance.choice(audiences),
                restricted=chance.random() < 0.05,
            )
        )
    articles = Article.objects.bulk_create(articles, batch_size=BATCH)
    add_versions(articles, chance)


def free_slug(title, taken):
    stem = slugify(title)[:80]
    slug = next(slug for serial in count(1) if (slug := f"{stem}-{serial}") not in taken)
    taken.add(slug)
    return slug


def add_versions(articles, chance):
    texts = list(Version.objects.live().order_by("pk").values("lead", "body", "picture_id", "picture_alt"))
    approver = Person.objects.filter(assignments__role_grants__role=Role.APPROVER).first()
    now = timezone.now()
    versions = []
    for serial, article in enumerate(articles):
        out = now - timedelta(minutes=chance.randrange(60, YEARS_OF_NEWS * 365 * 24 * 60))
        last = chance.choice([1, 1, 2, 3, 4])
        for number in range(1, last + 1):
            changed = out + (now - out) * (number - 1) / 10
            versions.append(
                Version(
                    article=article,
                    number=number,
                    state=Version.State.APPROVED,
                    title=f"{TOPICS[serial % len(TOPICS)]} {serial + 1}",
                    written_by=article.owner,
                    submitted_at=changed,
                    approved_at=changed,
                    live_from=changed,
                    superseded_at=out + (now - out) * number / 10 if number < last else None,
                    published_at=out,
                    updated_at=changed,
                    **chance.choice(texts),
                )
            )
    versions = Version.objects.bulk_create(versions, batch_size=BATCH)
    add_reviews(versions, approver)


def add_reviews(versions, approver):
    writer = Version.writers.through
    writer.objects.bulk_create(
        (writer(version=version, person_id=version.written_by_id) for version in versions), batch_size=BATCH
    )
    ReviewStep.objects.bulk_create(
        (
            ReviewStep(
                version=version,
                stage=2,
                role=Role.APPROVER,
                decision=ReviewStep.Decision.APPROVED,
                decided_by=approver,
                decided_at=version.approved_at,
            )
            for version in versions
        ),
        batch_size=BATCH,
    )
