"""Confirming what must be read, choosing what to hear of, and stopping mail, as a person does it."""

import pytest

from accounts.models import Cadence, Notification
from accounts.stopping import address_to_stop
from accounts.wishing import wishes_of
from news import confirming, reviewing, writing
from news.models import Article, Confirmation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Kind = Notification.Kind


def test_a_reader_confirms_and_the_writer_sees_how_many(cast, open_browser, assert_accessible):
    article = writing.start_article(
        kind=Article.Kind.NEWS,
        unit=cast.units.office,
        audience=cast.audiences.everyone,
        title="Ny rutin",
        lead="Gäller från måndag.",
        body="<p>Läs.</p>",
        by=cast.karin,
    )
    confirming.ask_for_confirmation(article, by=cast.karin)
    reviewing.approve(reviewing.submit(article.newest_version, by=cast.karin).steps.get(), by=cast.gunnar)
    maja = open_browser(cast.maja, width=360)
    maja.goto("/")
    maja.get_by_role("region", name="Väntar på dig").get_by_role("link", name="Ny rutin").click()
    assert_accessible(maja)
    maja.get_by_role("button", name="Jag har läst texten").click()
    maja.get_by_role("heading", name="Du har läst det här").wait_for()
    assert_accessible(maja)
    assert Confirmation.objects.get().person == cast.maja
    karin = open_browser(cast.karin, width=360)
    karin.goto(f"/redaktion/{article.pk}/lasning/")
    assert "0–4 av 11" in karin.locator(".reading-total").inner_text()
    assert_accessible(karin)
    karin.get_by_role("button", name="Påminn de övriga").click()
    karin.get_by_text("Karin Berg lät påminna de övriga").wait_for()


def test_one_chooses_what_to_hear_of_and_stops_a_mail_without_sign_in(cast, open_browser, assert_accessible):
    page = open_browser(cast.maja, width=360)
    page.goto("/min-sida/notiser/val/")
    assert_accessible(page)
    page.get_by_role("group", name="Blogginlägg").get_by_label("Med mejl").select_option("daily")
    page.get_by_role("button", name="Spara").click()
    page.get_by_text("Dina val är sparade.").wait_for()
    assert wishes_of(cast.maja)[Kind.BLOG] == (False, Cadence.DAILY)
    anybody = open_browser()
    anybody.goto("/" + address_to_stop(cast.maja, Cadence.DAILY).split("/", 3)[3])
    assert_accessible(anybody)
    anybody.get_by_role("button", name="Sluta få mejlen").click()
    anybody.get_by_role("heading", name="Nu är det avstängt").wait_for()
    assert_accessible(anybody)
    assert wishes_of(cast.maja)[Kind.BLOG] == (False, Cadence.NEVER)
