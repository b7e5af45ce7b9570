"""From the mail to the answer: reading what has changed, commenting, returning, and saying yes at last."""

import re

import pytest

from news.models import Remark, ReviewStep
from news.reviewing import approve, submit
from news.writing import open_draft, save_draft

from .conftest import WIDTHS
from .writing import EDITOR, wait_for_body, wait_for_state

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def asked(cast, draft):
    """The step that asks Gunnar about a second version of Karin's article, which is published."""
    approve(submit(draft, by=cast.karin).steps.get(), by=cast.gunnar)
    second = open_draft(draft.article, by=cast.karin)
    words = {"title": second.title, "lead": second.lead, "body": "<p>Arbetet börjar i november.</p>"}
    save_draft(second, revision=second.revision, by=cast.karin, **words)
    return submit(second, by=cast.karin).steps.get()


def open_mail(page, person, event):
    """Follow the link of the newest mail of that kind to a person, as its reader would."""
    mail = person.mails.filter(event=event).latest("queued_at")
    page.goto(re.search(r"https?://[^/\s]+(/\S*)", mail.text)[1])
    return page


def mark(page, words, *, part="body", last=False):
    """Mark words of the text under review, as a finger or a mouse does: where they stand first in a part,
    or last."""
    page.evaluate(
        """([words, part, last]) => {
            const shown = document.querySelector(`[data-passages="${part}"]`);
            const walker = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT);
            const found = [];
            for (let node; (node = walker.nextNode());) if (node.data.includes(words)) found.push(node);
            const node = last ? found.at(-1) : found[0];
            const at = last ? node.data.lastIndexOf(words) : node.data.indexOf(words);
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + words.length);
            document.getSelection().removeAllRanges();
            document.getSelection().addRange(range);
        }""",
        [words, part, last],
    )


def test_a_wide_table_does_not_push_the_review_off_a_phone(cast, draft, open_browser, assert_accessible):
    cells = "".join(
        f"<td>{word}</td>" for word in ("Samhällsbyggnadsförvaltningen", "Utvecklingssamordnare") * 2
    )
    words = {"title": draft.title, "lead": draft.lead, "body": f"<table><tr>{cells}</tr></table>"}
    step = submit(save_draft(draft, revision=0, by=cast.karin, **words), by=cast.karin).steps.get()
    page = open_browser(cast.gunnar, width=360)
    page.goto(f"/redaktion/granskning/{step.pk}/")
    assert_accessible(page)
    box = page.locator(".table-box")
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_text_is_reviewed_from_the_mail(cast, asked, open_browser, assert_accessible, width):
    gunnar = open_mail(open_browser(cast.gunnar, width=width), cast.gunnar, "review_requested")
    assert gunnar.url.endswith(f"/redaktion/granskning/{asked.pk}/")
    changes = gunnar.get_by_role("region", name="Det här har ändrats sedan den publicerade texten")
    assert "Arbetet börjar i" in changes.inner_text()
    assert "oktober" in changes.locator("del").inner_text()
    assert "november" in changes.locator("ins").inner_text()
    assert_accessible(gunnar)
    mark(gunnar, "november")
    gunnar.get_by_role("button", name="Kommentera de här orden").click()
    gunnar.keyboard.type("Vilken vecka?")
    assert gunnar.locator("[name=remark-quote]").input_value() == "november"
    gunnar.get_by_role("button", name="Lägg till kommentaren").click()
    gunnar.locator("mark", has_text="november").wait_for()
    assert_accessible(gunnar)
    gunnar.get_by_label("Vad behöver ändras?").fill("Säg vilken vecka.")
    gunnar.get_by_role("button", name="Lämna tillbaka").click()
    gunnar.locator(".alert-success").wait_for()
    assert_accessible(gunnar)

    karin = open_mail(open_browser(cast.karin, width=width), cast.karin, "version_returned")
    karin.get_by_text("Säg vilken vecka.").wait_for()
    karin.get_by_role("button", name="Börja på en ny version").click()
    karin.wait_for_selector(EDITOR)
    assert "Vilken vecka?" in karin.locator("#kommentarer").inner_text()
    karin.locator(EDITOR).click()
    karin.keyboard.press("Control+a")
    karin.keyboard.type("Arbetet börjar vecka 46.")
    wait_for_body(karin, "vecka 46.")
    wait_for_state(karin, "saved")
    assert_accessible(karin)
    karin.locator("button[name=submit]").click()
    karin.get_by_role("button", name="Skicka till granskning").click()
    karin.locator(".alert-success").wait_for()
    assert not Remark.objects.open().exists()  # the words it was about are gone

    open_mail(gunnar, cast.gunnar, "review_requested")
    since = gunnar.get_by_role(
        "region", name="Det här har ändrats sedan version 2, som granskades förra gången"
    )
    assert "vecka 46" in since.locator("ins").inner_text()
    assert_accessible(gunnar)
    gunnar.get_by_role("button", name="Godkänn och publicera").click()
    gunnar.locator(".alert-success").wait_for()
    assert asked.version.article.live_version().number == 3
    assert not ReviewStep.objects.pending().filter(version__number=3).exists()


def comment(page, text):
    page.get_by_role("button", name="Kommentera de här orden").click()
    page.keyboard.type(text)
    page.get_by_role("button", name="Lägg till kommentaren").click()
    page.locator(".remarks", has_text=text).wait_for()


def test_a_comment_stands_at_the_words_that_were_marked(cast, draft, open_browser, assert_accessible):
    body = "<p>Kommunen bygger.</p><ul><li>Kommunen</li><li>river</li></ul><p>Kommunen betalar.</p>"
    words = {"title": draft.title, "lead": draft.lead, "body": body}
    step = submit(
        save_draft(draft, revision=draft.revision, by=cast.karin, **words), by=cast.karin
    ).steps.get()
    page = open_browser(cast.gunnar)
    page.goto(f"/redaktion/granskning/{step.pk}/")
    mark(page, "Kommunen", last=True)
    comment(page, "Eller bolaget?")
    assert page.locator(".prose p").last.locator("mark").inner_text() == "Kommunen"
    assert page.locator(".prose mark").count() == 1
    mark(page, "Kommunen", last=True)  # what is marked already
    comment(page, "Med vilka pengar?")
    assert page.locator(".prose p").last.locator("sup a").count() == 2
    lead = draft.lead.split()[0]
    mark(page, lead, part="lead")
    comment(page, "Fler?")
    assert page.locator("[data-passages=lead] mark").inner_text() == lead
    assert list(Remark.objects.order_by("pk").values_list("part", "occurrence")) == [
        ("body", 2),
        ("body", 2),
        ("lead", 0),
    ]
    page.evaluate("document.getSelection().removeAllRanges()")
    # Three clicks on the lead reach to where the body begins.
    page.locator("[data-passages=lead]").click(click_count=3, position={"x": 200, "y": 10})
    page.get_by_role("button", name="Kommentera de här orden").click()
    assert page.locator("[name=remark-quote]").input_value() == draft.lead
    assert_accessible(page)
