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

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "img"
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync"]


class Shot(NamedTuple):
    name: str
    who: str
    path: str
    width: int


SHOTS = [
    Shot("start", "chef", "/", 1280),
    Shot("start-phone", "chef", "/", 360),
    Shot("forums", "chef", "/forum/", 1280),
    Shot("desk", "kommunikator", "/redaktion/", 1280),
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


def take(browser, address, shot):
    context = browser.new_context(viewport={"width": shot.width, "height": 800}, locale="sv-SE")
    page = context.new_page()
    page.goto(f"{address}/konto/login/")
    page.locator("input[name=login]").fill(f"{shot.who}@almvik.example")
    page.locator("input[name=password]").fill("samspel")
    page.locator("form:has(input[name=password]) button[type=submit]").click()
    page.wait_for_url(f"{address}/")
    page.goto(address + shot.path)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{shot.name}.png")
    context.close()


def main():
    PICTURES.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with portal() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        for shot in SHOTS:
            take(browser, address, shot)
        browser.close()


if __name__ == "__main__":
    main()
