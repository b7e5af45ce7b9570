"""Two phones at one table and the wall beside them."""

import pytest

from forums.models import Note
from forums.working import close_round, reopen_round
from tests.browser.conftest import until
from tests.browser.network import Held
from tests.cast import make_cast
from tests.forums.room import E, O, make_room, take_seat

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = 360
NOTHING_WAITS = "() => !Object.keys(localStorage).some((key) => key.startsWith('samspel-notes-'))"


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
    # What the room has said by now is suggested on pages that were opened before.
    neighbour.locator("#room-words option[value=tillit]").wait_for(state="attached")
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
    until(page, NOTHING_WAITS)  # the table may show it before it is answered
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


def test_a_long_paste_is_kept_whole_and_told_by_how_much_it_is_too_long(room, open_browser):
    page = open_browser(room.seated[1, E][0], width=PHONE, allow=(409,))
    page.goto(f"/forum/{room.forum.slug}/grupparbete/")
    field, told = page.locator("[name=text]"), page.locator(".letters-left")
    field.fill("å" * 1200)
    told.filter(has_text="700 tecken för mycket").wait_for()
    page.get_by_role("button", name="Spara anteckningen").click()
    page.locator("[data-refused-notes] li", has_text="Anteckningen är 1200 tecken lång").wait_for()
    assert field.input_value() == "å" * 1200
    field.fill("å" * 490)
    told.filter(has_text="10 tecken kvar").wait_for()
    page.get_by_role("button", name="Spara anteckningen").click()
    page.locator("[data-not-saved][data-kind=saved]").wait_for()
    assert told.inner_text() == ""
    assert Note.objects.get().text == "å" * 490


def test_a_refused_note_overwrites_nothing_half_written(room, open_browser):
    page = open_browser(room.seated[1, E][0], width=PHONE, allow=(409,))
    page.goto(f"/forum/{room.forum.slug}/grupparbete/")
    sent = Held(page, "**/grupparbete/", method="POST")
    write(page, "Den första.")
    until(page, f"() => !({NOTHING_WAITS})()")
    page.locator("[name=text]").fill("Halvskriven")
    room.open(O)
    sent.let_go()
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


def test_the_lead_page_shows_new_notes_around_a_reason_that_is_written(room, open_browser):
    room.write(1, E, "Den första.")
    page = open_browser(room.cast.olof)
    page.goto(f"/forum/{room.forum.slug}/grupparbete/leda/")
    first = page.locator("#lead-notes li", has_text="Den första.")
    first.locator("summary").click()
    first.locator("[name$=reason]").fill("Pekar ut")
    room.write(1, E, "Den andra.")
    room.open(O)
    page.locator("#lead-turn", has_text="Nu skriver tjänstepersonerna").wait_for()
    page.locator("#lead-notes", has_text="Den andra.").wait_for()
    assert first.locator("[name$=reason]").input_value() == "Pekar ut"


@pytest.mark.parametrize("width", [1280, 360])
def test_leading_result_and_commitments_are_accessible(room, open_browser, assert_accessible, width):
    longest = "förändringsledningskompetensutvecklingsstrategi"
    room.write(1, E, "Vi behöver lita på varandra.", "tillit", longest)
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


def test_what_is_half_written_when_the_round_closes_is_kept_and_offered(room, open_browser):
    page = open_browser(room.seated[1, E][0], width=PHONE, allow=(409,))
    page.goto(f"/forum/{room.forum.slug}/grupparbete/")
    page.locator("[name=text]").fill("En halv tanke")
    room.open(O)
    page.locator("[data-not-saved]", has_text="Rundan stängdes").wait_for()
    assert page.locator("[name=text]").input_value() == "En halv tanke"
    page.reload()
    page.locator("[data-not-saved]", has_text="hade börjat skriva").wait_for()
    assert page.locator("[name=text]").input_value() == "En halv tanke"
    close_round(room.round_of(O), by=room.cast.olof)
    reopen_round(room.round_of(E), by=room.cast.olof)
    page.locator("[data-not-saved]", has_text="er tur igen").wait_for()
    page.locator("form[data-keep-notes] button[type=submit]").click()
    page.locator("[data-not-saved][data-kind=saved]").wait_for()
    page.reload()
    assert page.locator("[name=text]").input_value() == ""
    assert Note.objects.get().text == "En halv tanke"


