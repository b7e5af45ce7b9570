"""Take the pictures of docs/img/ anew, from a demo municipality of their own. Usage: make screenshots"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "img"
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync"]
# Texts on the demo's desk: one that is being written, one that was returned once and waits again.
DRAFT, AGAIN = "Julbord eller soppa?", "Så ansöker du om föreningsbidrag"


class Shot(NamedTuple):
    """A picture of what `who` sees at `path`, or after following links from there by their texts,
    in a window of so many pixels.

    In `path`, {today}, {coming} and {earlier} are the addresses of such forums.
    """

    name: str
    who: str
    path: str
    width: int
    follow: tuple = ()
    height: int = 800


SHOTS = [
    Shot("start", "chef", "/", 1280),
    Shot("start-phone", "chef", "/", 360),
    Shot("forums", "chef", "/forum/", 1280),
    Shot("desk", "kommunikator", "/redaktion/", 1280),
    # docs/for-forumansvariga.md
    Shot("forum-new", "forumansvarig", "/forum/nytt/?kind=forum", 1280),
    Shot("forum-programme", "forumansvarig", "{coming}redigera/program/", 1280),
    Shot("forum-invited", "forumansvarig", "{coming}inbjudna/", 1280),
    Shot("forum-answer-phone", "chef", "{coming}anmalan/", 360),
    Shot("forum-participants", "forumansvarig", "{coming}deltagare/", 1280),
    Shot("forum-needs", "forumansvarig", "{coming}deltagare/behov/", 1280),
    Shot("forum-seats", "forumansvarig", "{today}bordsplacering/", 1280),
    Shot("forum-door-phone", "forumansvarig", "{today}incheckning/", 360),
    Shot("forum-afterwards", "forumansvarig", "{earlier}efterat/", 1280),
    # docs/for-kommunikatorer.md
    Shot("write", "kommunikator", "/redaktion/", 1280, follow=(DRAFT,), height=1250),
    Shot("write-phone", "kommunikator", "/redaktion/", 360, follow=(DRAFT,), height=1200),
    Shot("import", "kommunikator", "/redaktion/hamta-in/", 1280),
    Shot("pictures", "kommunikator", "/redaktion/bilder/", 1280),
    Shot("review", "godkannare", "/redaktion/", 1280, follow=(AGAIN,)),
    Shot("review-phone", "godkannare", "/redaktion/", 360, follow=(AGAIN,)),
    Shot("returned", "kommunikator", "/redaktion/", 1280, follow=("Gemensam upphandling",)),
    Shot("times", "kommunikator", "/redaktion/", 1280, follow=("Luciatåget", "Ändra: Tider")),
    Shot("history", "kommunikator", "/redaktion/", 1280, follow=(AGAIN, "Historik och jämförelser")),
    Shot("calendar", "kommunikator", "/redaktion/kalender/", 1280),
    Shot("outdated", "kommunikator", "/redaktion/?visa=se-over", 1280),
    # docs/for-gruppledare.md
    Shot("lead-phone", "forumansvarig", "{today}grupparbete/leda/", 360),
    Shot("note-phone", "chef", "{today}grupparbete/", 360),
    Shot("table-codes", "forumansvarig", "{today}grupparbete/leda/bordskort/", 1280),
    Shot("wall", "forumansvarig", "{today}skarm/", 1920, height=1080),
    Shot("wall-code", "forumansvarig", "{today}skarm/?vy=kod", 1920, height=1080),
]


@contextmanager
def portal():
    """Serve a demo municipality of its own. Yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "manage.py", "serve", "--port", str(port)]
        environment = {**os.environ, "SAMSPEL_DEMO": "1", "SAMSPEL_VAR": home}
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        try:
            wait_for(f"{address}/halsa/", process)
            yield address
        finally:
            process.terminate()
            process.wait(30)


def wait_for(url, process):
    for _ in range(1200):
        try:
            urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
        if process.poll() is not None:
            break
    sys.exit("The demo did not start.")


def sign_in(browser, address, who, width):
    context = browser.new_context(viewport={"width": width, "height": 800}, locale="sv-SE")
    page = context.new_page()
    page.goto(f"{address}/konto/login/")
    page.locator("input[name=login]").fill(f"{who}@almvik.example")
    page.locator("input[name=password]").fill("samspel")
    page.locator("form:has(input[name=password]) button[type=submit]").click()
    page.wait_for_url(f"{address}/")
    return context, page


def forums_of(browser, address):
    """The addresses of a forum that goes on, one to come and one that has been."""
    context, page = sign_in(browser, address, "forumansvarig", 1280)
    page.goto(f"{address}/forum/")
    coming, earlier = (
        [link.get_attribute("href") for link in page.locator(f"[aria-labelledby={part}] h3 a").all()]
        for part in ("coming", "past")
    )
    context.close()
    return {"today": coming[0], "coming": coming[-1], "earlier": earlier[0]}


def take(browser, address, shot, forums):
    context, page = sign_in(browser, address, shot.who, shot.width)
    page.set_viewport_size({"width": shot.width, "height": shot.height})
    page.goto(address + shot.path.format(**forums))
    for text in shot.follow:
        page.locator("main a", has_text=text).first.click()
        page.wait_for_load_state()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{shot.name}.png")
    shrink(PICTURES / f"{shot.name}.png")
    context.close()


def shrink(path):
    """Keep a picture with 128 colours: a page has few, and the repository keeps every version."""
    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(128, dither=Image.Dither.NONE)
    small.save(path, optimize=True)


def main(*names):
    """Take the pictures of these names; all, where none is named."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with portal() as address, sync_playwright() as playwright:
        # What the browser writes itself (dates, "Välj fil") follows this; `locale` is for the pages only.
        swedish = {**os.environ, "LANGUAGE": "sv"}
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET, env=swedish)
        forums = forums_of(browser, address)
        for shot in SHOTS:
            if not names or shot.name in names:
                take(browser, address, shot, forums)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
