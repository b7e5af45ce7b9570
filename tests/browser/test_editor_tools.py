"""The editor's tools for what a text is made of, pressed one after another, and what is saved of them."""

from html import escape

import pytest
from lxml.html import fragment_fromstring

from news.models import Version

from .writing import EDITOR, open_draft, settle, tool, wait_for_body, wait_for_state

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SPEAKER = "Vem som sa det (citatets sista rad)"


def begin_anew(page):
    page.locator(EDITOR).click()
    settle(page)
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")


def saved(page):
    wait_for_state(page, "saved")
    return Version.objects.get().body


def test_headings_are_made_changed_and_taken_back(cast, draft, open_browser):
    page = open_draft(open_browser(cast.karin), draft)
    begin_anew(page)
    for level in (2, 3, 4):
        heading = tool(page, f"Rubrik {level}")
        heading.click()
        assert heading.get_attribute("aria-pressed") == "true"
        page.keyboard.type(f"Nivå {level}")
        wait_for_body(page, f">Nivå {level}</h{level}>")
        page.keyboard.press("Enter")
    page.keyboard.type("Brödtext.")
    wait_for_body(page, "<p>Brödtext.</p>")
    body = saved(page)
    assert [body.count(f"<h{level}") for level in (2, 3, 4)] == [1, 1, 1]
    page.keyboard.press("ArrowUp")
    tool(page, "Rubrik 4").click()
    wait_for_body(page, "<p>Nivå 4</p>")


def test_a_quotation_gets_who_said_it_and_a_fact_box_its_edge(cast, draft, open_browser):
    page = open_draft(open_browser(cast.karin), draft)
    begin_anew(page)
    page.keyboard.type("Vi lyssnar först.")
    page.keyboard.press("Enter")
    page.keyboard.type("Så går det till.")
    wait_for_body(page, "Så går det till.")
    assert tool(page, SPEAKER).get_attribute("aria-disabled") == "true", "nothing is quoted yet"
    page.locator(f"{EDITOR} p", has_text="Vi lyssnar").click()
    settle(page)
    tool(page, "Citat").click()
    settle(page)
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    settle(page)
    tool(page, SPEAKER).click()
    page.keyboard.type("Elsa Ängman")
    wait_for_body(page, "<footer>Elsa Ängman</footer>")
    page.locator(f"{EDITOR} p", has_text="Så går det till").click()
    settle(page)
    tool(page, "Faktaruta").click()
    wait_for_body(page, "fact-box")
    body = saved(page)
    assert "<blockquote><p>Vi lyssnar först.</p><footer>Elsa Ängman</footer></blockquote>" in body
    assert '<aside class="fact-box"><p>Så går det till.</p></aside>' in body
    page.reload()
    page.wait_for_selector(f"{EDITOR} aside.fact-box")
    tool(page, "Faktaruta").wait_for()
    assert page.locator(f"{EDITOR} blockquote").inner_text().split("\n")[-1] == "Elsa Ängman"


@pytest.mark.parametrize(
    ("typed", "href"),
    [
        ("www.almvik.example/karta", "https://www.almvik.example/karta"),
        ("https://sok.example/?q=å&sida=2", "https://sok.example/?q=å&sida=2"),
        ("bygg@almvik.example", "mailto:bygg@almvik.example"),
    ],
)
def test_an_address_outside_is_typed_in_the_link_dialog(cast, draft, open_browser, typed, href):
    page = open_draft(open_browser(cast.karin), draft)
    begin_anew(page)
    page.keyboard.type("Se ")
    tool(page, "Länk").click()
    page.locator("#link-address").fill(typed)
    page.locator("#link-address").press("Enter")
    page.locator("#link-address").wait_for(state="hidden")
    wait_for_body(page, escape(typed, quote=False))
    link = fragment_fromstring(saved(page)).find("a")
    assert (link.get("href"), link.text) == (href, typed)
    assert "noopener" in (link.get("rel") or "") or href.startswith("mailto:")
    link = page.locator(f"{EDITOR} a")
    link.click()
    settle(page)
    tool(page, "Länk").click()
    assert page.locator("#link-address").input_value() == href, "to be changed where it stands"
    page.locator("#link-address").fill("https://annan.example/")
    page.locator("#link-address").press("Enter")
    wait_for_body(page, 'href="https://annan.example/"')
    assert href not in saved(page) and Version.objects.get().body.count("<a ") == 1


def test_a_key_pressed_right_after_a_tool_is_written_however_slowly_the_machine_draws(
    cast, draft, open_browser
):
    page = open_browser(cast.karin)
    page.add_init_script("requestAnimationFrame = draw => setTimeout(draw, 1500, performance.now())")
    open_draft(page, draft)
    begin_anew(page)
    page.keyboard.type("Vi lyssnar.")
    tool(page, "Citat").focus()
    page.keyboard.press("Enter")
    page.keyboard.type(" Och svarar.")
    wait_for_body(page, "<blockquote><p>Vi lyssnar. Och svarar.</p></blockquote>")
    tool(page, "Länk").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.keyboard.type(" Sen.")
    wait_for_body(page, "Och svarar. Sen.")
