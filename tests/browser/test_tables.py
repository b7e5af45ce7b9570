"""Tables of long Swedish words, read on a phone: whole words, pushed sideways in a box of their own."""

import pytest
from django.urls import reverse

from forums.naming import invite_guest
from news.reviewing import approve, submit
from news.writing import save_draft
from tests.browser.conftest import until
from tests.forums.room import make_room

from .conftest import WIDTHS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = (
    "<p>Så här är det tänkt.</p><table><caption>Vem som ansvarar</caption><thead><tr><th>Förvaltning</th>"
    "<th>Område</th><th>Ansvarig</th></tr></thead><tbody><tr><td>Samhällsbyggnadsförvaltningen</td>"
    "<td>Detaljplanehandläggning</td><td>Samhällsbyggnadschefen</td></tr></tbody></table>"
)
IS_TOO_WIDE = "box => box.scrollWidth > box.clientWidth + 1"
# A broken word stands on several lines, each with a box of its own.
LINES = """cells => cells.map(cell => {
    const words = document.createRange();
    words.selectNodeContents(cell);
    return words.getClientRects().length;
})"""


@pytest.fixture
def address(cast, draft):
    version = save_draft(draft, revision=0, by=cast.karin, title=draft.title, lead=draft.lead, body=BODY)
    approve(submit(version, by=cast.karin).steps.get(), by=cast.gunnar)
    draft.article.refresh_from_db(fields=["slug"])
    return draft.article.get_absolute_url()


@pytest.mark.parametrize("width", WIDTHS)
def test_its_words_are_whole_and_the_page_stays_in_place(
    cast, address, open_browser, assert_accessible, width
):
    page = open_browser(cast.per, width=width)
    page.goto(address)
    box = page.get_by_role("group", name="Vem som ansvarar")
    assert box.evaluate(IS_TOO_WIDE) == (width < 600)
    assert set(page.locator(".prose td").evaluate_all(LINES)) == {1}
    assert not page.locator("html").evaluate(IS_TOO_WIDE)
    assert_accessible(page)
    page.emulate_media(media="print")
    assert not box.evaluate(IS_TOO_WIDE)


def test_it_is_pushed_sideways_with_the_keyboard(cast, address, open_browser):
    page = open_browser(cast.per, width=360)
    page.goto(address)
    box = page.locator(".table-box")
    box.focus()
    page.keyboard.press("ArrowRight")
    until(page, "() => document.querySelector('.table-box').scrollLeft > 0")


def test_the_answers_of_guests_too_fit_beside_those_of_the_sides(cast, open_browser, assert_accessible):
    room = make_room(cast, tables=2, each=2)
    guest = invite_guest(
        room.forum,
        email="gisela@granne.example",
        given_name="Gisela",
        family_name="Grann",
        language="sv",
        by=room.cast.fatima,
    )
    room.forum.registrations.create(person=guest.person, side="", state="registered", mode="online")
    page = open_browser(room.cast.fatima, width=360)
    page.goto(reverse("forums:participants", args=[room.forum.slug]))
    assert page.get_by_role("region", name="Svar per sida").get_by_text("Gäster").count() == 1
    assert_accessible(page)
