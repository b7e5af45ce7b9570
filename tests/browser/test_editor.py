"""The rich-text editor in a browser: linking by name, pictures, the spots of advice."""

import pytest
from django.urls import reverse

from news.models import Version
from news.picturing import add_picture
from news.writing import save_draft
from tests.browser.conftest import until
from tests.cast import assign, make_person
from tests.news.making import draw, encode, pdf, upload

from .conftest import WIDTHS
from .network import Held
from .writing import (
    BODY,
    EDITOR,
    TITLE,
    go_to_end,
    open_draft,
    settle,
    tool,
    wait_for_body,
    wait_for_state,
    write,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_tools_tell_their_keys_and_the_keys_do_as_told(cast, draft, open_browser):
    page = open_draft(open_browser(cast.karin), draft)
    page.locator(EDITOR).click()
    settle(page)
    for name, keys, told, made in (
        ("Fet", "Control+b", "Ctrl+B", "<strong>"),
        ("Kursiv", "Control+i", "Ctrl+I", "<em>"),
        ("Punktlista", "Control+Shift+Digit8", "Ctrl+Skift+8", "<ul>"),
        ("Numrerad lista", "Control+Shift+Digit7", "Ctrl+Skift+7", "<ol>"),
        ("Citat", "Control+Shift+b", "Ctrl+Skift+B", "<blockquote>"),
    ):
        button = page.get_by_role("button", name=name, exact=True)
        assert button.get_attribute("title") == f"{name} ({told})"
        assert button.get_attribute("aria-keyshortcuts").replace("Control", "Ctrl") == told.replace(
            "Skift", "Shift"
        )
        page.keyboard.press("Control+a")
        page.keyboard.press(keys)
        wait_for_body(page, made)
        page.keyboard.press("Control+z")
        until(page, "made => !document.querySelector('.ProseMirror').innerHTML.includes(made)", arg=made)
    page.keyboard.press("Control+Shift+z")
    wait_for_body(page, "<blockquote>")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_person_is_linked_to_by_name_with_the_keyboard(
    cast,
    draft,
    open_browser,
    assert_accessible,
    width,
):
    page = open_draft(open_browser(cast.karin, width=width), draft)
    write(page, " Fråga ")
    page.keyboard.press("Control+k")
    page.locator("#link-address").wait_for()
    page.keyboard.type("ängman")
    page.get_by_role("option", name="Elsa Ängman").wait_for()
    assert_accessible(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    wait_for_body(page, f'href="/personer/{cast.elsa.pk}/"')
    wait_for_state(page, "saved")
    assert f'Fråga <a href="/personer/{cast.elsa.pk}/">Elsa Ängman</a>' in Version.objects.get().body


@pytest.mark.parametrize("width", WIDTHS)
def test_a_picture_and_a_document_are_put_in_with_the_keyboard(
    cast, draft, open_browser, assert_accessible, width
):
    known = add_picture(upload(name="gungor.png"), by=cast.ada, in_library=True, alt="Gungor", credit="Bo Ek")
    page = open_draft(open_browser(cast.karin, width=width, allow=[422]), draft)
    write(page, " Se bilden.")
    tool(page, "Bild").press("Enter")
    page.locator("#picture-search").press_sequentially("gung")
    chosen = page.locator(".library-options button", has_text="gungor.png")
    chosen.wait_for()
    assert_accessible(page)
    chosen.press("Enter")
    wait_for_body(page, f'<img src="{known.get_absolute_url()}" alt="Gungor"><figcaption><cite>Bo Ek')
    tool(page, "Bild").press("Enter")
    page.locator("#picture-file").set_input_files(picture_file("inte.png", b"ingen bild"))
    page.locator(".editor-dialog .invalid-feedback:visible").wait_for()
    page.locator("#picture-file").set_input_files(picture_file("rutschkana.png"))
    page.locator("#figure-alt").fill("En rutschkana")  # a picture without words is asked for them
    assert_accessible(page)
    page.locator("#figure-alt").press("Enter")
    wait_for_body(page, 'alt="En rutschkana"')
    page.locator(EDITOR).press("ArrowRight")
    tool(page, "Dokument").press("Enter")
    page.locator("#document-file").set_input_files(picture_file("Lekplan.pdf", pdf().read()))
    wait_for_body(page, ">Lekplan</a>")
    wait_for_state(page, "saved")
    saved = Version.objects.get()
    assert (saved.documents.count(), saved.pictures_in_text.count()) == (1, 2)
    assert_accessible(page)


def test_whoever_begins_before_the_editor_has_come_goes_on_in_it(cast, draft, open_browser):
    page = open_browser(cast.karin)
    script = Held(page, "**/django_prose_editor/editor*.js")
    page.goto(reverse("news:edit", args=[draft.article_id]))
    page.locator(BODY).click()
    page.keyboard.press("Control+End")
    page.keyboard.type("Börjat i det enkla")
    script.let_go()
    page.wait_for_selector(EDITOR)
    page.keyboard.type(" fältet.")
    wait_for_body(page, "Börjat i det enkla fältet.")
    wait_for_state(page, "saved")
    assert "<p>Börjat i det enkla fältet.</p>" in Version.objects.get().body


def test_an_answer_that_comes_late_leaves_whoever_has_gone_on_into_the_library(cast, draft, open_browser):
    for name in ("gungor.png", "vippa.png"):
        add_picture(upload(name=name), by=cast.ada, in_library=True, alt=name, credit="Bo Ek")
    page = open_draft(open_browser(cast.karin), draft)
    tool(page, "Bild").press("Enter")
    chosen, other = (page.locator(".library-options button", has_text=name) for name in ("gungor", "vippa"))
    other.wait_for()
    answer = Held(page, "**q=gung")
    page.locator("#picture-search").fill("gung")
    answer.wait()
    chosen.focus()
    answer.let_go()
    other.wait_for(state="detached")
    page.keyboard.press("Enter")
    wait_for_body(page, 'alt="gungor.png"')


def test_an_answer_that_comes_late_leaves_the_choice_of_a_link(cast, draft, open_browser):
    assign(make_person("bo", "Bo", "Ängmark"), cast.units.schools, "Lärare")
    page = open_draft(open_browser(cast.karin), draft)
    page.locator(EDITOR).click()
    page.keyboard.press("Control+k")
    page.locator("#link-address").fill("ängma")
    chosen, other = (page.get_by_role("option", name=name) for name in ("Ängman", "Ängmark"))
    other.wait_for()
    answer = Held(page, "**q=*ngman")
    page.locator("#link-address").fill("ängman")
    answer.wait()
    while chosen.get_attribute("aria-selected") != "true":
        page.keyboard.press("ArrowDown")
    answer.let_go()
    other.wait_for(state="detached")
    page.keyboard.press("Enter")
    wait_for_body(page, f'href="/personer/{cast.elsa.pk}/"')


def picture_file(name, content=None):
    return {"name": name, "mimeType": "", "buffer": content or encode(draw())}


def test_advice_leads_to_the_spot(cast, draft, open_browser, assert_accessible):
    body = '<p>Första.</p><h4>För djupt</h4><p>Läs mer <a href="/finns/inte/">här</a>.</p>'
    save_draft(draft, revision=0, by=cast.karin, title=draft.title, lead=draft.lead, body=body)
    page = open_browser(cast.karin)
    for words, selected in (("För djupt", "För djupt"), ("Länktexten", "här")):
        page.goto(reverse("news:submit", args=[draft.article_id]))
        assert_accessible(page)
        page.locator(".advice li", has_text=words).get_by_role("link").click()
        page.wait_for_selector(EDITOR)
        until(page, "words => getSelection().toString() === words", arg=selected)


def test_advice_about_a_link_in_a_caption_leads_to_its_picture_or_table(cast, draft, open_browser):
    picture = add_picture(upload(), by=cast.karin)
    body = (
        f'<p>Ord.</p><figure><img src="{picture.get_absolute_url()}" alt="x"><figcaption>Ur '
        '<a href="/finns/inte/">planen</a></figcaption></figure><table><caption>Ur '
        '<a href="/finns/inte/heller/">listan</a></caption><tbody><tr><td>1</td></tr></tbody></table>'
    )
    save_draft(draft, revision=0, by=cast.karin, title=draft.title, lead=draft.lead, body=body)
    page = open_browser(cast.karin)
    for words, there in (
        ("planen", ".ProseMirror-selectednode img"),
        ("listan", '.editor-toolbar [aria-label="Tabellens rubrik"]'),
    ):
        page.goto(reverse("news:submit", args=[draft.article_id]))
        page.locator(".advice li", has_text=words).get_by_role("link").click()
        page.locator(there).wait_for()


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (360, 640), (360, 330)])
def test_the_line_that_is_written_is_in_sight(cast, draft, open_browser, width, height):
    page = open_draft(open_browser(cast.karin, width=width), draft)
    page.set_viewport_size({"width": width, "height": height})
    go_to_end(page)
    for line in range(30):
        page.keyboard.press("Enter")
        page.keyboard.type(f"rad {line}")
    wait_for_body(page, "rad 29")
    caret, bar, window = page.evaluate(
        """() => {
            const line = getSelection().getRangeAt(0).getBoundingClientRect();
            const bar = document.querySelector(".draft-bar").getBoundingClientRect();
            return [line.bottom, bar.top, innerHeight];
        }"""
    )
    assert 0 < caret <= min(bar, window)


@pytest.mark.parametrize("width", WIDTHS)
def test_what_has_the_focus_is_never_behind_the_buttons(cast, draft, open_browser, width):
    page = open_draft(open_browser(cast.karin, width=width), draft)
    page.locator(TITLE).focus()
    for _step in range(60):
        page.keyboard.press("Tab")
        hidden = page.evaluate(
            """() => {
                const bar = document.querySelector(".draft-bar"), at = document.activeElement;
                if (bar.contains(at) || !document.querySelector("#draft").contains(at)) return null;
                const box = at.getBoundingClientRect();
                return box.height && box.top >= bar.getBoundingClientRect().top ? at.outerHTML : null;
            }"""
        )
        assert not hidden
