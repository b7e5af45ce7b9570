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


def test_what_the_server_refuses_stays_until_it_is_saved_or_thrown_away(
    room, open_browser, assert_accessible
):
    other = room.work.questions.create(order=2, kind="idea", text="Vilken idé vill du pröva?")
    page = open_browser(room.seated[1, E][0], width=PHONE, allow=(409,))
    page.goto(f"/forum/{room.forum.slug}/grupparbete/")
    room.open(O)
    page.locator(f"[name=question][value='{other.pk}']").check()
    write(page, "För sent, men inte borta.", "tillit")
    page.locator("[data-not-saved][data-kind=refused]").wait_for()
    assert page.locator("[name=text]").input_value() == "För sent, men inte borta."
    page.reload()
    card = page.locator("[data-refused-notes] li", has_text="För sent, men inte borta.")
    card.wait_for()
    assert page.locator("[name=text]").input_value() == ""
    assert_accessible(page)
    card.locator("[data-change]").click()
    assert page.locator("[name=text]").input_value() == "För sent, men inte borta."
    assert page.locator("[name=question]:checked").input_value() == str(other.pk)
    assert page.locator("[name=keywords]").first.input_value() == "tillit"
    room.work.rounds.filter(state="open").update(side=E)
    write(page, "I tid, till slut.")
    page.locator("[data-not-saved][data-kind=saved]").wait_for()
    assert card.count() == 0
    assert Note.objects.get().question == other
    room.work.rounds.filter(state="open").update(side=O)
    write(page, "Den här får gå.")
    page.locator("[data-discard]").click()
    assert page.locator("[name=text]").input_value() == ""
    page.reload()
    assert page.locator("[data-refused-notes] li").count() == 0
    assert Note.objects.count() == 1


def test_a_refused_note_overwrites_nothing_half_written(room, open_browser):
    page = open_browser(room.seated[1, E][0], width=PHONE, allow=(409,))
    page.goto(f"/forum/{room.forum.slug}/grupparbete/")
    held = []
    page.route(
        "**/grupparbete/", lambda route: held.append(route) if route.request.method == "POST" else None
    )
    write(page, "Den första.")
    page.wait_for_function("localStorage.length === 1")
    page.locator("[name=text]").fill("Halvskriven")
    room.open(O)
    page.wait_for_timeout(300)
    held.pop().continue_()
    card = page.locator("[data-refused-notes] li", has_text="Den första.")
    card.wait_for()
    card.locator("[data-change]").click()
    page.locator("[data-not-saved]", has_text="Spara först").wait_for()
    assert page.locator("[name=text]").input_value() == "Halvskriven"


def test_it_works_without_a_script(room, open_browser):
    page = open_browser(room.seated[1, E][0], width=PHONE, scripts=False)
    page.goto(f"/forum/{room.forum.slug}/grupparbete/")
    write(page, "Utan skript.", "tillit")
    assert page.locator("#table-notes", has_text="Utan skript.").count() == 1
    page.locator('a[href="?andra=1"]').click()
    write(page, "Ändrad utan skript.")
    assert Note.objects.get().text == "Ändrad utan skript."


def test_the_lead_page_shows_new_notes_but_not_while_a_reason_is_written(room, open_browser):
    room.write(1, E, "Den första.")
    page = open_browser(room.cast.olof)
    page.goto(f"/forum/{room.forum.slug}/grupparbete/leda/")
    page.locator("#lead-notes summary").click()
    page.locator("#lead-notes [name$=reason]").fill("Pekar ut")
    room.write(1, E, "Den andra.")
    room.open(O)
    page.locator("#lead-turn", has_text="Nu skriver tjänstepersonerna").wait_for()
    page.wait_for_timeout(3500)
    assert page.locator("#lead-notes [name$=reason]").input_value() == "Pekar ut"
    page.locator("#lead-notes summary").click()
    page.locator("#lead-notes", has_text="Den andra.").wait_for()


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
