"""Two phones at one table and the wall beside them."""

import pytest

from forums.models import Note
from tests.cast import make_cast
from tests.forums.room import E, O, make_room

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = 360


@pytest.fixture
def room():
    room = make_room(make_cast(), tables=2, each=5)
    room.open(E)
    return room


def write(page, text, *keywords):
    page.locator("[name=text]").fill(text)
    for place, word in enumerate(keywords):
        page.locator("[name=keywords]").nth(place).fill(word)
    page.locator("form[data-keep-notes] button[type=submit]").click()


def test_a_note_from_a_phone_is_seen_at_the_table_and_on_the_wall(room, open_browser, assert_accessible):
    address = f"/forum/{room.forum.slug}/"
    mine = open_browser(room.seated[1, E][0], width=PHONE)
    neighbour = open_browser(room.seated[1, E][1], width=PHONE)
    wall = open_browser(room.cast.fatima, width=1920)
    for page, path in [(mine, "grupparbete/"), (neighbour, "grupparbete/"), (wall, "skarm/")]:
        page.goto(address + path)
        assert_accessible(page)
    write(mine, "Vi behöver lita på varandra.", "Tillit", "mod")
    mine.locator("[data-not-saved][data-kind=saved]").wait_for()
    assert mine.locator("[name=text]").input_value() == ""
    neighbour.locator("#table-notes", has_text="Vi behöver lita på varandra.").wait_for()
    assert neighbour.locator('a[href^="?andra"]').count() == 0
    wall.locator(".wall-word", has_text="tillit").wait_for()
    mine.locator('a[href="?andra=1"]').click()
    assert mine.locator("[name=text]").input_value() == "Vi behöver lita på varandra."
    write(mine, "Vi behöver tid för varandra.")
    wall.locator(".wall-card", has_text="Vi behöver tid för varandra.").wait_for()
    assert Note.objects.count() == 1
    assert_accessible(wall)


def test_what_the_network_lost_is_counted_kept_and_sent(room, open_browser):
    page = open_browser(room.seated[1, E][0], width=PHONE)
    page.goto(f"/forum/{room.forum.slug}/grupparbete/")

    def lose(route):
        route.abort() if route.request.method == "POST" else route.continue_()

    page.route("**/grupparbete/", lose)
    write(page, "Skriven i en tunnel.", "tillit")
    page.locator("[data-not-saved][data-kind=waiting]").wait_for()
    write(page, "Och en till.", "mod")
    page.locator("[data-not-saved]", has_text="2").wait_for()
    page.reload()
    page.locator("[data-not-saved]", has_text="2").wait_for()
    assert not Note.objects.exists()
    page.unroute("**/grupparbete/", lose)
    page.locator("#table-notes", has_text="Och en till.").wait_for()
    page.locator("#table-notes", has_text="Skriven i en tunnel.").wait_for()
    assert Note.objects.count() == 2
    page.reload()
    assert page.locator("[data-not-saved]").is_hidden()


def test_it_works_without_a_script(room, open_browser):
    page = open_browser(room.seated[1, E][0], width=PHONE, scripts=False)
    page.goto(f"/forum/{room.forum.slug}/grupparbete/")
    write(page, "Utan skript.", "tillit")
    assert page.locator("#table-notes", has_text="Utan skript.").count() == 1
    page.locator('a[href="?andra=1"]').click()
    write(page, "Ändrad utan skript.")
    assert Note.objects.get().text == "Ändrad utan skript."


@pytest.mark.parametrize("width", [1280, 360])
def test_leading_result_and_commitments_are_accessible(room, open_browser, assert_accessible, width):
    room.write(1, E, "Vi behöver lita på varandra.", "tillit")
    room.open(O)
    room.write(2, O, "Vi vet vad vi gör.", "tillit", "mandat")
    page = open_browser(room.cast.fatima, width=width)
    address = f"/forum/{room.forum.slug}/"
    page.goto(address + "grupparbete/leda/")
    assert_accessible(page)
    room.close()
    for path in ("grupparbete/leda/", "resultat/", "ataganden/nytt/", "skarm/"):
        page.goto(address + path)
        assert_accessible(page)
