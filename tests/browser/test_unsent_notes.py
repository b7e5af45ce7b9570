"""Notes that the network lost go out from any page of the portal, for their writer and for nobody else."""

import pytest
from django.conf import settings

from forums import noting
from forums.models import Mention, Note, Registration
from tests.browser.conftest import sign_in_anew, soon, until
from tests.browser.network import BadGateway
from tests.browser.test_group_work import NOTHING_WAITS, PHONE, write
from tests.cast import make_cast
from tests.forums.room import E, O, make_room

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def room():
    room = make_room(make_cast(), tables=2, each=2)
    room.open(E)
    return room


def lose_notes(page):
    """From now on, until the answer is called, no note reaches the server from this browser."""

    def lose(route):
        route.abort() if route.request.method == "POST" else route.continue_()

    page.context.route("**/grupparbete/", lose)
    return lambda: page.context.unroute("**/grupparbete/", lose)


def write_without_network(page, room, *texts):
    """Write so many notes that do not reach the server; returns what brings the network back."""
    page.goto(f"/forum/{room.forum.slug}/grupparbete/")
    bring_back = lose_notes(page)
    for text in texts:
        write(page, text, "tillit")
    page.locator("[data-not-saved][data-kind=waiting]").wait_for()
    return bring_back


def test_they_go_out_from_another_page_too(room, open_browser, assert_accessible):
    page = open_browser(room.seated[1, E][0], width=PHONE)
    bring_back = write_without_network(page, room, "Skriven i en tunnel.", "Och en till.")
    page.goto("/")
    page.locator("#messages", has_text="2 anteckningar är inte sparade än").wait_for()
    assert page.locator("#messages").get_by_role("link", name="Till grupparbetet").is_visible()
    assert_accessible(page)
    assert not Note.objects.exists()
    bring_back()
    page.locator("#messages", has_text="Dina anteckningar från grupparbetet är sparade nu").wait_for()
    until(page, NOTHING_WAITS)
    assert Note.objects.count() == 2
    page.reload()
    assert page.locator("#messages .alert").count() == 0


def test_what_a_phone_has_kept_goes_out_together(room, open_browser):
    page = open_browser(room.seated[1, E][0], width=PHONE)
    texts = [f"Skriven i tunneln, {turn}." for turn in range(23)]
    bring_back = write_without_network(page, room, *texts)
    sent = []
    page.on("response", lambda answer: answer.request.method == "POST" and sent.append(answer))
    bring_back()
    page.locator("[data-not-saved][data-kind=saved]").wait_for()
    until(page, NOTHING_WAITS)
    assert sorted(Note.objects.values_list("text", flat=True)) == sorted(texts)
    assert len(sent) == 2


def test_it_is_not_called_saved_where_one_of_several_was_refused(room, open_browser):
    page = open_browser(room.seated[1, E][0], width=PHONE)
    bring_back = write_without_network(page, room, "x" * 501, "Får plats.")
    bring_back()
    card = page.locator("[data-refused-notes] li")
    card.wait_for()
    assert soon(lambda: Note.objects.filter(text="Får plats.").exists())
    status = page.locator("[data-not-saved]")
    assert status.get_attribute("data-kind") == "refused"
    assert status.text_content() == card.locator("[data-reason]").text_content()
    assert page.locator("[name=text]").input_value() == "x" * 501


def test_nothing_is_called_saved_while_a_proxy_answers_for_the_server(room, open_browser):
    page = open_browser(room.seated[1, E][0], width=PHONE, allow=(502,))
    bring_back = write_without_network(page, room, "Kommer fram.", "Fastnar.", "Kommer också.")
    status = page.locator("[data-not-saved]")
    status.filter(has_text="3 anteckningar är inte sparade än").wait_for()
    gateway = BadGateway(page, "**/grupparbete/", words="Fastnar")
    bring_back()
    status.filter(has_text="En anteckning är inte sparad än").wait_for()
    assert soon(lambda: Note.objects.count() == 2)
    for _try in range(2):
        gateway.answer_again()
        page.wait_for_timeout(200)
        assert status.get_attribute("data-kind") == "waiting"
    # While one waits for the database, nothing that goes by the gateway gets on.
    with page.expect_response(lambda answer: answer.ok and "Skriven" in (answer.request.post_data or "")):
        write(page, "Skriven under tiden.")
    assert soon(lambda: Note.objects.filter(text="Skriven under tiden.").exists())
    status.filter(has_text="En anteckning är inte sparad än").wait_for()
    gateway.end()
    page.locator("[data-not-saved][data-kind=saved]").wait_for()
    until(page, NOTHING_WAITS)
    assert Note.objects.filter(text="Fastnar.").count() == 1


