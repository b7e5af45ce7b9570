"""A large room for the measuring: tables, people signed in at them, and a round in which both sides write."""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import Assignment, Audience, Group, Person, Side, Unit
from forums.models import Forum, GroupWork, Question, Registration, Round, Table
from forums.wording import terms_for
from portal.demo.scale_forums import WORDS

BATCH = 2_000


@dataclass(frozen=True)
class Writer:
    """Somebody who sits at a table, and the cookie that says who."""

    table: int
    cookie: str


@dataclass(frozen=True)
class Hall:
    """A forum whose group work is open to both sides: those who write, and the cookies of the others."""

    slug: str
    work: int
    question: int
    writers: list[Writer]
    watchers: list[str]


def make_hall(*, tables, writers, watchers=0):
    """Make a forum with `writers` people at `tables` tables, every other one elected, and `watchers` more
    who take no part in it. Returns the Hall."""
    serial = Forum.objects.count() + 1
    unit, _made = Unit.objects.get_or_create(
        slug="matningen", defaults={"name": "Mätningens kommun", "kind": Unit.Kind.MUNICIPALITY}
    )
    audience, is_new = Audience.objects.get_or_create(name="Alla i mätningen")
    if is_new:
        audience.rules.create(group=Group.EVERYONE, unit=unit)
    people = _people(unit, serial, writers + watchers)
    start = timezone.now() - timedelta(minutes=30)
    forum = Forum.objects.create(
        title=f"Mätningen {serial}",
        slug=f"matningen-{serial}",
        theme="Tillit i praktiken",
        state=Forum.State.ANNOUNCED,
        starts_at=start,
        ends_at=start + timedelta(hours=8),
        registration_closes_at=start - timedelta(days=1),
        announced_at=start - timedelta(days=20),
        place="Mätsalen",
        audience=audience,
        unit=unit,
        organiser=people[1],
    )
    places = Table.objects.bulk_create(Table(forum=forum, number=place + 1) for place in range(tables))
    Registration.objects.bulk_create(
        [
            Registration(
                forum=forum,
                person=person,
                side=_side(place),
                state=Registration.State.REGISTERED,
                table=places[place // 2 % tables],
            )
            for place, person in enumerate(people[:writers])
        ],
        BATCH,
    )
    work = GroupWork.objects.create(
        forum=forum,
        state=GroupWork.State.OPEN,
        leader_elected=people[0],
        leader_official=people[1],
        wall_for_all=watchers > 0,
        opened_at=start,
    )
    Round.objects.create(
        group_work=work, order=1, side="", minutes=240, state=Round.State.OPEN, opened_at=start
    )
    question = Question.objects.create(group_work=work, order=1, text="Vad behöver du av den andra sidan?")
    terms_for(WORDS)
    cookies = _sign_in(people)
    seated = [Writer(place // 2 % tables, cookie) for place, cookie in enumerate(cookies[:writers])]
    return Hall(forum.slug, work.pk, question.pk, seated, cookies[writers:])


def _side(place):
    return Side.OFFICIAL if place % 2 else Side.ELECTED


def _people(unit, serial, number):
    """Make people with a post each, every other one elected."""
    people = Person.objects.bulk_create(
        [
            Person(
                email=f"{serial}-{place}@matning.example",
                given_name="Mät",
                family_name=f"Ning {place}",
                sort_name=f"ning {place:05}",
                password="!",
            )
            for place in range(number)
        ],
        BATCH,
    )
    Assignment.objects.bulk_create(
        [
            Assignment(
                person=person, unit=unit, title="Mätare", side=_side(place), starts_on=date(2020, 1, 1)
            )
            for place, person in enumerate(people)
        ],
        BATCH,
    )
    return people


def _sign_in(people):
    """Sign everybody in and return their cookies."""
    store, until = SessionStore(), timezone.now() + timedelta(days=1)
    sessions = [
        Session(
            session_key=secrets.token_hex(16),
            expire_date=until,
            session_data=store.encode(
                {
                    SESSION_KEY: str(person.pk),
                    BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                    HASH_SESSION_KEY: person.get_session_auth_hash(),
                }
            ),
        )
        for person in people
    ]
    Session.objects.bulk_create(sessions, BATCH)
    return [f"{settings.SESSION_COOKIE_NAME}={session.session_key}" for session in sessions]
