"""Many people who are all asked to one forum, each signed in."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Assignment, Audience, Group, Person, Role, Side, Unit
from accounts.models.people import swedish_sort_key
from accounts.organising import add_unit
from accounts.targeting import define_audience
from bench.pages import Reader, session_of
from forums.announcing import announce
from forums.models import Circular, ForumKind
from forums.planning import plan_forum

UNIT = "Belastningsprovet"


def gather(number):
    """Return `number` managers, as Readers; made once, and signed in anew each time."""
    unit = Unit.objects.filter(name=UNIT).first()
    if unit is None:
        root = Unit.objects.get(kind=Unit.Kind.MUNICIPALITY, parent=None)
        unit = add_unit(name=UNIT, kind=Unit.Kind.DEPARTMENT, parent=root)
        define_audience(UNIT, rules=[(Group.MANAGERS, unit)])
    there = Person.objects.filter(assignments__unit=unit).order_by("pk")
    _make(unit, range(there.count(), number))
    return [
        Reader(person, f"{settings.SESSION_COOKIE_NAME}={session_of(person)}") for person in there[:number]
    ]


def _make(unit, numbers):
    people = Person.objects.bulk_create(
        Person(
            email=f"prov.{number}@almvik.example",
            given_name="Prov",
            family_name=f"Person {number}",
            sort_name=swedish_sort_key(f"Person {number} Prov"),
        )
        for number in numbers
    )
    since = timezone.localdate() - timedelta(days=700)
    Assignment.objects.bulk_create(
        Assignment(
            person=person, unit=unit, title="Enhetschef", is_manager=True, side=Side.OFFICIAL, starts_on=since
        )
        for person in people
    )


def ask_them(*, seats):
    """Plan a forum with so many seats and announce it to the crowd, the invitations long since sent."""
    office = Assignment.objects.filter(role_grants__role=Role.ORGANISER).select_related("person").first()
    starts_at = timezone.now() + timedelta(days=30)
    forum = plan_forum(
        kind=ForumKind.objects.get(key="large"),
        title="Stora chefsforum",
        theme="Alla svarar på en gång",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=6),
        registration_closes_at=starts_at - timedelta(days=3),
        place="Folkets hus",
        seats=seats,
        audience=Audience.objects.get(name=UNIT),
        unit=office.unit,
        organiser=office.person,
        by=office.person,
    )
    announce(forum, by=office.person)
    Circular.objects.filter(forum=forum).update(done_at=timezone.now())
    DBTaskResult.objects.all().delete()
    return forum
