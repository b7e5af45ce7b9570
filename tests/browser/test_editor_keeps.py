"""What a text is made of, kept by the editor: all that the sanitiser lets through comes back as it was."""

import re
from html.parser import HTMLParser

import pytest

from news.models import Version
from news.picturing import add_picture
from news.sanitising import ATTRIBUTES_OF, CLASSES, TAGS, VALUES_OF, clean_html
from news.writing import save_draft
from tests.news.making import upload

from .conftest import WIDTHS
from .writing import EDITOR, go_to_end, open_draft, tool, wait_for_body, wait_for_state, write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SAMPLE = (
    "<h2>Ett</h2><h3>Två</h3><h4>Tre</h4>"
    "<p>Med <strong>fetstil</strong> och <em>kursiv</em>,<br>på ny rad.</p>"
    '<p><a href="/forum/3/">Inom</a> och <a href="https://riksdagen.se/" rel="noopener">utom</a> portalen, '
    '<a href="#h-ett">i texten</a>, ur <cite>Vår plan</cite>: <data value="note.count">44</data>.</p><hr>'
    "<blockquote><p>Vi lyssnar.</p><footer>Elsa</footer></blockquote>"
    '<aside class="fact-box"><h3>Fakta</h3><p>Ord.</p></aside>'
    '<ol start="4"><li><p>fyra</p><ul><li><p>fyra ett</p></li></ul></li></ol>'
    '<figure><img src="{0}" alt="En gunga"><figcaption>'
    'Vid <a href="/lank/artikel/4/"><em>Ekbackens</em> skola</a>, i våras.'
    "<cite>Karin <em>Berg</em></cite></figcaption></figure>"
    '<figure><a href="/personer/3/"><img src="{0}"></a><figcaption>'
    "Ur <cite>Almviks historia</cite> &amp; bilder</figcaption></figure>"
    '<figure><img src="{0}" alt=""></figure>'
    '<table><caption>Skolornas <em>kostnad</em>, <a href="/lank/artikel/4/">som den beslutats</a></caption>'
    '<thead><tr><th rowspan="2" scope="col"><p>Skola</p></th>'
    '<th colspan="2" scope="col"><p>Kostnad</p></th></tr>'
    '<tr><th scope="col"><p>2026</p></th><th scope="col"><p>2027</p></th></tr></thead><tbody>'
    '<tr><th scope="row"><p>Ekbacken</p></th><td rowspan="2"><p>3</p></td><td><p>4</p></td></tr>'
    '<tr><th scope="row"><p>Sjövik</p></th><td></td></tr>'
    '</tbody><tbody><tr><th scope="row"><p>Norrby</p></th><td><p>5</p></td><td><p>6</p></td></tr>'
    '<tr><td colspan="3"><p>Tusental kronor</p></td></tr></tbody>'
    "<tbody><tr><td></td><td></td><td></td></tr></tbody></table>"
    "<table><tbody><tr><th><p>År</p></th></tr><tr><td><p>2026</p></td></tr></tbody></table>"
    "<p>Slut.</p>"
)
HEADED = '<table><thead><tr><th scope="col">Skola</th><th scope="col">Klart</th></tr></thead>'


class Seen(HTMLParser):
    """The (tag, attribute) pairs of an HTML text, and (tag, None) for each tag."""

    def __init__(self, html):
        super().__init__()
        self.parts = set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.parts |= {(tag, None), *((tag, name) for name, _value in attrs)}


def let_through():
    """All that the sanitiser lets through, in the same pairs."""
    named = [
        (tag, name) for kept in (ATTRIBUTES_OF, VALUES_OF) for tag, names in kept.items() for name in names
    ]
    return {(tag, None) for tag in TAGS} | {*named, *((tag, "class") for tag in CLASSES), ("a", "rel")}


def open_sample(page, cast, draft, body):
    body = clean_html(body)
    version = save_draft(draft, revision=0, by=cast.karin, title=draft.title, lead=draft.lead, body=body)
    return open_draft(page, version)


def saved_body(page):
    wait_for_state(page, "saved")
    return Version.objects.get().body


def without_paragraphs(html):
    """The editor puts a paragraph inside cells."""
    return re.sub(r"<(th|td)([^>]*)><p>(.*?)</p>", r"<\1\2>\3", html)


