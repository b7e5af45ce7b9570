"""The time that is left, on a phone or a projector whose own clock is wrong."""

import pytest

from tests.browser.test_group_work import PHONE
from tests.cast import make_cast
from tests.forums.room import E, make_room

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEN_MINUTES_FAST = "const right = Date.now; Date.now = () => right() + 10 * 60 * 1000;"


@pytest.mark.parametrize(
    ("path", "clock"),
    [
        ("grupparbete/", ".turn .countdown"),
        ("skarm/", ".wall-clock [data-until]"),
        ("grupparbete/leda/", ".turn .countdown"),
    ],
)
def test_a_clock_that_is_wrong_shows_the_time_that_is_left(open_browser, path, clock):
    room = make_room(make_cast(), tables=1, each=5)
    room.open(E)  # for 20 minutes
    page = open_browser(room.cast.fatima, width=PHONE)
    page.add_init_script(TEN_MINUTES_FAST)
    # As where a stream tells all that is new: nothing is asked for, and so nothing answered.
    unanswered = []

    def hold(route):
        unanswered.append(route)

    for address in ("**/innehall/", "**/leda/*/"):
        page.route(address, hold)
    page.goto(f"/forum/{room.forum.slug}/{path}")
    page.wait_for_timeout(600)  # it is written anew twice a second
    assert page.locator(clock).first.text_content().startswith(("19:", "20:"))
