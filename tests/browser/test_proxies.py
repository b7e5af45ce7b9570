"""Between a town hall and the portal stand proxies that collect, cut and forget; and phones sleep."""

import time
from datetime import UTC, datetime, timedelta
from statistics import median

import pytest
from django.conf import settings

from tests.browser.conftest import watch
from tests.browser.network import ASLEEP
from tests.browser.proxies import (
    COLLECTS_ALL,
    COLLECTS_BLOCKS,
    CUTS,
    HANDS_OUT_A_LITTLE,
    PASSES,
    SEEN_WITHIN,
    Proxy,
)
from tests.portal.conftest import free_port, furnished, home, portal  # noqa: F401 - fixtures
from tests.portal.running import answer_of
from tests.portal.test_streaming import Visit, room  # noqa: F401 - a fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AWAKE_WITHIN = 2  # seconds
STREAM, ASKED = "/strom/", "/innehall/"


@pytest.fixture
def proxy(portal, free_port):  # noqa: F811
    answer_of(f"{portal.address}/halsa/")
    with Proxy(free_port) as proxy:
        yield proxy


@pytest.fixture
def visit(new_context, room, proxy):  # noqa: F811
    """A function that opens a watched page of somebody's through the proxy. `page.asked` fills with the
    addresses of the streams and parts that it asks for."""
    faults = []

    def visit(who, path):
        context = new_context(base_url=proxy.address)
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": room[who], "url": proxy.address}]
        )
        page, page.asked = (page := context.new_page()), []
        watch(page, proxy.address, faults)
        page.on("request", lambda request: page.asked.append(request.url))
        page.clock.install()
        page.goto(f"{room['page']}{path}")
        return page

    yield visit
    assert not faults, "\n".join(faults)


@pytest.fixture
def write(room, portal):  # noqa: F811
    """A function that lets somebody at table 1 write a text, past the proxy."""
    writer = Visit(portal, room["writer"])
    return lambda text: writer.write(room, text)


def seen(page, text):
    """Return after how many seconds the page shows a text."""
    begun = time.monotonic()
    page.get_by_text(text).first.wait_for(timeout=90_000)
    return time.monotonic() - begun


def since(page, what):
    """How many times the page has asked for addresses with `what` in them."""
    return sum(what in address for address in page.asked)


def test_a_note_is_seen_through_whatever_proxy_stands_between(visit, proxy, write):
    waited = {}
    for name, manners in (
        ("collects all", COLLECTS_ALL),
        ("collects blocks", COLLECTS_BLOCKS),
        ("hands out a little", HANDS_OUT_A_LITTLE),
        ("cuts", CUTS),
    ):
        proxy.manners = manners
        wall, phone = visit("leader", "skarm/"), visit("neighbour", "grupparbete/")
        for number in (1, 2, 3):
            text = f"Skriven genom en som {name}, {number}."
            write(text)
            waited[text] = seen(wall, text), seen(phone, text)
            wall.wait_for_timeout(500)
        wall.context.close()
        phone.context.close()
    assert {text: both for text, both in waited.items() if max(both) > SEEN_WITHIN} == {}


def test_a_stream_that_brings_nothing_is_left_alone_and_tried_again_later(visit, proxy, write):
    proxy.manners = COLLECTS_ALL
    wall = visit("leader", "skarm/")
    for _ in range(2):  # a stream has eight seconds
        with wall.expect_request(f"**{STREAM}**"):
            wall.clock.fast_forward(9000)
    wall.clock.fast_forward(9000)
    tried, asked = since(wall, STREAM), since(wall, ASKED)
    wall.clock.fast_forward(30_000)
    write("Hämtad.")
    seen(wall, "Hämtad.")
    assert since(wall, STREAM) == tried
    assert since(wall, ASKED) > asked
    # Outside the town hall there is no such proxy.
    proxy.manners = PASSES
    with wall.expect_request(f"**{STREAM}**"):
        wall.clock.fast_forward(80_000)
    wall.wait_for_timeout(4000)
    asked = since(wall, ASKED)
    write("Sänd.")
    seen(wall, "Sänd.")
    assert since(wall, ASKED) == asked


def test_what_a_stream_brings_late_does_not_take_the_wall_back(visit, proxy, write):
    proxy.manners = COLLECTS_ALL
    wall = visit("leader", "skarm/")
    wall.wait_for_timeout(1500)  # the stream has told of the wall without it
    write("Den nyaste.")
    seen(wall, "Den nyaste.")
    wall.evaluate(
        """() => {
          window.lost = false;
          const look = () => (window.lost ||= !document.body.innerText.includes("Den nyaste."));
          new MutationObserver(look).observe(document.getElementById("wall"), { childList: true });
        }"""
    )
    proxy.let_go()
    wall.wait_for_timeout(1500)
    assert not wall.evaluate("lost")


def test_a_phone_that_slept_is_fresh_as_soon_as_it_is_looked_at(visit, proxy, write):
    phone, waited = visit("neighbour", "grupparbete/"), []
    for number in (1, 2, 3):
        phone.wait_for_timeout(2500)  # the stream flows
        phone.evaluate(ASLEEP, True)
        proxy.forget()
        sleep(phone, minutes=4 * number)
        write(f"Medan den sov, {number}.")
        phone.wait_for_timeout(1000)
        assert phone.get_by_text(f"Medan den sov, {number}.").count() == 0
        phone.evaluate(ASLEEP, False)
        waited.append(seen(phone, f"Medan den sov, {number}."))
    assert median(waited) < AWAKE_WITHIN


def test_a_wall_whose_computer_slept_untold_catches_up(visit, proxy, write):
    wall = visit("leader", "skarm/")
    wall.wait_for_timeout(2500)
    proxy.forget()
    write("Medan locket var stängt.")
    wall.wait_for_timeout(1000)
    assert wall.get_by_text("Medan locket var stängt.").count() == 0
    sleep(wall, minutes=10)
    assert seen(wall, "Medan locket var stängt.") < SEEN_WITHIN


def test_what_gets_no_answer_is_asked_for_again(visit, proxy, write):
    proxy.manners = COLLECTS_ALL
    wall = visit("leader", "skarm/")
    kept = []
    wall.route(f"**{ASKED}", lambda route: route.continue_() if kept else kept.append(route))
    while not kept:
        wall.wait_for_timeout(50)
    write("Efter en fråga utan svar.")
    assert seen(wall, "Efter en fråga utan svar.") < 2 * SEEN_WITHIN


def sleep(page, *, minutes):
    """Let so much time pass for the page without anything of it running."""
    now = page.evaluate("Date.now()") / 1000
    page.clock.set_system_time(datetime.fromtimestamp(now, UTC) + timedelta(minutes=minutes))