def test_all_that_the_sanitiser_lets_through_survives_being_opened_and_saved(cast, draft, open_browser):
    picture = add_picture(upload(), by=cast.karin)
    sample = SAMPLE.format(picture.get_absolute_url())
    assert Seen(sample).parts == let_through()
    assert clean_html(sample) == sample
    page = open_sample(open_browser(cast.karin), cast, draft, sample)
    write(page, " Mer.")
    assert saved_body(page).replace(" Mer.", "") == sample


def test_the_words_of_a_picture_keep_their_links_where_nobody_types_over_them(cast, draft, open_browser):
    picture = add_picture(upload(), by=cast.karin)
    page = open_sample(open_browser(cast.karin), cast, draft, SAMPLE.format(picture.get_absolute_url()))
    page.locator(f"{EDITOR} figure").first.click()
    tool(page, "Bildens ord").click()
    caption = page.locator("#figure-caption")
    assert caption.input_value() == "Vid Ekbackens skola, i våras."
    caption.fill("Vid Ekbackens nya skola, i våras.")
    caption.fill("Vid Ekbackens nya skola, i höstas & vintras.")
    page.get_by_role("button", name="Använd").click()
    told = (
        '<a href="/lank/artikel/4/"><em>Ekbackens</em> nya skola</a>, i höstas &amp; vintras.<cite>Karin <em>'
    )
    wait_for_body(page, told)
    assert told in saved_body(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_table_is_made_with_headings_and_mended(
    cast,
    draft,
    open_browser,
    assert_accessible,
    width,
):
    page = open_draft(open_browser(cast.karin, width=width), draft)
    go_to_end(page)
    tool(page, "Tabell").click()
    for heading in ("Skola", "Klart", "Kostnad"):
        page.keyboard.type(heading)
        page.keyboard.press("Tab")
    page.locator(f"{EDITOR} th").last.click()
    tool(page, "Ta bort kolumnen").wait_for()
    assert_accessible(page)
    tool(page, "Ta bort kolumnen").click()
    tool(page, "Lägg till en rad under").click()
    wait_for_state(page, "saved")
    body = Version.objects.get().body
    assert [len(re.findall(f"<{tag}[ >]", body)) for tag in ("tr", "th", "td")] == [4, 2, 6]
    page.locator(f"{EDITOR} > p").first.click()
    tool(page, "Ta bort tabellen").wait_for(state="hidden")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_table_gets_its_heading_and_heading_cells_by_the_tools(
    cast, draft, open_browser, assert_accessible, width
):
    rows = "<tr><td>Skola</td><td>Klart</td></tr><tr><td>Ekbacken</td><td>2027</td></tr>"
    body = f"<table>{rows}</table><p>Slut.</p>"
    page = open_sample(open_browser(cast.karin, width=width), cast, draft, body)
    page.locator(f"{EDITOR} td").first.click()
    row, column, caption = (tool(page, name) for name in ("Rubrikrad", "Rubrikkolumn", "Tabellens rubrik"))
    assert [one.get_attribute("aria-pressed") for one in (row, column, caption)] == ["false"] * 3
    row.click()
    page.locator(f"{EDITOR} th").first.wait_for()
    column.click()
    page.locator(f"{EDITOR} th", has_text="Ekbacken").wait_for()
    caption.click()
    assert_accessible(page)
    page.locator("#table-caption").fill("Så går det för skolorna")
    page.locator("#table-caption").press("Enter")
    page.locator(f"{EDITOR} caption", has_text="skolorna").wait_for()
    assert [one.get_attribute("aria-pressed") for one in (row, column, caption)] == ["true"] * 3
    headed = HEADED.replace("<thead>", "<caption>Så går det för skolorna</caption><thead>")
    rest = '<tbody><tr><th scope="row">Ekbacken</th><td>2027</td></tr></tbody></table>'
    assert without_paragraphs(saved_body(page)) == f"{headed}{rest}<p>Slut.</p>"
    row.click()
    page.locator(f"{EDITOR} td", has_text="Klart").wait_for()
    wait_for_body(page, "</caption><tbody>")
    column.click()
    wait_for_body(page, "<td><p>Ekbacken")
    page.locator(f"{EDITOR} > p").first.click()
    caption.wait_for(state="hidden")
