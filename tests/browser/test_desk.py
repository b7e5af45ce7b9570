"""Writing on the desk: with the keyboard, in two windows at once, over a network that fails."""

import pytest
from django.urls import reverse

from news.models import Article, Version
from news.writing import save_draft, start_article

from .conftest import WIDTHS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE, BODY, EDITOR = "[name=title]", "textarea[name=body]", ".ProseMirror"


@pytest.fixture
def draft(cast):
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


def open_draft(page, draft):
    page.goto(reverse("news:edit", args=[draft.article_id]))
    page.wait_for_selector(EDITOR)
    return page


def write(page, words):
    page.locator(EDITOR).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)
    wait_for_body(page, words)


def wait_for_body(page, words):
    """Wait until the field that is sent holds these words."""
    page.wait_for_function(f"words => document.querySelector('{BODY}').value.includes(words)", arg=words)


def focused(page):
    return page.evaluate("document.activeElement.getAttribute('aria-label')")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_text_is_written_with_the_keyboard_alone(cast, draft, open_browser, assert_accessible, width):
    page = open_draft(open_browser(cast.karin, width=width), draft)
    assert_accessible(page)
    before = page.locator(BODY).input_value()
    page.locator(EDITOR).focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Och gungor.")
    page.keyboard.press("Shift+Tab")  # to the toolbar, which is one stop; arrows go inside it
    first = focused(page)
    page.keyboard.press("ArrowRight")
    assert focused(page) and focused(page) != first
    page.keyboard.press("Tab")
    page.wait_for_timeout(200)  # the editor puts its selection back a moment after it has the focus
    page.keyboard.press("Control+Home")
    page.keyboard.press("Shift+Control+ArrowRight")
    page.locator(".editor-toolbar [aria-label=Länk]:not([aria-disabled=true])").wait_for()
    page.keyboard.press("Control+k")
    page.locator("#link-address").wait_for()
    page.keyboard.type("javascript:alert(1)")
    page.keyboard.press("Enter")
    page.locator(".editor-dialog .invalid-feedback").get_by_text("http").wait_for()
    page.locator("#link-address").fill("/nyheter/")
    page.keyboard.press("Enter")
    wait_for_body(page, "/nyheter/")
    assert page.locator(BODY).input_value() != before
    page.locator("button[name=save]").press("Enter")
    page.wait_for_load_state()
    saved = Version.objects.get(pk=draft.pk).body
    assert "Och gungor." in saved and 'href="/nyheter/"' in saved
    # The server tidied the markup, and it is still the same text: nothing is offered back.
    page.wait_for_selector(EDITOR)
    assert page.locator("[data-kept-state]").inner_text() == "Allt är sparat."
    assert page.locator("[data-kept-offer]").is_hidden()


def test_two_windows_on_one_draft_lose_nothing(cast, draft, open_browser, assert_accessible):
    karin, ada = (open_draft(open_browser(cast.karin), draft) for _ in range(2))
    ada.fill(TITLE, "Adas rubrik")
    ada.click("button[name=save]")
    ada.wait_for_load_state()
    write(karin, " Karins mening.")
    karin.click("button[name=save]")
    karin.wait_for_selector("#stale-title")
    assert_accessible(karin)
    assert "Adas rubrik" in karin.locator(".stale-texts").inner_text()
    assert "Karins mening." in karin.locator(BODY).input_value()
    assert "Karins" not in Version.objects.get().body
    karin.wait_for_selector(EDITOR)
    karin.click("button[name=save]")
    karin.wait_for_url(f"**{reverse('news:edit', args=[draft.article_id])}")
    karin.locator(".alert-success").wait_for()
    assert "Karins mening." in Version.objects.get().body


def test_what_never_arrived_is_offered_back_though_a_colleague_has_saved(cast, draft, open_browser):
    page = open_draft(open_browser(cast.karin), draft)
    write(page, " En mening på tåget.")
    page.route("**/*", lambda route: route.abort() if route.request.method == "POST" else route.fallback())
    page.click("button[name=save]")
    page.wait_for_url("chrome-error://**")
    theirs = Version.objects.get()
    save_draft(
        theirs, revision=theirs.revision, by=cast.ada, title="Adas rubrik", lead=theirs.lead, body=theirs.body
    )
    open_draft(page, draft)
    page.locator("[data-kept-restore]").click()
    assert "En mening på tåget." in page.locator(BODY).input_value()
    assert "En mening på tåget." in page.locator(EDITOR).inner_text()
