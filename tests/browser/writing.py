"""Writing in a draft, as the tests of the desk do it in a browser."""

from django.urls import reverse

STATE = "[data-draft-state]"
TITLE, BODY, EDITOR = "[name=title]", "textarea[name=body]", ".ProseMirror"


def open_draft(page, draft):
    page.goto(reverse("news:edit", args=[draft.article_id]))
    page.wait_for_selector(EDITOR)
    return page


def settle(page):
    """Wait for the editor to put its selection back, which it does 20 ms after it has got the focus."""
    page.evaluate("new Promise(done => setTimeout(done, 40))")


def go_to_end(page):
    """Put the caret at the end of the text; never while a picture is selected, which words would replace."""
    page.locator(f"{EDITOR} > :last-child").click()
    settle(page)
    page.keyboard.press("Control+End")
    page.wait_for_selector(".ProseMirror-selectednode", state="detached")


def write(page, words):
    go_to_end(page)
    page.keyboard.type(words)
    wait_for_body(page, words)


def wait_for_body(page, words):
    """Wait until the field that is sent holds these words."""
    page.wait_for_function(f"words => document.querySelector('{BODY}').value.includes(words)", arg=words)


def wait_for_state(page, name):
    page.wait_for_selector(f"{STATE}[data-state={name}]")


def tool(page, name):
    return page.locator(f'.editor-toolbar [aria-label="{name}"]')
