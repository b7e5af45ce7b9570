"""A forum whose people are to be seated, written as rows: people of departments, who met last time."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import Assignment, Audience, Person, Unit
from bench.room import BATCH
from forums import catering
from forums.models import Access, Forum, Registration, Table


def make_seats(guests, *, tables):
    """Write the Guests of `bench_seating.crowd` as people with posts, who sat at `tables` at an earlier forum
    in the order of their keys; returns the forum at which they have no table yet."""
    slug = f"placering-{Forum.objects.count()}"
    unit = Unit.objects.create(name=slug, slug=slug, kind=Unit.Kind.MUNICIPALITY)
    homes = {
        home: Unit.objects.create(
            name=f"Förvaltning {home}", slug=f"{unit.slug}-{home}", kind=Unit.Kind.DEPARTMENT, parent=unit
        )
        for home in sorted({guest.home for guest in guests})
    }
    people = Person.objects.bulk_create(
        [
            Person(
                email=f"{unit.slug}.{guest.key}@almvik.example",
                given_name="Gäst",
                family_name=f"Nummer {guest.key}",
                sort_name=f"nummer {guest.key}",
            )
            for guest in guests
        ],
        BATCH,
    )
    since = timezone.localdate() - timedelta(days=700)
    Assignment.objects.bulk_create(
        [
            Assignment(
                person=person,
                unit=homes[guest.home],
                title="Post",
                side=guest.side,
                is_manager=guest.leads,
                starts_on=since,
            )
            for person, guest in zip(people, guests, strict=True)
        ],
        BATCH,
    )
    last = _forum(unit, people[0], days=-30)
    now = _forum(unit, people[0], days=30, follows=last)
    for forum in (last, now):
        places = Table.objects.bulk_create(Table(forum=forum, number=place + 1) for place in range(tables))
        answers = Registration.objects.bulk_create(
            [
                Registration(
                    forum=forum,
                    person=person,
                    side=guest.side,
                    state=Registration.State.REGISTERED,
                    table=places[place * tables // len(guests)] if forum is last else None,
                )
                for place, (person, guest) in enumerate(zip(people, guests, strict=True))
            ],
            BATCH,
        )
    for guest, answer in zip(guests, answers, strict=True):
        if guest.near_front:
            catering.tell_needs(answer, by=answer.person, access=[Access.NEAR_FRONT])
    return now


def _forum(unit, organiser, *, days, **fields):
    audience, _made = Audience.objects.get_or_create(name="Alla som placeras")
    starts_at = timezone.now() + timedelta(days=days)
    return Forum.objects.create(
        title="Placeringen",
        slug=f"{unit.slug}-{'nu' if days > 0 else 'sist'}",
        theme="Vem sitter var",
        state=Forum.State.ANNOUNCED,
        announced_at=timezone.now() - timedelta(days=60),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=4),
        registration_closes_at=starts_at,
        asks_access=True,
        audience=audience,
        unit=unit,
        organiser=organiser,
        **fields,
    )
