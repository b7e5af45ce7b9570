"""Every page that the table of addresses knows, on a phone, at a desk and on paper: axe finds nothing,
nothing is too wide, no choice is nameless, and nothing is printed too pale to read."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.portal.access_table import ROWS
from tests.portal.world import make_world

# What the browser saves or runs instead of showing it, and a part that a page asks for by itself, is no page.
PAGE = b"<html"
# Words with a contrast of less than 4.5 (WCAG 2.2, 1.4.3) to white paper, on which no background is printed.
PALE = """() => [...document.querySelectorAll("body *")].filter((element) => {
  const says = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  if (!says || !element.checkVisibility({ visibilityProperty: true })) return false;
  if (getComputedStyle(element).printColorAdjust === "exact") return false;
  const [red, green, blue] = getComputedStyle(element).color.match(/[\\d.]+/g).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) < 4.5;
}).map((element) => element.textContent.trim())"""
# What Django calls a choice of nothing.
NO_WORDS = re.compile(r"^-+$")

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pages(cast):
    """{part: the addresses of all the pages that it is tried as, the first that may open each}."""
    world, found = make_world(cast), {}
    people = cast.by_role
    clients = {part: Client() for part in people}
    for part, client in clients.items():
        client.force_login(people[part])
    for row in ROWS:
        for part in sorted((row.gets or frozenset()) & people.keys())[:1]:
            address = reverse(row.name, kwargs=world[row.thing])
            answer = clients[part].get(address)
            is_shown = answer.headers["Content-Type"].startswith("text/html")
            if answer.status_code == 200 and is_shown and not answer.streaming and PAGE in answer.content:
                found.setdefault(part, []).append(address)
    return found


def test_every_page_is_accessible_on_a_phone_at_a_desk_and_on_paper(
    cast, pages, open_browser, assert_accessible
):
    assert sum(map(len, pages.values())) > 80
    wrong = []
    for part, addresses in pages.items():
        page = open_browser(cast.by_role[part])
        for address in addresses:
            # Loaded as on a phone and widened there: to load it again would take as long as to look at it.
            page.set_viewport_size({"width": 360, "height": 900})
            page.goto(address)
            for width in (360, 1280):
                page.set_viewport_size({"width": width, "height": 900})
                try:
                    assert_accessible(page)
                except AssertionError as fault:
                    wrong.append(f"{width}: {fault}")
            dashes = page.locator("option").filter(has_text=NO_WORDS).count()
            wrong += [f"{address}: a choice is called by dashes only"] if dashes else []
            page.emulate_media(media="print")
            wrong += [f"{address} on paper: {words}" for words in page.evaluate(PALE)]
            page.emulate_media(media="screen")
    assert not wrong, "\n".join(wrong)
