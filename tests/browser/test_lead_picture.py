"""The picture above a text: chosen in the page, and never said to be saved before it is."""

import pytest
from django.urls import reverse

from news.models import Picture, Version
from news.picturing import add_picture
from tests.news.making import draw, encode, upload

from .conftest import WIDTHS, soon
from .network import Held
from .writing import STATE, TITLE, open_draft, wait_for_state

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FILE = "[name=picture_file]"
UPLOAD = "**/ladda-upp/bild/"
SHOWN = "[data-lead-shown]"
# The question itself is the browser's own, and would stop the test.
ASKS_BEFORE_LEAVING = "!dispatchEvent(new Event('beforeunload', {cancelable: true}))"


def picture_file(name="torget.png", content=None):
    return {"name": name, "mimeType": "image/png", "buffer": content or encode(draw())}


@pytest.mark.parametrize("width", WIDTHS)
def test_it_is_chosen_from_the_library_with_the_keyboard(cast, draft, open_browser, assert_accessible, width):
    words = {"alt": "En gunga", "credit": "Bo Ek"}
    swing = add_picture(upload(name="gunga.png"), by=cast.ada, in_library=True, **words)
    page = open_draft(open_browser(cast.karin, width=width), draft)
    page.locator("[name=choose_picture]").press("Enter")
    page.locator("#lead-picture-search").press_sequentially("gung")
    chosen = page.locator("dialog[open] .library-options button", has_text="gunga.png")
    chosen.wait_for()
    assert_accessible(page)
    chosen.press("Enter")
    page.locator(SHOWN).wait_for()
    wait_for_state(page, "saved")
    saved = Version.objects.get()
    assert (saved.picture, saved.picture_alt, saved.picture_credit) == (swing, "En gunga", "Bo Ek")
    assert page.locator("[data-lead-about]").get_attribute("href") == f"/redaktion/bilder/{swing.pk}/"
    assert_accessible(page)
    page.get_by_role("button", name="Ta bort bilden").press("Enter")
    page.locator(SHOWN).wait_for(state="hidden")
    assert soon(lambda: Version.objects.get().picture is None)


def test_a_chosen_file_is_sent_at_once_and_saved_with_the_text(cast, draft, open_browser):
    page = open_draft(open_browser(cast.karin), draft)
    sending = Held(page, UPLOAD, method="POST")
    page.locator(FILE).set_input_files(picture_file())
    sending.wait()
    wait_for_state(page, "unsent")
    assert "inte sparad" in page.locator(STATE).inner_text()
    sending.let_go()
    page.locator(SHOWN).wait_for()
    wait_for_state(page, "saved")
    assert Version.objects.get().picture == Picture.objects.get()
    assert page.locator(FILE).input_value() == ""


def test_a_file_that_is_no_picture_is_refused_beside_its_field(cast, draft, open_browser, assert_accessible):
    page = open_draft(open_browser(cast.karin, allow=[422]), draft)
    page.locator(FILE).set_input_files(picture_file(content=b"ingen bild"))
    page.locator("#picture-refused").get_by_text("ingen bild").wait_for()
    wait_for_state(page, "saved")  # the text is as it was, and no file waits
    assert_accessible(page)


def test_without_contact_the_picture_is_not_called_saved_and_is_sent_later(cast, draft, open_browser):
    page = open_draft(open_browser(cast.karin), draft)
    page.context.set_offline(True)
    page.locator(FILE).set_input_files(picture_file())
    page.locator("#picture-refused").get_by_text("kontakt").wait_for()
    wait_for_state(page, "unsent")
    assert page.evaluate(ASKS_BEFORE_LEAVING)
    page.context.set_offline(False)
    page.locator(SHOWN).wait_for()
    wait_for_state(page, "saved")
    assert not page.evaluate(ASKS_BEFORE_LEAVING)
    assert Version.objects.get().picture == Picture.objects.get()
    page.locator(TITLE).fill("Med bild")
    assert soon(lambda: Version.objects.get().title == "Med bild")


def test_enter_in_a_field_saves_and_chooses_no_picture(cast, draft, open_browser):
    page = open_draft(open_browser(cast.karin), draft)
    page.locator(TITLE).fill("Sparad med Enter")
    page.locator(TITLE).press("Enter")
    page.locator(".alert-success").wait_for()
    assert Version.objects.get().title == "Sparad med Enter"


def test_it_is_chosen_from_the_library_without_scripts(cast, draft, open_browser):
    swing = add_picture(upload(name="gunga.png"), by=cast.ada, in_library=True, alt="En gunga")
    page = open_browser(cast.karin, scripts=False)
    page.goto(reverse("news:edit", args=[draft.article_id]))
    page.locator(TITLE).fill("Skriven utan skript")
    page.get_by_role("button", name="Välj ur bildbiblioteket").click()
    page.get_by_role("link", name="gunga.png").click()
    assert page.locator(TITLE).input_value() == "Skriven utan skript"
    page.get_by_role("button", name="Spara utkast").click()
    page.locator(".alert-success").wait_for()
    saved = Version.objects.get()
    assert (saved.title, saved.picture, saved.picture_alt) == ("Skriven utan skript", swing, "En gunga")
