"""Words that were sent when one had been signed out, or with a page too old, are back when one is."""

import pytest
from django.conf import settings
from django.urls import reverse

from news.models import Article, Comment, ReviewStep
from news.reviewing import approve, submit
from tests.browser.conftest import until
from tests.cast import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "Det står fel årtal i andra stycket."
TOLD = "[data-words-back]"


def sign_out_behind(page):
    """End the session without the page's knowing, as time or another tab does."""
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)


def sign_in(page, person):
    page.get_by_label("E-postadress").fill(person.email)
    page.get_by_label("Lösenord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).click()


@pytest.fixture
def review(cast, draft, open_browser):
    """Gunnar's page on which he returns Karin's draft, his reason written and not sent."""
    step = submit(draft, by=cast.karin).steps.get()
    page = open_browser(cast.gunnar)
    page.goto(reverse("news:review", args=[step.pk]))
    page.get_by_label("Vad behöver ändras?").fill(WORDS)
    return page


def test_a_reviewers_reason_outlives_the_session(cast, review, assert_accessible):
    sign_out_behind(review)
    review.get_by_role("button", name="Lämna tillbaka").click()
    sign_in(review, cast.gunnar)
    review.locator(TOLD).get_by_text("Här är det igen").wait_for()
    assert review.get_by_label("Vad behöver ändras?").input_value() == WORDS
    assert_accessible(review)
    review.get_by_role("button", name="Lämna tillbaka").click()
    review.get_by_text(WORDS).wait_for()
    assert not review.locator(TOLD).is_visible()
    assert ReviewStep.objects.get().reason == WORDS


def test_a_question_sent_to_an_address_that_is_no_page_comes_back_to_the_text(cast, draft, open_browser):
    approve(submit(draft, by=cast.karin).steps.get(), by=cast.gunnar)
    Article.objects.update(talk=Article.Talk.OPEN)
    address = Article.objects.get().get_absolute_url()
    page = open_browser(cast.per)
    page.goto(address)
    question = page.locator("form[action$='/kommentera/'] textarea")
    question.fill(WORDS)
    sign_out_behind(page)
    question.evaluate("area => area.form.requestSubmit()")
    sign_in(page, cast.per)
    page.locator(TOLD).get_by_text("Här är det igen").wait_for()
    assert page.url.endswith(address)
    assert question.input_value() == WORDS
    question.evaluate("area => area.form.requestSubmit()")
    page.locator(".alert-success").wait_for()
    assert Comment.objects.get().text == WORDS


def test_nobody_else_who_signs_in_there_sees_them(cast, draft, review):
    sign_out_behind(review)
    review.get_by_role("button", name="Lämna tillbaka").click()
    sign_in(review, cast.karin)
    review.locator("h1", has_text=draft.title).wait_for()
    until(review, "() => sessionStorage.getItem('samspel-words') === null")
    assert WORDS not in review.content()


def test_a_page_too_old_for_its_form_is_opened_again_with_the_words(review):
    review.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)  # signing in in another tab changes it
    review.get_by_role("button", name="Lämna tillbaka").click()
    review.get_by_role("link", name="Öppna sidan på nytt").click()
    review.locator(TOLD).get_by_text("Här är det igen").wait_for()
    assert review.get_by_label("Vad behöver ändras?").input_value() == WORDS


def test_words_that_no_field_waits_for_are_shown(cast, review):
    sign_out_behind(review)
    review.get_by_role("button", name="Lämna tillbaka").click()
    approve(ReviewStep.objects.get(), by=cast.gunnar)
    sign_in(review, cast.gunnar)
    review.locator(TOLD).get_by_text("Fältet finns inte längre").wait_for()
    assert review.locator(TOLD).get_by_text(WORDS).is_visible()
