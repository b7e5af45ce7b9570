"""What to read beside a text: found by its name, with the keyboard, and without script by its address."""

from functools import partial

import pytest
from django.urls import reverse

from news import writing
from news.models import Article
from news.reviewing import approve, submit

from .conftest import WIDTHS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SEARCH = "#id_related-search"


@pytest.fixture
def texts(cast, draft):
    """The draft of `draft`, and two published texts."""
    made = []
    for title in ("Simhallen öppnar", "Simskola i sommar"):
        article = writing.start_article(
            kind=Article.Kind.NEWS,
            unit=cast.units.office,
            audience=cast.audiences.everyone,
            title=title,
            by=cast.karin,
        )
        approve(submit(article.newest_version, by=cast.karin).steps.get(), by=cast.gunnar)
        article.refresh_from_db()
        made.append(article)
    return made


@pytest.fixture
def editor(cast, open_browser):
    """A function that opens a browser of Karin's."""
    return partial(open_browser, cast.karin)


@pytest.mark.parametrize("width", WIDTHS)
def test_texts_are_found_by_name_and_taken_away_again(editor, draft, texts, assert_accessible, width):
    page = editor(width=width)
    page.goto(reverse("news:around", args=[draft.article_id]))
    page.get_by_label("Läs mer").fill("simh")
    page.locator("[role=option]", has_text="Simhallen öppnar").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator(".chosen-articles li", has_text="Simhallen öppnar").wait_for()
    page.locator(SEARCH).fill("simskola")
    page.locator("[role=option]", has_text="Simskola i sommar").click()
    page.locator(".chosen-articles li", has_text="Simskola i sommar").wait_for()
    assert_accessible(page)
    page.get_by_role("button", name="Ta bort: Simhallen öppnar").click()
    page.get_by_role("button", name="Spara").click()
    page.locator(".alert-success").wait_for()
    assert list(draft.article.related.all()) == [texts[1]]
    page.goto(reverse("news:around", args=[draft.article_id]))
    page.locator(".chosen-articles li", has_text="Simskola i sommar").wait_for()


def test_what_is_typed_and_not_chosen_is_never_lost_in_silence(editor, draft, texts):
    page = editor(allow=[409])
    page.goto(reverse("news:around", args=[draft.article_id]))
    page.locator(SEARCH).fill("ett namn som inte finns")
    page.get_by_text("Ingen publicerad text heter så.").wait_for()
    page.get_by_role("button", name="Spara").click()
    page.locator(".invalid-feedback", has_text="leder inte till någon artikel").wait_for()
    page.get_by_role("button", name="Ta bort: ett namn som inte finns").click()
    page.locator(SEARCH).fill(f"https://intranet.example{texts[0].get_absolute_url()}")
    page.get_by_role("button", name="Spara").click()
    page.locator(".alert-success").wait_for()
    assert list(draft.article.related.all()) == [texts[0]]


def test_without_script_the_addresses_are_written(editor, draft, texts):
    page = editor(scripts=False)
    page.goto(reverse("news:around", args=[draft.article_id]))
    page.get_by_label("Läs mer").fill(texts[0].get_absolute_url())
    page.get_by_role("button", name="Spara").click()
    page.locator(".alert-success").wait_for()
    assert list(draft.article.related.all()) == [texts[0]]
