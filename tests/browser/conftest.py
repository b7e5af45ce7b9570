"""Chromium, signed in as one of the cast, on a live server. It fails on what a person would not see.

Every page opened here is watched: an error in the console, a script error, a broken Content
Security Policy, a request that leaves this machine or an answer of 500 fails the test.
"""

import os
import re
import shutil
import threading
import time
from functools import partial

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

from news.models import Article
from news.writing import start_article

WIDTHS = (1280, 360)
# Seconds for what comes by itself, as many as Playwright waits: a busy machine is no fault.
PATIENCE = 30
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


@pytest.fixture(autouse=True)
def _last_answers_given(transactional_db, live_server):
    """Let the server finish what closed windows had asked for, before the database is emptied under it.

    A draft saves itself as its window closes. Its transaction and the emptying wait for each other on
    PostgreSQL, and one of them is refused. Set up before any window is opened, so torn down after the last.
    """
    yield
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=PATIENCE)
            assert not thread.is_alive(), f"{thread.name} still answers, though every window is closed"


@pytest.fixture
def open_browser(new_context, browser_context_args, live_server):
    """A function that opens a watched page of a browser of its own, signed in as the person given.

    Args:
        person: somebody of the cast; None for nobody.
        width: of the window, in pixels.
        scripts: False switches JavaScript off.
        allow: statuses of 400 and more that the page's scripts are meant to get here.
        browser: another browser than the usual one; whoever launched it closes it.
    """
    faults = []

    def open_as(person=None, *, width=1280, scripts=True, allow=(), browser=None):
        make_context = partial(browser.new_context, **browser_context_args) if browser else new_context
        context = make_context(
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
        page = context.new_page()
        watch(page, live_server.url, faults, allow)
        return page

    yield open_as
    assert not faults, "\n".join(faults)


def watch(page, home, faults, allow=()):
    """Add to `faults` a line for each thing that goes wrong in `page` from now on."""
    # An expected refusal (403, 404 ...) is in the console too, and so is that a test took the network away
    # (htmx then says what came of it, and that it is over); what the page itself asks for is told below.
    own = re.compile(r"Failed to load resource|htmx:(sendError|timeout|afterRequest),")

    def on_console(message):
        if message.type == "error" and not own.match(message.text):
            faults.append(f"{page.url}: console: {message.text}")

    def on_request(request):
        if not request.url.startswith((home, "data:", "blob:", "about:")):
            faults.append(f"{page.url}: asks for {request.url}")

    def on_response(response):
        refused = response.status >= 400 and response.request.resource_type != "document"
        if (refused or response.status >= 500) and response.status not in allow:
            faults.append(f"{page.url}: {response.url} answers {response.status}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: script: {error}"))
    page.on("request", on_request)
    page.on("response", on_response)


def soon(happens):
    """Whether it happens while one can wait, where no page tells: what one sends as it closes, say."""
    end = time.monotonic() + PATIENCE
    while not happens():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def until(page, tells, arg=None):
    """Wait until a function, in the page, tells what is true. Playwright's own waiting (`wait_for_function`)
    asks by `eval` from the second time on, which our Content-Security-Policy refuses."""
    assert soon(lambda: page.evaluate(tells, arg)), tells


def sign_in_anew(page, cookies):
    """Bring these cookies back as after a sign-in in another tab: the token of open pages is good no more."""
    token = {"csrftoken": "n" * 32}
    page.context.add_cookies([one | {"value": token.get(one["name"], one["value"])} for one in cookies])


@pytest.fixture
def draft(cast):
    """A draft of Karin's."""
    article = start_article(
        kind=Article.Kind.NEWS,
        unit=cast.units.office,
        audience=cast.audiences.everyone,
        title="Nya lekplatser",
        lead="Tre lekplatser byggs om.",
        body="<p>Arbetet börjar i oktober.</p>",
        by=cast.karin,
    )
    return article.newest_version


@pytest.fixture
def assert_accessible():
    """A function that fails where axe-core finds a violation in the page, or where it scrolls sideways."""
    axe, here = Axe(), Axe(axe_script="")

    def check(page):
        # Read into a page once: it is half a megabyte, and to read it takes as long as to run it.
        found = (here if page.evaluate("'axe' in window") else axe).run(page)
        assert not found.violations_count, f"{page.url}\n{found.generate_report()}"
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url} is {wide} pixels wider than its window (WCAG 2.2, 1.4.10)"

    return check
