"""What follows a stream goes on when it is cut, and follows it again: against the portal as it is served."""

import os
import signal

import pytest
from django.conf import settings

from tests.browser.conftest import watch
from tests.portal.conftest import free_port, furnished, home, portal  # noqa: F401 - fixtures
from tests.portal.running import answer_of, family_of
from tests.portal.test_streaming import Visit, room  # noqa: F401 - a fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ASKED = "**/skarm/innehall/"


def test_a_wall_streams_asks_by_itself_where_it_is_cut_and_streams_again(new_context, room, portal):  # noqa: F811
    answer_of(f"{portal.address}/halsa/")
    context, faults, asked = new_context(base_url=portal.address), [], []
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": room["leader"], "url": portal.address}]
    )
    wall, writer = context.new_page(), Visit(portal, room["writer"])
    watch(wall, portal.address, faults)
    wall.on("request", lambda request: asked.append(request.url) if "/innehall/" in request.url else None)
    with wall.expect_response("**/strom/**"):
        wall.goto(f"{room['page']}skarm/")
    family = family_of(portal)

    def shows(text):
        writer.write(room, text)
        wall.locator(".wall-card", has_text=text).wait_for()

    shows("Sänd med strömmen.")
    assert asked == []
    # Whoever serves the stream dies, and none is to be had for a while.
    wall.route("**/strom/**", lambda route: route.abort())
    for pid in family:
        os.kill(pid, signal.SIGKILL)
    family_of(portal)
    answer_of(f"{portal.address}/halsa/")
    with wall.expect_response(ASKED):
        shows("Hämtad av sidan själv.")
    assert asked
    wall.unroute("**/strom/**")
    with wall.expect_response("**/strom/**"):
        pass
    wall.wait_for_timeout(2000)  # what was asked for before has come
    asked.clear()
    shows("Sänd igen.")
    assert asked == []
    assert faults == []
