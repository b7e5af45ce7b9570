"""The organiser seats people with a mouse, and with a keyboard alone."""

import pytest

from accounts.models import Assignment
from forums import seating
from forums.models import Registration
from tests.browser.conftest import WIDTHS
from tests.cast import make_cast
from tests.forums.room import E, make_room

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def room():
    return make_room(make_cast(), tables=3, each=2)


def answer_of(person):
    return Registration.objects.select_related("table").get(person=person)


def table_of(person):
    return answer_of(person).table.number


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


@pytest.fixture
def page_of_plan(room, open_browser):
    """Low enough for the head to be out of sight when somebody is dragged below."""
    page = open_browser(room.cast.fatima)
    page.goto(f"/forum/{room.forum.slug}/bordsplacering/")
    return page


def drag(page, person, table):
    """Drag as a hand does: both are in sight before the button goes down."""
    seat = page.locator(".seat", has_text=person.full_name)
    target = page.locator(f'[data-table="{table}"]')
    target.evaluate("element => element.scrollIntoView({block: 'end'})")
    seat.drag_to(target)
    page.locator(f'[data-table="{table}"] .seat', has_text=person.full_name).get_by_text("fäst").wait_for()


def test_what_is_said_of_the_plan_follows_when_somebody_is_dragged(room, page_of_plan, assert_accessible):
    page = page_of_plan
    told = page.locator("[data-plan-told]")
    elected = [room.seated[number, E][0] for number in (1, 2)]
    # Nobody reports to anybody here, so that every wish is met at first.
    Assignment.objects.filter(person__registrations__forum=room.forum).update(is_manager=False)
    page.reload()
    uneven = "Förtroendevalda och tjänstepersoner är ojämnt fördelade"
    page.locator("[data-wishes]", has_text="Alla önskemål").wait_for()
    drag(page, elected[0], 2)
    page.locator("[data-wishes]", has_text=uneven).wait_for()
    # Read out, since it is out of sight; and what was chosen is where the keyboard is.
    assert told.inner_text().startswith(f"{elected[0].full_name} har flyttats: Bord 2. ")
    assert uneven in told.inner_text()
    assert page.evaluate("document.activeElement.value") == str(answer_of(elected[0]).pk)
    drag(page, elected[0], 1)
    page.locator("[data-wishes]", has_text="Alla önskemål").wait_for()
    assert page.get_by_role("button", name="Skriv ut").is_visible()
    assert_accessible(page)


def test_who_has_no_table_is_counted_down_as_they_are_dragged_to_one(room, page_of_plan):
    person = room.seated[1, E][0]
    seating.move(answer_of(person), table=None, by=room.cast.fatima)
    page_of_plan.reload()
    page_of_plan.get_by_role("button", name="Ge 1 person ett bord").wait_for()
    drag(page_of_plan, person, 1)
    page_of_plan.get_by_role("button", name="Ge 1 person ett bord").wait_for(state="detached")


def test_the_table_stays_under_the_hand_while_what_stands_above_it_grows(room, page_of_plan):
    page = page_of_plan
    page.set_viewport_size({"width": 1280, "height": 500})
    target = page.locator('[data-table="2"]')
    target.evaluate("element => element.scrollIntoView({block: 'start'})")
    before = target.bounding_box()["y"]
    page.locator(".seat", has_text=room.seated[1, E][0].full_name).drag_to(target)
    page.locator("[data-wishes]", has_text="ojämnt").wait_for(state="attached")
    assert abs(target.bounding_box()["y"] - before) < 2


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


@pytest.mark.parametrize("width", WIDTHS)
def test_where_a_table_has_a_long_name_its_number_and_name_have_room(
    room, open_browser, assert_accessible, width
):
    name = "Arbetsmarknads- och vuxenutbildningsförvaltningen"
    room.forum.tables.filter(number=2).update(name=name)
    page = open_browser(room.cast.fatima, width=width)
    page.goto(f"/forum/{room.forum.slug}/bordsplacering/")
    head = page.locator('[data-table="2"] [data-table-name]').inner_text()
    assert head.replace("\u00ad", "") == f"2. {name}"
    assert_accessible(page)
    page.goto(f"/forum/{room.forum.slug}/deltagare/")
    page.locator(".move-form", has_text=name).first.wait_for()
    assert_accessible(page)


def test_nobody_to_seat_says_so(open_browser, assert_accessible):
    room = make_room(make_cast(), tables=1, each=1)
    room.forum.registrations.update(mode=Registration.Mode.ONLINE, table=None)
    page = open_browser(room.cast.fatima)
    page.goto(f"/forum/{room.forum.slug}/bordsplacering/")
    page.get_by_text("Ingen har anmält sig på plats än.").wait_for()
    assert_accessible(page)
