"""Our calendar objects, read by another library than the one that wrote them: ical.js, in Chromium.

It plays a calendar client: the mails' objects come in one after the other and follow RFC 5546, 2.1.5:
the higher SEQUENCE counts, where they are equal the later DTSTAMP; CANCEL takes the entry away.
"""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.keying import key_of
from accounts.models import Mail, PersonalKey
from forums import announcing, naming, planning, registering
from forums.announcing import announce
from forums.calendars import calendar_of
from forums.models import ForumKind
from forums.planning import plan_forum

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIBRARY = Path(__file__).parent.parent / "vendor" / "ical" / "ical.min.js"
SHA256 = "74b6aa16936daa102ca216a29c8c25b53468762dd793bd9b106074aaa7961c65"
CLIENT = """(texts) => {
  const entries = new Map();
  return texts.map((text) => {
    const calendar = new ICAL.Component(ICAL.parse(text));
    for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
    const method = calendar.getFirstPropertyValue("method");
    for (const component of calendar.getAllSubcomponents("vevent")) {
      const event = new ICAL.Event(component);
      const stamp = component.getFirstPropertyValue("dtstamp").toJSDate().getTime();
      const known = entries.get(event.uid);
      const sequence = event.sequence;
      if (known && (sequence - known.sequence || stamp - known.stamp) < 0) continue;
      if (method === "CANCEL") { entries.set(event.uid, {sequence, stamp, gone: true}); continue; }
      entries.set(event.uid, {
        sequence, stamp, summary: event.summary, location: event.location,
        starts: event.startDate.toJSDate().toISOString(), ends: event.endDate.toJSDate().toISOString(),
        offset: event.startDate.utcOffset(),
        status: component.getFirstPropertyValue("status"),
        conference: component.getFirstPropertyValue("conference"),
      });
    }
    return [...entries.values()].filter((entry) => !entry.gone);
  });
}"""


@pytest.fixture
def read(page):
    """A function that gives texts to a calendar client and returns its entries after each of them."""
    content = LIBRARY.read_bytes()
    assert hashlib.sha256(content).hexdigest() == SHA256
    page.goto("about:blank")
    page.add_script_tag(content=content.decode())
    return lambda *texts: page.evaluate(CLIENT, list(texts))


@pytest.fixture
def make_forum(cast):
    def make(*, announced=True, **fields):
        starts_at = fields.pop("starts_at", timezone.now().replace(microsecond=0) + timedelta(days=20))
        facts = {
            "kind": ForumKind.objects.get(pk="forum"),
            "title": "Chefsforum; höst, år 1",
            "theme": "Tillit \\ i vardagen: " + "långsiktighet " * 8,
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(hours=4),
            "registration_closes_at": starts_at - timedelta(days=3),
            "audience": cast.audiences.leaders,
            "unit": cast.units.office,
            "organiser": cast.fatima,
            "place": "Folkets hus, Almvik; sal Ö",
            "by": cast.fatima,
        }
        forum = plan_forum(**facts | fields)
        return announce(forum, by=cast.fatima) if announced else forum

    return make


def objects_for(person):
    """The calendar objects that a person was sent, in their order."""
    return list(
        Mail.objects.filter(to=person)
        .exclude(calendar="")
        .order_by("queued_at")
        .values_list("calendar", flat=True)
    )


def test_three_reschedules_and_a_cancellation_leave_one_entry_and_then_none(cast, make_forum, read):
    forum = make_forum(join_url="https://mote.example/x")
    registering.register(forum, person=cast.maja, by=cast.maja)
    for days in (1, 2, 3):
        forum = planning.change_forum(
            forum,
            starts_at=forum.starts_at + timedelta(days=days),
            ends_at=forum.ends_at + timedelta(days=days),
            by=cast.fatima,
        )
    moved = forum.starts_at
    announcing.call_off(forum, by=cast.fatima)
    states = read(*objects_for(cast.maja))
    assert [len(entries) for entries in states] == [1, 1, 1, 1, 1, 0]
    last = states[-2][0]
    assert datetime.fromisoformat(last["starts"]) == moved
    assert last["summary"] == f"{forum.title}: {forum.theme}"
    assert last["location"] == "Folkets hus, Almvik; sal Ö"
    assert last["conference"] == "https://mote.example/x"
    # The same objects in any order leave the same calendar, as when mails overtake each other.
    assert read(*reversed(objects_for(cast.maja)))[-1] == []
    assert read(*objects_for(cast.elsa))[-1] == []


