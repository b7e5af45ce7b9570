"""The draft summary in the editor: its figures stay tied, and its charts follow the page into the night."""

from io import BytesIO

import pytest
from PIL import Image

from forums.drawing import NIGHT, PAPER
from forums.summarising import draft_summary
from news.tying import changed_figures
from tests.cast import make_cast
from tests.forums.room import E, O, make_room

from .conftest import soon
from .writing import EDITOR, open_draft, settle, wait_for_body, wait_for_state, write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ELECTED = '[value="participants.elected"]'


@pytest.fixture
def draft():
    room = make_room(make_cast(), tables=3, each=5)
    room.open(E)
    for table in (1, 2, 3):
        room.write(table, E, f"Vi behöver lita på varandra vid bord {table}.", "tillit")
    room.open(O)
    room.write(3, O, "Lita på att vi kan vårt jobb.", "tillit", "mandat")
    room.close()
    version = draft_summary(room.forum, by=room.cast.karin).newest_version
    version.room = room
    return version


def replace_figure(page, words):
    """Select what a tied figure says in the editor, by the mouse, and type over it."""
    page.locator(f"{EDITOR} {ELECTED}").first.dblclick()
    settle(page)
    page.keyboard.type(words)


def test_figures_stay_tied_through_the_editor_and_a_changed_one_is_marked(
    draft, open_browser, assert_accessible
):
    ties = draft.body.count("<data ")
    page = open_draft(open_browser(draft.room.cast.karin), draft)
    assert page.locator(f"{EDITOR} data").count() == ties
    write(page, " Tack till alla.")
    wait_for_state(page, "saved")
    draft.refresh_from_db()
    assert draft.body.count("<data ") == ties
    assert "Tack till alla." in draft.body
    assert changed_figures(draft) == []

    replace_figure(page, "25")
    wait_for_body(page, ">25</data>")
    page.locator("button[name=save]").click()
    notice = page.locator("#siffror", has_text="25")
    notice.wait_for()
    assert "15" in notice.text_content()
    assert_accessible(page)
    draft.refresh_from_db()
    (figure,) = changed_figures(draft)
    assert (figure.text, figure.source, figure.key) == ("25", "15", "participants.elected")


def test_a_chart_is_light_by_day_and_dark_by_night(draft, open_browser):
    page = open_browser(draft.room.cast.karin)
    page.goto(f"/redaktion/{draft.article_id}/version/{draft.number}/")
    picture = page.locator("figure img").first
    for scheme, paper in (("light", PAPER), ("dark", NIGHT[PAPER])):
        page.emulate_media(color_scheme=scheme)
        picture.scroll_into_view_if_needed()
        assert soon(lambda: picture.evaluate("image => image.currentSrc").endswith(".svg"))
        assert soon(lambda colour=paper: corner_of(picture) == colour), scheme


def corner_of(picture):
    """The colour beside a chart, as in a style sheet."""
    corner = Image.open(BytesIO(picture.screenshot())).convert("RGB").getpixel((12, 60))
    return "#{:02x}{:02x}{:02x}".format(*corner)
