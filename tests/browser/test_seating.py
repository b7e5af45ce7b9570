"""The organiser seats people with a mouse, and with a keyboard alone."""

import pytest

from forums.models import Registration
from tests.browser.conftest import WIDTHS
from tests.cast import make_cast
from tests.forums.room import E, make_room

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def room():
    return make_room(make_cast(), tables=3, each=2)


def table_of(person):
    return Registration.objects.select_related("table").get(person=person).table.number


def test_somebody_is_dragged_to_another_table_and_stays_there(room, open_browser, assert_accessible):
    person = room.seated[1, E][0]
    page = open_browser(room.cast.fatima)
    # High enough for the whole plan: Playwright would scroll with the button down, which no hand does.
    page.set_viewport_size({"width": 1280, "height": 1400})
    page.goto(f"/forum/{room.forum.slug}/bordsplacering/")
    assert_accessible(page)
    page.locator('[data-table="1"] .seat', has_text=person.full_name).drag_to(
        page.locator('[data-table="3"]')
    )
    page.locator('[data-table="3"] .seat', has_text=person.full_name).get_by_text("fäst").wait_for()
    assert table_of(person) == 3


@pytest.mark.parametrize("width", WIDTHS)
def test_the_same_is_done_with_the_keyboard(room, open_browser, assert_accessible, width):
    person = room.seated[2, E][0]
    page = open_browser(room.cast.fatima, width=width)
    page.goto(f"/forum/{room.forum.slug}/bordsplacering/")
    page.get_by_role("radio", name=person.full_name).focus()
    page.keyboard.press("Space")
    page.locator("#id_table").focus()
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    page.locator('[data-table="1"] .seat', has_text=person.full_name).wait_for()
    assert table_of(person) == 1
    assert_accessible(page)
    page.goto(f"/forum/{room.forum.slug}/bordsplacering/?visa=namn")
    assert_accessible(page)


def test_nobody_to_seat_says_so(open_browser, assert_accessible):
    room = make_room(make_cast(), tables=1, each=1)
    room.forum.registrations.update(mode=Registration.Mode.ONLINE, table=None)
    page = open_browser(room.cast.fatima)
    page.goto(f"/forum/{room.forum.slug}/bordsplacering/")
    page.get_by_text("Ingen har anmält sig på plats än.").wait_for()
    assert_accessible(page)
