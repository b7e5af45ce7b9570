"""The QR codes that pages draw, read off their pictures by a reader of its own (zxing-cpp), as phones do."""

from io import BytesIO
from urllib.parse import urlsplit

import pytest
import zxingcpp
from django.urls import reverse
from PIL import Image

from forums import arriving
from forums.models import Registration
from tests.cast import make_cast
from tests.forums.room import E, make_room

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = 360
# A printer draws finer than a screen: 22 mm of a badge are 83 pixels here, and a code has some fifty squares.
LARGE = "document.body.style.zoom = 4"


@pytest.fixture
def room():
    return make_room(make_cast(), tables=2, each=2)


def codes_on(page):
    """What the codes on a page say, as a set."""
    drawn = Image.open(BytesIO(page.screenshot(full_page=True))).convert("L")
    return {code.text for code in zxingcpp.read_barcodes(drawn, formats=zxingcpp.BarcodeFormat.QRCode)}


def way_of(address):
    """An address without the server's name: what `goto` takes."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_code_on_ones_own_phone_lets_its_owner_in_and_nobody_else(room, open_browser, scheme):
    person = room.seated[1, E][0]
    page = open_browser(person, width=PHONE)
    page.emulate_media(color_scheme=scheme)
    page.goto(f"/forum/{room.forum.slug}/min-kod/")
    (address,) = codes_on(page)
    door = open_browser(room.cast.fatima, width=PHONE)
    door.goto(way_of(address))
    door.get_by_role("button", name="Checka in", exact=True).click()
    door.get_by_text(f"{person.full_name} är incheckad").wait_for()
    assert Registration.objects.get(arrived_at__isnull=False).person == person


def test_each_badge_carries_its_own_code(room, open_browser):
    page = open_browser(room.cast.fatima)
    page.emulate_media(media="print")
    page.goto(f"/forum/{room.forum.slug}/incheckning/namnskyltar/")
    page.evaluate(LARGE)
    answers = Registration.objects.in_the_room()
    assert answers.count() == 8
    for answer in answers:
        badge = page.locator(".name-badge", has_text=answer.person.full_name)
        drawn = Image.open(BytesIO(badge.screenshot())).convert("L")
        (code,) = zxingcpp.read_barcodes(drawn)
        assert code.text.endswith(f"?kod={arriving.code_of(answer)}")


def test_the_sign_of_each_table_leads_to_its_table(room, open_browser):
    page = open_browser(room.cast.fatima)
    page.goto(f"/forum/{room.forum.slug}/grupparbete/leda/bordskort/")
    ways = sorted(way_of(address) for address in codes_on(page))
    assert len(ways) == 2
    for number, way in enumerate(ways, start=1):
        guest = open_browser(room.seated[number, E][0], width=PHONE)
        guest.goto(way)
        guest.get_by_role("heading", name=f"Bord {number}").first.wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_walls_code_leads_into_the_room(room, open_browser, scheme):
    wall = open_browser(room.cast.fatima, width=1920)
    wall.emulate_media(color_scheme=scheme)
    wall.goto(f"/forum/{room.forum.slug}/skarm/")
    wall.locator(".wall-qr svg").wait_for()
    (address,) = codes_on(wall)
    assert way_of(address) == reverse("forums:group_work", args=[room.forum.slug])
