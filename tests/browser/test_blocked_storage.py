"""A browser whose settings let a page keep nothing: everything but the keeping goes on working."""

import pytest
from django.urls import reverse

from forums.models import Note
from tests.cast import make_cast
from tests.forums.room import E, make_room

from .test_group_work import PHONE, write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# As where cookies and site data are blocked (SecurityError), and where storage is switched off (null).
BLOCKED = {
    "refused": "() => { throw new DOMException('Access is denied for this document.', 'SecurityError') }",
    "none": "() => null",
}


@pytest.fixture
def room():
    room = make_room(make_cast(), tables=2, each=5)
    room.open(E)
    return room


@pytest.fixture(params=BLOCKED)
def open_blocked(open_browser, request):
    """As `open_browser`, where nothing can be kept."""

    def open_page(person, **more):
        page = open_browser(person, **more)
        for name in ("localStorage", "sessionStorage"):
            get = BLOCKED[request.param]
            page.add_init_script(f"Object.defineProperty(window, '{name}', {{ get: {get} }})")
        return page

    return open_page


def test_the_keys_of_the_wall_work_and_are_turned_off_for_as_long_as_it_is_open(room, open_blocked):
    wall = open_blocked(room.cast.fatima, width=1920)
    wall.goto(f"/forum/{room.forum.slug}/skarm/")
    wall.keyboard.press("2")
    assert wall.locator(".wall").get_attribute("data-view") == "chart"
    switch = wall.get_by_role("button", name="Snabbtangenter", exact=True)
    switch.press("Enter")
    assert switch.get_attribute("aria-pressed") == "false"
    wall.keyboard.press("1")
    assert wall.locator(".wall").get_attribute("data-view") == "chart"


def test_a_note_is_written_and_sent_again_while_the_page_is_open(room, open_blocked):
    page = open_blocked(room.seated[1, E][0], width=PHONE)
    page.goto(f"/forum/{room.forum.slug}/grupparbete/")
    lost = []

    def lose_the_first(route):
        if route.request.method == "POST" and not lost:
            lost.append(route)
            route.abort()
        else:
            route.continue_()

    page.route("**/grupparbete/", lose_the_first)
    write(page, "Skriven där inget kan sparas.", "tillit")
    page.locator("#table-notes", has_text="Skriven där inget kan sparas.").wait_for()
    assert [note.text for note in Note.objects.all()] == ["Skriven där inget kan sparas."]


@pytest.mark.parametrize("path", ["/", "/forum/{slug}/", "/forum/{slug}/incheckning/"])
def test_other_pages_that_keep_something_open_without_an_error(room, open_blocked, path):
    open_blocked(room.cast.fatima).goto(path.format(slug=room.forum.slug), wait_until="networkidle")


def test_a_draft_that_this_browser_cannot_keep_is_saved_by_the_server(cast, draft, open_blocked):
    page = open_blocked(cast.karin)
    page.goto(reverse("news:edit", args=[draft.article_id]))
    page.locator("[name=title]").fill("Nya lekplatser i Almvik")
    page.locator("[data-draft-state][data-state=saved]").wait_for()
    draft.refresh_from_db()
    assert draft.title == "Nya lekplatser i Almvik"