def test_a_note_whose_word_is_erased_in_the_same_instant_is_sent_again(room, open_browser, monkeypatch):
    """As on PostgreSQL where a thinning takes the word between its being found and the commit
    (decisions/0560): the database refuses the note, and the browser sends it once more."""
    found, met = noting._mentions_of, []

    def find_once_what_is_gone(written):
        if met:
            return found(written)
        met.extend(written)
        return [Mention(note=note, term_id=10**9) for note, _keywords in written]

    monkeypatch.setattr(noting, "_mentions_of", find_once_what_is_gone)
    page = open_browser(room.seated[1, E][0], width=PHONE, allow=(500,))
    page.goto(f"/forum/{room.forum.slug}/grupparbete/")
    with page.expect_response(lambda answer: answer.status == 500):
        write(page, "Vi behöver lita på varandra.", "tillit")
    page.locator("[data-not-saved]", has_text="En anteckning är inte sparad än").wait_for()
    page.locator("[data-not-saved][data-kind=saved]").wait_for()
    until(page, NOTHING_WAITS)
    note = Note.objects.get()
    assert note.text == "Vi behöver lita på varandra."
    assert [term.text for term in note.terms.all()] == ["tillit"]


def test_two_windows_that_change_one_note_see_both_texts(room, open_browser, assert_accessible):
    page = open_browser(room.seated[1, E][0], width=PHONE, allow=(409,))
    address = f"/forum/{room.forum.slug}/grupparbete/"
    page.goto(address)
    write(page, "Den första.", "tillit")
    page.locator("[data-not-saved][data-kind=saved]").wait_for()
    page.goto(address + "?andra=1")
    other = page.context.new_page()
    other.goto(address + "?andra=1")
    write(other, "Från datorn.", "mod")
    other.locator("[data-not-saved][data-kind=saved]").wait_for()
    write(page, "Från telefonen.")
    card = page.locator("[data-refused-notes] li")
    card.wait_for()
    assert card.locator("[data-text]").text_content() == "Från telefonen."
    assert card.locator("[data-their-text]").text_content() == "Från datorn."
    assert card.locator("[data-their-words]").text_content() == "mod"
    assert_accessible(page)
    assert Note.objects.get().text == "Från datorn."
    # Saved once more, now that its writer has read both.
    card.locator("[data-change]").click()
    write(page, "Från båda.")
    page.locator("[data-not-saved][data-kind=saved]").wait_for()
    assert card.count() == 0
    assert Note.objects.get().text == "Från båda."


def test_what_is_refused_from_there_waits_at_the_group_work(room, open_browser):
    page = open_browser(room.seated[1, E][0], width=PHONE, allow=(409,))
    bring_back = write_without_network(page, room, "För sent, men inte borta.")
    page.goto("/")
    page.locator("#messages", has_text="En anteckning är inte sparad än").wait_for()
    room.open(O)
    bring_back()
    page.locator("#messages", has_text="kunde inte sparas").wait_for()
    page.locator("#messages").get_by_role("link", name="Till grupparbetet").click()
    page.locator("[data-refused-notes] li", has_text="För sent, men inte borta.").wait_for()
    assert not Note.objects.exists()


