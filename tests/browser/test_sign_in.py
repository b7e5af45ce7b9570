"""Signing in, in a real browser."""

import pytest

from tests.browser.conftest import WIDTHS
from tests.cast import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_sign_in_page_lets_per_in(cast, open_browser, assert_accessible, width):
    page = open_browser(width=width)
    page.goto("/konto/login/")
    assert_accessible(page)

    page.locator("input[name=login]").fill(cast.per.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form:has(input[name=password]) button[type=submit]").click()

    page.wait_for_url("/")
    assert_accessible(page)


def test_a_wrong_password_keeps_the_address(cast, open_browser, assert_accessible):
    page = open_browser()
    page.goto("/konto/login/")
    page.locator("input[name=login]").fill(cast.per.email)
    page.locator("input[name=password]").fill("fel lösenord")
    page.locator("form:has(input[name=password]) button[type=submit]").click()

    page.locator("[role=alert], .invalid-feedback, .alert").first.wait_for()
    assert page.locator("input[name=login]").input_value() == cast.per.email
    assert_accessible(page)


def test_signing_in_works_without_scripts(cast, open_browser):
    page = open_browser(scripts=False)
    page.goto("/konto/login/")
    page.locator("input[name=login]").fill(cast.per.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form:has(input[name=password]) button[type=submit]").click()
    page.wait_for_url("/")
