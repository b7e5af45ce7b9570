"""Chromium, signed in as one of the cast, on a live server. It fails on what a person would not see.

Every page opened here is watched: an error in the console, a script error, a broken Content
Security Policy, a request that leaves this machine or an answer of 500 fails the test.
"""

import os
import re
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

WIDTHS = (1280, 360)
# Chromium asks Google's hosts for this and that on its own; here it must not.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session", autouse=True)
def _django_beside_playwright():
    # Playwright's loop runs in this thread, which Django takes for asynchronous code; it is not.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    return {**browser_type_launch_args, "executable_path": chromium, "args": QUIET}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {
        **browser_context_args,
        "locale": "sv-SE",
        "timezone_id": settings.TIME_ZONE,
        "reduced_motion": "reduce",
    }


@pytest.fixture
def open_browser(new_context, live_server):
    """A function that opens a watched page of a browser of its own, signed in as the person given.

    Args:
        person: somebody of the cast; None for nobody.
        width: of the window, in pixels.
        scripts: False switches JavaScript off.
        allow: statuses of 400 and more that the page's scripts are meant to get here.
    """
    faults = []

    def open_as(person=None, *, width=1280, scripts=True, allow=()):
        context = new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
        )
        if person:
            client = Client()
            client.force_login(person)
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
            )
        context.set_default_timeout(10_000)
        page = context.new_page()
        watch(page, live_server.url, faults, allow)
        return page

    yield open_as
    assert not faults, "\n".join(faults)


def watch(page, home, faults, allow=()):
    """Add to `faults` a line for each thing that goes wrong in `page` from now on."""
    # An expected refusal (403, 404 ...) is in the console too; what the page itself asks for is told below.
    own = re.compile(r"Failed to load resource")

    def on_console(message):
        if message.type == "error" and not own.match(message.text):
            faults.append(f"{page.url}: console: {message.text}")

    def on_request(request):
        if not request.url.startswith((home, "data:", "blob:", "about:")):
            faults.append(f"{page.url}: asks for {request.url}")

    def on_response(response):
        asked = response.request.resource_type == "document" or response.status in allow
        refused = response.status >= 400 and not asked
        if refused or response.status >= 500:
            faults.append(f"{page.url}: {response.url} answers {response.status}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: script: {error}"))
    page.on("request", on_request)
    page.on("response", on_response)


@pytest.fixture
def assert_accessible():
    """A function that fails where axe-core finds a violation in the page, or where it scrolls sideways."""
    axe = Axe()

    def check(page):
        found = axe.run(page)
        assert not found.violations_count, f"{page.url}\n{found.generate_report()}"
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url} is {wide} pixels wider than its window (WCAG 2.2, 1.4.10)"

    return check