def test_nobody_else_in_the_browser_sends_or_sees_them(room, open_browser):
    writer, other = room.seated[1, E]
    page = open_browser(writer, width=PHONE, allow=(403,))  # of a try between the one's page and the other's
    bring_back = write_without_network(page, room, "Bara min.")
    page.goto("/")
    own = page.context.cookies()
    page.context.clear_cookies()
    page.context.add_cookies(open_browser(other).context.cookies())
    bring_back()
    page.goto("/")
    page.goto(f"/forum/{room.forum.slug}/grupparbete/")
    assert page.locator("[data-not-saved]").is_hidden()
    assert page.locator("#messages .alert").count() == 0
    assert not Note.objects.exists()
    page.context.clear_cookies()
    page.context.add_cookies(own)
    page.goto("/")
    assert soon(lambda: Note.objects.filter(text="Bara min.").exists())


def test_a_page_outlives_the_session_in_which_it_was_opened(room, open_browser):
    page = open_browser(room.seated[1, E][0], width=PHONE, allow=(403,))
    page.goto(f"/forum/{room.forum.slug}/grupparbete/")
    signed_in, status = page.context.cookies(), page.locator("[data-not-saved]")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    write(page, "Skriven efter utloggningen.")
    status.filter(has_text="Du har loggats ut").wait_for()
    assert not Note.objects.exists()
    sign_in_anew(page, signed_in)
    page.locator("[data-not-saved][data-kind=saved]").wait_for()
    write(page, "Och en till.")
    until(page, NOTHING_WAITS)
    page.locator("[data-not-saved][data-kind=saved]").wait_for()
    assert Note.objects.count() == 2


def test_a_page_that_somebody_else_has_signed_in_over_sends_nothing_as_them(room, open_browser):
    writer, other = room.seated[1, E]
    page = open_browser(writer, width=PHONE, allow=(403,))
    page.goto(f"/forum/{room.forum.slug}/grupparbete/")
    page.context.clear_cookies()
    sign_in_anew(page, open_browser(other).context.cookies())
    write(page, "Bara min.")
    page.locator("[data-not-saved]", has_text="Du har loggats ut").wait_for()
    assert not Note.objects.exists()


def test_who_has_lost_their_seat_is_told_so_and_keeps_the_text(room, open_browser):
    writer = room.seated[1, E][0]
    page = open_browser(writer, width=PHONE, allow=(403,))
    page.goto(f"/forum/{room.forum.slug}/grupparbete/")
    Registration.objects.filter(person=writer).update(table=None)
    write(page, "Skriven av den som blev flyttad.")
    page.locator("[data-refused-notes] li", has_text="Du har inte längre någon plats").wait_for()
    assert page.locator("[name=text]").input_value() == "Skriven av den som blev flyttad."


def test_a_window_whose_notes_another_one_has_sent_does_not_go_on_counting_them(room, open_browser):
    page = open_browser(room.seated[1, E][0], width=PHONE)
    bring_back = write_without_network(page, room, "Skickas från en annan flik.")
    # From now on this window sends nothing itself.
    page.route("**/grupparbete/", lambda route: route.abort())
    other = page.context.new_page()
    bring_back()
    other.goto(f"/forum/{room.forum.slug}/grupparbete/")
    page.locator("[data-not-saved][data-kind=saved]").wait_for()
    assert Note.objects.count() == 1


def test_no_keyword_is_lost_where_the_form_has_fewer_boxes(room, open_browser):
    page = open_browser(room.seated[1, E][0], width=PHONE)
    address = f"/forum/{room.forum.slug}/grupparbete/"
    page.goto(address)
    write(page, "Den första.", "tillit", "mod", "dialog", "tid, ork, respekt")
    page.locator("[data-not-saved][data-kind=saved]").wait_for()
    page.goto(address + "?andra=1")
    assert page.locator("[name=keywords]").count() == 6
    page.locator("[name=text]").fill("Den första, halvt ändrad.")
    page.goto(address)
    page.locator("[data-not-saved]", has_text="Här är det du hade börjat skriva").wait_for()
    page.locator("form[data-keep-notes] button[type=submit]").click()
    page.locator("[data-not-saved][data-kind=saved]").wait_for()
    until(page, NOTHING_WAITS)
    note = Note.objects.get()
    assert note.text == "Den första, halvt ändrad."
    assert note.terms.count() == 6
