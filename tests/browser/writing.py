"""Writing in a draft, as the tests of the desk do it in a browser."""

from django.urls import reverse

from tests.browser.conftest import until

CARET_IS_LAST = """() => {
    const editor = document.querySelector(".ProseMirror"), caret = getSelection();
    if (!caret.isCollapsed || editor.querySelector(".ProseMirror-selectednode")) return false;
    const rest = document.createRange();
    rest.selectNodeContents(editor);
    rest.setStart(caret.anchorNode, caret.anchorOffset);
    return rest.toString() === "";
}"""
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
    press_until_at_end(page)


def press_until_at_end(page):
    """Press Control+End in the editor until that is where the caret stays: on a busy machine it may be put
    back after the first."""
    while True:
        settle(page)
        page.keyboard.press("Control+End")
        settle(page)
        if page.evaluate(CARET_IS_LAST):
            return


def write(page, words):
    go_to_end(page)
    page.keyboard.type(words)
    wait_for_body(page, words)


def wait_for_body(page, words):
    """Wait until the field that is sent holds these words."""
    until(page, f"words => document.querySelector('{BODY}').value.includes(words)", arg=words)


def wait_for_state(page, name):
    page.wait_for_selector(f"{STATE}[data-state={name}]")


def tool(page, name):
    return page.locator(f'.editor-toolbar [aria-label="{name}"]')