def test_a_slip_is_mended_from_the_phone_while_the_other_side_writes(room, open_browser):
    page = open_browser(room.seated[1, E][0], width=PHONE)
    page.goto(f"/forum/{room.forum.slug}/grupparbete/")
    write(page, "Vi behöver tilit.", "tillit")
    page.locator("[data-not-saved][data-kind=saved]").wait_for()
    page.locator('a[href="?andra=1"]').click()
    page.locator("[name=text]").fill("Vi behöver tillit.")
    room.open(O)
    page.locator("#room", has_text="Du kan fortfarande ändra").wait_for()
    assert page.locator("[data-not-saved]").is_hidden()  # the round closed over nothing that can't be saved
    page.locator("form[data-keep-notes] button[type=submit]").click()
    page.locator("[data-not-saved][data-kind=saved]").wait_for()
    page.locator("#table-notes", has_text="Vi behöver tillit.").wait_for()
    assert Note.objects.get().text == "Vi behöver tillit."


def test_what_is_half_written_when_the_work_is_closed_for_good_is_there_to_copy(
    room, open_browser, assert_accessible
):
    page, idle = (open_browser(person, width=PHONE) for person in room.seated[1, E][:2])
    for each in (page, idle):
        each.goto(f"/forum/{room.forum.slug}/grupparbete/")
    page.locator("[name=text]").fill("En halv tanke")
    room.close()
    said = page.locator("[data-not-saved]", has_text="stängt och den här texten skickades inte in")
    for _ in range(2):
        said.wait_for()
        assert page.locator("[name=text]").input_value() == "En halv tanke"
        assert not page.locator("[name=text]").is_editable()
        assert page.get_by_role("button", name="Spara anteckningen").count() == 0
        assert "er tur igen" not in page.locator("[data-keep-notes]").inner_text()
        assert_accessible(page)
        page.reload()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Kopiera texten").click()
    page.get_by_text("Texten är kopierad.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "En halv tanke"
    for _ in range(2):
        idle.get_by_text("Grupparbetet är stängt").wait_for()
        idle.locator("[data-keep-notes]").wait_for(state="hidden")
        idle.reload()
    assert not Note.objects.exists()


def test_a_note_sent_after_the_end_is_told_that_it_is_closed(room, open_browser):
    page = open_browser(room.seated[1, E][0], width=PHONE, allow=(409,))
    page.goto(f"/forum/{room.forum.slug}/grupparbete/")
    sent = Held(page, "**/grupparbete/", method="POST")
    write(page, "Skriven i sista stund.")
    until(page, f"() => !({NOTHING_WAITS})()")
    room.close()
    sent.let_go()
    card = page.locator("[data-refused-notes] li", has_text="Skriven i sista stund.")
    card.wait_for()
    assert "Grupparbetet är stängt, så anteckningen skickades inte in." in card.inner_text()
    page.get_by_role("button", name="Spara anteckningen").wait_for(state="detached")
    assert card.locator("[data-change]").is_hidden()
    card.locator("[data-discard]").click()
    page.locator("[data-keep-notes]").wait_for(state="hidden")


def test_a_note_is_written_by_keyboard_alone(room, open_browser):
    page = open_browser(room.seated[1, E][0])
    page.goto(f"/forum/{room.forum.slug}/grupparbete/")
    page.locator("[name=text]").focus()
    page.keyboard.type("Med bara tangenterna.")
    page.keyboard.press("Tab")
    page.keyboard.type("tillit")
    page.keyboard.press("Enter")
    page.locator("#table-notes", has_text="Med bara tangenterna.").wait_for()
    assert page.evaluate("document.activeElement.name") == "text"


def test_the_wall_obeys_single_keys(room, open_browser, assert_accessible):
    room.write(1, E, "Vi behöver lita på varandra.", "tillit")
    page = open_browser(room.cast.fatima, width=1920)
    page.goto(f"/forum/{room.forum.slug}/skarm/")
    for key, part in [("2", ".wall-chart"), ("3", ".wall-code"), ("1", ".wall-concepts")]:
        page.keyboard.press(key)
        page.locator(part).wait_for()
        assert_accessible(page)
    page.keyboard.press("l")
    assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"
    assert_accessible(page)


def test_somebody_sits_down_by_the_code_on_the_table(room, open_browser, assert_accessible):
    answer = take_seat(room.cast.per, room.tables[0], O)
    answer.table = None
    answer.save()
    page = open_browser(room.cast.per, width=PHONE)
    page.goto(f"/forum/{room.forum.slug}/grupparbete/")
    assert_accessible(page)
    page.get_by_role("link", name="Bord 2").click()
    assert_accessible(page)
    page.get_by_role("button", name="Sätt dig här").click()
    page.locator("[data-keep-notes]").wait_for()
    leader = open_browser(room.cast.fatima)
    leader.goto(f"/forum/{room.forum.slug}/grupparbete/leda/bordskort/")
    assert_accessible(leader)
