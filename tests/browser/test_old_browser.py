"""The notice for old browsers: there for them, and nothing at all to the others."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOTICE = ".old-browser"


def test_a_browser_of_today_is_told_nothing_and_asks_for_nothing_more(cast, open_browser):
    page = open_browser(cast.per)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    assert page.locator(NOTICE).count() == 1
    assert not page.locator(NOTICE).is_visible()
    assert not [url for url in asked if "old" in url.rpartition("/")[2]]


def test_one_without_popovers_is_told(cast, open_browser, assert_accessible):
    """Chromium plays one by being asked about a selector that it does not know."""

    def without_popovers(route):
        answer = route.fetch()
        route.fulfill(
            response=answer, body=answer.text().replace("selector(:popover-open)", "selector(:unknown)")
        )

    page = open_browser(cast.per, width=360)
    page.route("**/samspel*.css", without_popovers)
    page.goto("/")
    assert page.locator(NOTICE).is_visible()
    assert_accessible(page)
