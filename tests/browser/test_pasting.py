"""Pasting into the rich-text editor: structure stays, dressing goes, and pictures are taken in or told of."""

import base64
import re
from pathlib import Path

import pytest

from news.models import Picture, Version
from tests.news.making import draw, encode

from .writing import BODY, EDITOR, open_draft, wait_for_body, wait_for_state

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIXTURES = Path(__file__).parent / "fixtures"
PASTE = """([selector, html]) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    data.setData("text/plain", "");
    const target = document.querySelector(selector);
    target.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


PASTE_PICTURE = """([selector, bytes, name, type]) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(bytes)], name, {type}));
    const target = document.querySelector(selector);
    target.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""
TOLD = ".editor-told"


def pasted(page, name):
    """What the editor's field holds once this fixture has been pasted over everything, on one line."""
    page.locator(EDITOR).click()
    page.keyboard.press("Control+a")
    page.evaluate(PASTE, [EDITOR, (FIXTURES / name).read_text()])
    wait_for_state(page, "saved")
    return re.sub(r"\s+", " ", Version.objects.get().body)


def without_paragraphs(html):
    """The editor puts a paragraph inside list items and cells."""
    return re.sub(r"<(li|th|td)([^>]*)><p>(.*?)</p>", r"<\1\2>\3", html)


def test_word_keeps_its_structure_and_drops_its_dressing(cast, draft, open_browser):
    body = without_paragraphs(pasted(open_draft(open_browser(cast.karin), draft), "word.html"))
    assert "<h2>Trygga skolvägar</h2>" in body
    assert "<p><strong>Kommunen</strong> bygger <em>säkrare</em> övergångar." in body
    assert "<strong>Fetstil utan tagg.</strong>" in body
    assert '<a href="https://www.trafikverket.se/" rel="noopener">Trafikverkets webbplats</a>.[1]' in body
    assert "<h3>Det här gör vi</h3>" in body
    inner = "<ul><li>vid Ekbackens skola</li></ul>"
    assert f"<ul><li>Nya övergångsställen{inner}</li><li>Lägre hastighet</li></ul>" in body
    assert "<ol><li>Hösten: Ekbacken</li><li>Våren: Sjövik</li></ol>" in body
    assert re.search(r"<tr><th[^>]*>(<strong>)?Skola(</strong>)?</th>", body)
    assert re.search(r"<tr><td[^>]*>Ekbacken</td>", body)
    for dressing in ("Mso", "mso", "style", "class", "file:", "<img", "·", "o:p", "C00000"):
        assert dressing not in body


def test_word_in_a_browser_keeps_its_structure_too(cast, draft, open_browser):
    body = without_paragraphs(pasted(open_draft(open_browser(cast.karin), draft), "word_online.html"))
    assert body == (
        "<h2>Ny simhall</h2><p><strong>Kommunen</strong> bygger 400 m².</p><h3>Tider</h3>"
        "<ul><li>Vardagar<ul><li>kvällar</li></ul></li><li>Helger</li></ul><p>Så bokar du:</p>"
        '<ol start="3"><li>Logga in</li><li>Välj tid</li></ol>'
    )


@pytest.mark.parametrize(
    "struck",
    [
        "<s>klockan 16</s>",
        "<del>klockan <strike>16</strike></del>",
        '<span style="text-decoration:line-through">klockan 16</span>',
    ],
)
def test_what_was_struck_out_does_not_come_along_and_is_told_of(cast, draft, open_browser, struck):
    page = open_draft(open_browser(cast.karin), draft)
    page.locator(EDITOR).click()
    page.evaluate(PASTE, [EDITOR, f"<p>Öppet till {struck}<b>klockan 18</b>.</p>"])
    wait_for_body(page, "klockan 18")
    assert "16" not in page.locator(BODY).input_value()
    page.locator(TOLD).get_by_text("Överstruken text följde inte med: ”klockan 16”").wait_for()


def test_a_web_page_keeps_its_structure_and_drops_its_dressing(cast, draft, open_browser):
    body = without_paragraphs(pasted(open_draft(open_browser(cast.karin), draft), "web_page.html"))
    assert body == (
        "<h2>Öppettider</h2><p><strong>Simhallen</strong> <em>håller öppet</em> hela sommaren.</p>"
        "<ul><li>Måndag</li><li>Tisdag<ul><li>kväll</li></ul></li></ul>"
        '<p>Boka eller <a href="mailto:simhall@almvik.example">mejla</a></p>'
    )


@pytest.mark.parametrize(
    ("kind", "named"),
    [("PNG", ["image.png", "image/png"]), ("HEIF", ["IMG_1.HEIC", ""])],  # as Windows gives them
)
def test_a_pasted_picture_is_taken_in(cast, draft, open_browser, kind, named):
    page = open_draft(open_browser(cast.karin), draft)
    page.locator(EDITOR).click()
    page.evaluate(PASTE_PICTURE, [EDITOR, list(encode(draw(), kind)), *named])
    page.locator("#figure-alt").fill("En skärmbild")
    page.locator("#figure-alt").press("Enter")
    wait_for_body(page, 'alt="En skärmbild"')
    wait_for_state(page, "saved")
    assert Version.objects.get().pictures_in_text.count() == 1


def test_pictures_that_came_with_a_text_are_taken_in_one_by_one(cast, draft, open_browser):
    page = open_draft(open_browser(cast.karin), draft)
    page.locator(EDITOR).click()
    held = [f"data:image/png;base64,{base64.b64encode(encode(draw(80, 50 + n))).decode()}" for n in range(3)]
    pictures = f'<img src="{held[0]}"><img src="{held[1]}" alt="Torget"><img src="{held[2]}">'
    page.evaluate(PASTE, [EDITOR, f"<p>Från Word.</p>{pictures}"])
    for alt in ("Skolan", "Parken"):  # asked for one at a time
        page.locator("#figure-alt").fill(alt)
        page.locator("#figure-alt").press("Enter")
        wait_for_body(page, f'alt="{alt}"')
    wait_for_state(page, "saved")
    body = Version.objects.get().body
    assert re.findall('alt="([^"]*)"', body) == ["Skolan", "Torget", "Parken"]
    assert "Från Word." in body
    assert Version.objects.get().pictures_in_text.count() == Picture.objects.count() == 3
    assert page.locator(TOLD).all_inner_texts() == ["", ""]


@pytest.mark.parametrize(
    ("pictures", "told"),
    [
        ('<img src="file:///C:/bild.png">', "En bild följde inte med"),
        ('<img src="http://127.0.0.1:1/a.jpg"><img src="data:image/gif;base64,R0lG">', "2 bilder följde"),
        ('<img src="http://127.0.0.1:1/a.gif" width="1" height="1">', ""),
    ],
)
def test_pictures_that_do_not_come_along_are_counted(cast, draft, open_browser, pictures, told):
    page = open_draft(open_browser(cast.karin), draft)
    page.locator(EDITOR).click()
    page.evaluate(PASTE, [EDITOR, f"<p>Ur en webbsida.</p>{pictures}"])
    wait_for_body(page, "Ur en webbsida.")
    page.locator(TOLD).first.get_by_text(told or re.compile("^$")).wait_for(state="attached")
    assert not Picture.objects.exists()
