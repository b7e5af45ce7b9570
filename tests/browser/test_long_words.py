"""One note with a long word, such as an address that somebody has pasted, widens no page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forums.committing import commit
from forums.moderating import hide_note, mark_for_summary
from forums.prioritising import open_dots, put_dot
from forums.summarising import draft_summary
from forums.working import close_round
from tests.browser.conftest import WIDTHS
from tests.cast import make_cast
from tests.forums.room import E, O, make_room

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = f"https://almvik.example/{'handlingar' * 40}"
WORD = "kommunalförbundsordförandekonferensdeltagarförteckningsansvar"[:60]


@pytest.fixture
def room():
    room = make_room(make_cast(), tables=2, each=5)
    room.open(E)
    for table in (1, 2):
        for note in range(2):
            room.write(table, E, f"{note}{ADDRESS}", WORD, "tillit")
    return room


TOO_WIDE = """() => [...document.querySelectorAll("body *")].filter((part) =>
    part.checkVisibility() && part.getBoundingClientRect().right > innerWidth + 1 &&
    !part.closest("svg, table, .table-box, .visually-hidden")).map((part) => part.outerHTML.slice(0, 90))"""


def assert_fits(page, address):
    assert page.goto(address).ok, address
    assert page.evaluate(TOO_WIDE) == [], address


@pytest.mark.parametrize("width", WIDTHS)
def test_while_the_room_writes(room, open_browser, width):
    forum = f"/forum/{room.forum.slug}"
    writer = open_browser(room.seated[1, E][0], width=width)
    for path in ("grupparbete/", "skarm/", "skarm/?vy=diagram"):
        assert_fits(writer, f"{forum}/{path}")
    assert writer.locator(".wall-clock").count()
    leader = open_browser(room.cast.fatima, width=width)
    hide_note(room.write(1, E, ADDRESS, WORD), reason=ADDRESS[:250], by=room.cast.fatima)
    room.write(2, E, "Vi behöver lita på varandra.", f"{WORD[:-1]}t")
    for path in ("leda/", "leda/?q=", "leda/forslag/"):
        assert_fits(leader, f"{forum}/grupparbete/{path}")


@pytest.mark.parametrize("width", WIDTHS)
def test_when_it_is_over(room, open_browser, width):
    cast, forum = room.cast, f"/forum/{room.forum.slug}"
    note = room.write(1, E, ADDRESS, WORD)
    mark_for_summary(note, marked=True, by=cast.fatima)
    close_round(room.round_of(E), by=cast.fatima)
    open_dots(room.work, by=cast.fatima)
    for place, person in enumerate(room.seated[1, E] + room.seated[2, E]):
        put_dot(note, key=bytes([place]) * 16, by=person)
    writer = open_browser(room.seated[1, O][0], width=width)
    assert_fits(writer, f"{forum}/grupparbete/prickar/")
    room.close()
    promised = {"text": ADDRESS[:250], "due_on": timezone.localdate() + timedelta(days=30), "notes": [note]}
    promise = commit(room.forum, owner=cast.maja, unit=cast.units.schools, by=cast.fatima, **promised)
    summary = draft_summary(room.forum, by=cast.karin)
    for path in ("grupparbete/", "grupparbete/prickar/", "skarm/", "skarm/?vy=prickar", "resultat/"):
        assert_fits(writer, f"{forum}/{path}")
    assert_fits(writer, f"/ataganden/{promise.pk}/")
    desk = open_browser(cast.karin, width=width)
    for path in ("resultat/", "ataganden/nytt/"):
        assert_fits(desk, f"{forum}/{path}")
    for path in ("/forum/begrepp/", "/forum/trender/", f"/redaktion/{summary.pk}/version/1/"):
        assert_fits(desk, path)
