"""A text on paper and handed on: a clean page with its address, and a link that is copied."""

import io

import pytest
from pypdf import PdfReader

from news.discussing import say
from news.models import Article
from news.reviewing import approve, submit
from news.surrounding import surround

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def article(cast, draft):
    approve(submit(draft, by=cast.karin).steps.get(), by=cast.gunnar)
    draft.article.refresh_from_db(fields=["slug"])
    surround(draft.article, by=cast.karin, talk=Article.Talk.OPEN)
    say(draft.article, by=cast.maja, text="När börjar ni?", is_question=True)
    return draft.article


def test_on_paper_there_is_the_text_and_its_address_and_none_of_the_frame(cast, article, open_browser):
    page = open_browser(cast.karin)
    page.goto(article.get_absolute_url())
    page.get_by_role("button", name="Skriv ut").wait_for()
    (sheet,) = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    words = " ".join(sheet.extract_text().split())
    for printed in ("Nya lekplatser", "Arbetet börjar i oktober.", "När börjar ni?", "Från Samspel"):
        assert printed in words
    assert page.url in words.replace(" ", "")
    for left_out in ("Redaktionen", "Skriv ut", "Dela länken", "Redigera", "Hjälpte informationen", "Skicka"):
        assert left_out not in words


def test_the_link_is_copied_and_that_is_said(cast, article, open_browser):
    page = open_browser(cast.per)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(article.get_absolute_url())
    page.get_by_role("button", name="Dela länken").press(" ")
    page.get_by_role("status").get_by_text("Länken är kopierad.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    without = open_browser(cast.per, scripts=False)
    without.goto(article.get_absolute_url())
    assert without.locator("[data-share]").get_attribute("href").startswith("mailto:")
    assert not without.locator("[data-print]").is_visible()
