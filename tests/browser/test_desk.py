"""Writing on the desk: with the keyboard, in two windows at once, over a network that fails."""

import pytest
from django.conf import settings
from django.urls import reverse

from news.blogging import open_blog
from news.models import Article, Pen, Version
from news.writing import save_draft

from .conftest import WIDTHS, sign_in_anew, soon
from .network import Held
from .writing import (
    BODY,
    EDITOR,
    STATE,
    TITLE,
    open_draft,
    press_until_at_end,
    settle,
    wait_for_body,
    wait_for_state,
    write,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def focused(page):
    return page.evaluate("document.activeElement.getAttribute('aria-label')")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_text_is_written_with_the_keyboard_alone(cast, draft, open_browser, assert_accessible, width):
    page = open_draft(open_browser(cast.karin, width=width), draft)
    assert_accessible(page)
    before = page.locator(BODY).input_value()
    page.locator(EDITOR).focus()
    press_until_at_end(page)
    page.keyboard.type(" Och gungor.")
    page.keyboard.press("Shift+Tab")  # to the toolbar, which is one stop; arrows go inside it
    first = focused(page)
    page.keyboard.press("ArrowRight")
    assert focused(page) and focused(page) != first
    page.keyboard.press("Tab")
    settle(page)
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
    assert page.locator(STATE).inner_text().strip().startswith("Sparat")
    assert page.locator("[data-kept-offer]").is_hidden()


def test_two_windows_on_one_draft_lose_nothing(cast, draft, open_browser, assert_accessible):
    windows = [open_browser(cast.karin, width=width, allow=[409]) for width in (360, 1280)]
    karin, other = (open_draft(window, draft) for window in windows)
    other.fill(TITLE, "Arbetsmarknadsförvaltningens verksamhetsutvecklingsplan")
    wait_for_state(other, "saved")
    write(karin, " Karins mening.")
    wait_for_state(karin, "stale")  # her own two windows: neither overwrites the other
    karin.click("button[name=save]")
    karin.wait_for_selector("#stale-title")
    assert_accessible(karin)
    assert "Arbetsmarknadsförvaltningens" in karin.locator(".stale-texts").inner_text()
    assert "Karins mening." in karin.locator(BODY).input_value()
    assert "Karins" not in Version.objects.get().body
    karin.wait_for_selector(EDITOR)
    karin.click("button[name=save]")
    karin.wait_for_url(f"**{reverse('news:edit', args=[draft.article_id])}")
    karin.locator(".alert-success").wait_for()
    assert "Karins mening." in Version.objects.get().body


def test_whoever_goes_back_sees_what_is_saved_and_is_offered_their_own_words(cast, draft, open_browser):
    karin, other = (open_draft(open_browser(cast.karin, allow=[409]), draft) for _ in range(2))
    other.fill(TITLE, "En annan rubrik")
    wait_for_state(other, "saved")
    write(karin, " Karins mening.")
    wait_for_state(karin, "stale")
    karin.reload()
    karin.wait_for_selector(EDITOR)
    karin.locator("[data-kept-restore]").click()
    wait_for_state(karin, "stale")  # never on top of what the other window saved
    karin.click("button[name=save]")
    karin.wait_for_selector("#stale-title")
    karin.go_back()
    karin.locator("[data-kept-offer]").wait_for()
    assert karin.locator(TITLE).input_value() == "En annan rubrik"
    assert "Karins" not in karin.locator(BODY).input_value()
    assert Version.objects.get().title == "En annan rubrik"


def test_the_text_saves_itself_and_a_closed_window_loses_nothing(cast, draft, open_browser):
    page = open_draft(open_browser(cast.karin), draft)
    write(page, " Första meningen.")
    wait_for_state(page, "saved")
    assert "Första meningen." in Version.objects.get().body
    write(page, " Mitt i en men")
    page.close(run_before_unload=False)
    assert soon(lambda: "Mitt i en men" in Version.objects.get().body)
    assert soon(lambda: not Pen.objects.exists())  # and others may write


def test_what_somebody_writes_without_a_pause_is_saved_by_the_server_within_seconds(
    cast, draft, open_browser
):
    """By a clock that stands still but for the second between two keys: less than the pause that the script
    waits for. Nothing is sent as the window closes: it stays open."""
    page = open_browser(cast.karin)
    page.clock.install()
    open_draft(page, draft)
    page.locator(TITLE).press("End")
    page.clock.pause_at(page.evaluate("Date.now() / 1000") + 60)
    for second in range(1, 10):
        page.keyboard.type(f" {second}")
        page.clock.run_for(1000)
    assert soon(lambda: " 1 2 3 4 5 6" in Version.objects.get().title)
    assert page.locator(TITLE).input_value().endswith(" 7 8 9")


def test_what_is_typed_before_the_scripts_have_come_is_saved_too(cast, draft, open_browser):
    """As on a slow phone: the fields are there long before what saves them."""
    page = open_browser(cast.karin)
    script = Held(page, "**/autosave*.js")
    page.goto(reverse("news:edit", args=[draft.article_id]), wait_until="commit")
    page.locator(TITLE).fill("Skrivet före skripten")
    assert page.locator(STATE).get_attribute("data-state") == "saved"  # nobody has seen it yet
    script.let_go()
    assert soon(lambda: Version.objects.get().title == "Skrivet före skripten")
    wait_for_state(page, "saved")


@pytest.mark.parametrize("width", WIDTHS)
def test_without_contact_it_is_said_and_kept_and_with_contact_saved(
    cast, draft, open_browser, assert_accessible, width
):
    page = open_draft(open_browser(cast.karin, width=width), draft)
    page.context.set_offline(True)
    write(page, " Skrivet i en tunnel.")
    wait_for_state(page, "offline")
    assert "ingen kontakt" in page.locator(STATE).inner_text()
    assert "tunnel" in page.evaluate("JSON.stringify(localStorage)")
    assert "tunnel" not in Version.objects.get().body
    write(page, " Och lite till.")
    page.context.set_offline(False)
    wait_for_state(page, "saved")
    assert "tunnel. Och lite till." in Version.objects.get().body
    assert "tunnel" not in page.evaluate("JSON.stringify(localStorage)")
    assert_accessible(page)


def test_a_browser_that_dies_while_somebody_writes_without_pause_loses_no_more_than_a_sentence(
    cast, draft, open_browser
):
    page = open_draft(open_browser(cast.karin, width=WIDTHS[0]), draft)
    page.context.set_offline(True)
    # Never as long without a key as the pause that the script waits for.
    page.evaluate(
        """async () => {
            const title = document.querySelector("[name=title]");
            for (let key = 0; key < 40; key += 1) {
                title.value += `${key} `;
                title.dispatchEvent(new Event("input", { bubbles: true }));
                await new Promise((done) => setTimeout(done, 100));
            }
            window.keptMeanwhile = JSON.stringify(localStorage);
        }"""
    )
    assert " 10 " in page.evaluate("window.keptMeanwhile")


def test_who_writes_is_said_and_can_be_taken_over(cast, draft, open_browser, assert_accessible):
    cast.ada.assignments.get().role_grants.create(role="communicator")
    karin = open_draft(open_browser(cast.karin, allow=[409]), draft)
    write(karin, " Karins mening.")
    wait_for_state(karin, "saved")
    for width in WIDTHS:
        ada = open_browser(cast.ada, width=width)
        ada.goto(reverse("news:edit", args=[draft.article_id]))
        ada.get_by_text("Karin Berg skriver i den här texten").wait_for()
        assert_accessible(ada)
    ada.get_by_role("button", name="Ta över skrivandet").click()
    ada.wait_for_selector(EDITOR)
    assert "Karins mening." in ada.locator(BODY).input_value()
    write(karin, " Till.")
    wait_for_state(karin, "refused")
    assert "Ada Nyström skriver" in karin.locator(STATE).inner_text()


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


def test_a_text_outlives_the_session_that_it_was_written_in(cast, draft, open_browser):
    page = open_draft(open_browser(cast.karin, allow=[403]), draft)
    signed_in = page.context.cookies()
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    write(page, " Skrivet efter utloggningen.")
    wait_for_state(page, "signedOut")
    assert "utloggningen" in page.evaluate("JSON.stringify(localStorage)")
    sign_in_anew(page, signed_in)
    wait_for_state(page, "saved")
    assert "Skrivet efter utloggningen." in Version.objects.get().body


def test_nothing_is_saved_as_whoever_has_signed_in_over_it(cast, draft, open_browser):
    Article.objects.update(owner=cast.ada)  # who may write in it too
    page = open_draft(open_browser(cast.karin, allow=[403]), draft)
    hers = page.context.cookies()
    page.context.clear_cookies()
    sign_in_anew(page, open_browser(cast.ada).context.cookies())
    write(page, " Karins egna ord.")
    wait_for_state(page, "signedOut")
    assert "Karins egna ord." not in Version.objects.get().body
    page.context.clear_cookies()
    sign_in_anew(page, hers)
    wait_for_state(page, "saved")
    version = Version.objects.get()
    assert "Karins egna ord." in version.body
    assert list(version.writers.all()) == [cast.karin]


DESK = ["desk", "new", "import", "pictures", "new_picture", "documents", "new_document", "calendar"]
OF_ARTICLE = ["edit", "submit", "history", "meant_for"]


def test_only_a_blog_post_asks_in_which_blog_it_stands(cast, open_browser):
    open_blog(name="Kommunalrådets blogg", unit=cast.units.office, office="Kommunalråd", by=cast.ada)
    page = open_browser(cast.karin, scripts=False)
    page.goto(reverse("news:new"))
    blog = page.get_by_label("Blogg", exact=True)
    assert blog.is_hidden()
    page.get_by_label("Slag").select_option("blog")
    blog.wait_for()
    page.get_by_label("Slag").select_option("news")
    blog.wait_for(state="hidden")
    page.goto(f"{reverse('news:new')}?blogg=kommunalradets-blogg")
    chosen = page.get_by_label("Blogg", exact=True).locator("option:checked")
    assert chosen.inner_text() == "Kommunalrådets blogg"


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_of_the_desk_is_accessible(cast, draft, open_browser, assert_accessible, width):
    page = open_browser(cast.karin, width=width)
    pages = [reverse(f"news:{name}") for name in DESK]
    pages += [reverse(f"news:{name}", args=[draft.article_id]) for name in OF_ARTICLE]
    preview = reverse("news:preview", args=[draft.article_id, draft.number])
    pages += [preview, f"{preview}?som=chef&bredd=telefon", f"{reverse('news:desk')}?visa=papperskorg"]
    for address in pages:
        assert page.goto(address).status == 200, address
        assert_accessible(page)