def test_every_way_out_clears_the_calendar_and_the_way_back_fills_it(cast, make_forum, read):
    forum = make_forum()
    registering.register(forum, person=cast.maja, by=cast.maja)
    registering.decline(forum, person=cast.maja, by=cast.maja)
    registering.register(forum, person=cast.maja, by=cast.maja)
    registering.cancel(forum.registrations.get(person=cast.maja), by=cast.maja)
    registering.decline(forum, person=cast.elsa, by=cast.elsa, reason="Resa")
    naming.leave_out(forum, cast.ulla, by=cast.fatima)
    assert [len(entries) for entries in read(*objects_for(cast.maja))] == [1, 1, 0, 1, 0]
    assert [len(entries) for entries in read(*objects_for(cast.elsa))] == [1, 0]
    assert [len(entries) for entries in read(*objects_for(cast.ulla))] == [1, 0]


def test_the_calendar_that_one_subscribes_to_has_one_entry_for_each_forum(cast, make_forum, read):
    forum = make_forum(join_url="https://mote.example/x")
    registering.register(forum, person=cast.maja, by=cast.maja)
    other = make_forum(title="Inbjuden", starts_at=forum.starts_at + timedelta(days=1))
    make_forum(title="Andras", audience=cast.audiences.social, restricted=True)
    make_forum(title="Utkast", announced=False)
    address = reverse("forums:feed", args=[key_of(cast.elsa, PersonalKey.Purpose.CALENDAR).token])
    mine = reverse("forums:feed", args=[key_of(cast.maja, PersonalKey.Purpose.CALENDAR).token])
    before = Client().get(mine).text
    planning.change_forum(forum, place="Rådhuset", by=cast.fatima)
    states = read(before, Client().get(mine).text)
    locations = [
        {entry["summary"].partition(":")[0]: entry["location"] for entry in state} for state in states
    ]
    assert locations[0][forum.title] == "Folkets hus, Almvik; sal Ö"
    assert locations[1][forum.title] == "Rådhuset"
    assert not any(entry["conference"] for entry in states[-1])
    assert {entry["summary"].partition(":")[0] for entry in read(Client().get(address).text)[0]} == {
        forum.title,
        other.title,
    }


@pytest.mark.parametrize(
    ("starts_at", "offsets"),
    [
        # Over the night when the clocks go forward, and back; and a day on each side.
        (datetime(2027, 3, 27, 23, 30), (1, 2)),
        (datetime(2027, 10, 30, 23, 30), (2, 1)),
        (datetime(2027, 3, 27, 9), (1, 1)),
        (datetime(2027, 3, 28, 9), (2, 2)),
        (datetime(2027, 10, 31, 9), (1, 1)),
    ],
)
def test_a_forum_across_the_change_of_hour_stands_at_its_moment(cast, make_forum, read, starts_at, offsets):
    starts_at = starts_at.replace(tzinfo=ZoneInfo("Europe/Stockholm"))
    ends_at = (starts_at.astimezone(UTC) + timedelta(hours=5)).astimezone(starts_at.tzinfo)
    with time_machine.travel(datetime(2027, 1, 4, tzinfo=UTC), tick=False):
        forum = make_forum(starts_at=starts_at, ends_at=ends_at)
        (entry,) = read(calendar_of(forum))[0]
    assert datetime.fromisoformat(entry["starts"]) == starts_at.astimezone(UTC)
    assert datetime.fromisoformat(entry["ends"]) == ends_at.astimezone(UTC)
    assert entry["offset"] == offsets[0] * 3600
    assert ends_at.utcoffset() == timedelta(hours=offsets[1])
