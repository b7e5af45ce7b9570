"""The door and the group work open without network, for whoever had them open, and for nobody else."""

import re

import pytest
from playwright.sync_api import Error

from forums.models import Note, Registration
from tests.browser.conftest import soon, until
from tests.browser.test_group_work import NOTHING_WAITS, PHONE, write
from tests.cast import make_cast
from tests.forums.room import E, make_room

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEPT_PAGES = """async () => {
    const cache = await caches.open("samspel-copies");
    const paths = (await cache.keys()).map(({ url }) => new URL(url).pathname);
    return paths.filter((path) => path.startsWith("/forum/"));
}"""


@pytest.fixture
def room():
    room = make_room(make_cast(), tables=2, each=2)
    room.open(E)
    return room


def address_of(room, part):
    return f"/forum/{room.forum.slug}/{part}/"


def open_kept(page, address):
    """Open a page, and wait until its copy is there."""
    page.goto(address)
    assert soon(lambda: address in page.evaluate(KEPT_PAGES))


def is_without_contact(page):
    said = re.compile(r"ingen kontakt.*som den var \d\d\.\d\d")
    page.locator("[data-keep-page]", has_text=said).wait_for()


def test_the_door_opens_again_without_network_and_sends_what_waited(room, open_browser, assert_accessible):
    first, second = room.seated[1, E][0], room.seated[2, E][0]
    page = open_browser(room.cast.fatima, width=PHONE)
    open_kept(page, address_of(room, "incheckning"))
    assert page.locator("[data-keep-page]").is_hidden()
    page.context.set_offline(True)
    page.fill("#namn", first.family_name)
    page.get_by_role("button", name=f"Checka in {first.full_name}").click()
    page.get_by_text("1 väntar på nätet").wait_for()

    page.reload()
    is_without_contact(page)
    page.get_by_text("1 väntar på nätet").wait_for()
    page.fill("#namn", second.family_name)
    page.get_by_role("button", name=f"Checka in {second.full_name}").click()
    page.get_by_text("2 väntar på nätet").wait_for()
    # What a page sends in its first moment may reach the server all the same, and only the answer be lost:
    # Chromium is told that it is offline once more for each page. It waits, and is one in the end.
    assert_accessible(page)

    page.context.set_offline(False)
    page.locator("[data-queue]").wait_for(state="hidden")
    page.locator("[data-keep-page]", has_text="Kontakten är tillbaka").wait_for()
    assert {answer.person for answer in Registration.objects.arrived()} == {first, second}
    page.get_by_role("link", name="Läs in sidan igen").click()
    page.locator("[data-arrived]", has_text="2").wait_for()
    assert page.locator("[data-keep-page]").is_hidden()


def test_the_group_work_opens_again_without_network_with_what_is_not_saved(
    room, open_browser, assert_accessible
):
    page = open_browser(room.seated[1, E][0], width=PHONE)
    open_kept(page, address_of(room, "grupparbete"))
    page.context.set_offline(True)
    write(page, "Skriven i en tunnel.", "tillit")
    page.locator("[data-not-saved][data-kind=waiting]").wait_for()

    page.reload()
    is_without_contact(page)
    page.locator("[data-not-saved]", has_text="En anteckning är inte sparad").wait_for()
    assert_accessible(page)
    write(page, "Och en till.", "mod")
    page.locator("[data-not-saved]", has_text="2 anteckningar").wait_for()

    page.context.set_offline(False)
    page.locator("[data-not-saved][data-kind=saved]").wait_for()
    until(page, NOTHING_WAITS)
    assert sorted(Note.objects.values_list("text", flat=True)) == ["Och en till.", "Skriven i en tunnel."]


def test_no_other_page_is_kept(room, open_browser):
    page = open_browser(room.cast.fatima)
    open_kept(page, address_of(room, "incheckning"))
    for path in ("incheckning/namnskyltar", "deltagare", "grupparbete/leda"):
        page.goto(address_of(room, path))
    page.goto(address_of(room, "incheckning") + "?namn=E")
    door = address_of(room, "incheckning")
    assert sorted(page.evaluate(KEPT_PAGES)) == [door, f"{door}vantade.json"]


def test_whoever_signs_out_leaves_no_copy(room, open_browser):
    page = open_browser(room.cast.fatima)
    open_kept(page, address_of(room, "incheckning"))
    page.get_by_role("button", name="Din meny").click()
    page.get_by_role("button", name="Logga ut").click()
    page.get_by_role("heading", name="Välkommen till Samspel").wait_for()
    assert soon(lambda: page.evaluate(KEPT_PAGES) == [])
    assert_nothing_offline(page, address_of(room, "incheckning"))


def test_the_next_person_in_the_browser_finds_no_copy(room, open_browser):
    page = open_browser(room.cast.fatima)
    open_kept(page, address_of(room, "incheckning"))
    cookies = open_browser(room.cast.per).context.cookies()
    page.context.clear_cookies()
    page.context.add_cookies(cookies)
    page.goto("/")
    assert soon(lambda: page.evaluate(KEPT_PAGES) == [])
    assert_nothing_offline(page, address_of(room, "incheckning"))


def test_a_page_that_is_no_longer_ones_own_is_kept_no_more(room, open_browser):
    """Signed out elsewhere: the server sends to sign-in, and the copy goes."""
    page = open_browser(room.seated[1, E][0])
    open_kept(page, address_of(room, "grupparbete"))
    page.context.clear_cookies()
    page.goto(address_of(room, "grupparbete"))
    page.get_by_role("heading", name="Välkommen till Samspel").wait_for()
    assert soon(lambda: page.evaluate(KEPT_PAGES) == [])


def test_a_copy_is_gone_after_half_a_day(room, open_browser):
    page = open_browser(room.cast.fatima)
    door = address_of(room, "incheckning")
    open_kept(page, door)
    page.evaluate(
        """async (path) => {
            const cache = await caches.open("samspel-copies");
            const copy = await cache.match(path, { ignoreVary: true });
            const headers = new Headers(copy.headers);
            headers.set("Samspel-Kept", Date.now() - 12.1 * 60 * 60 * 1000);
            await cache.put(path, new Response(await copy.blob(), { headers }));
        }""",
        door,
    )
    assert_nothing_offline(page, door)
    page.goto("/")
    assert door not in page.evaluate(KEPT_PAGES)


def assert_nothing_offline(page, address):
    """The browser has nothing to show there without network."""
    page.context.set_offline(True)
    with pytest.raises(Error, match="net::ERR_"):
        page.goto(address)
    page.context.set_offline(False)
