"""A manager answers an invitation from the mail, on a phone and at a desk."""

import re

import pytest
from django.conf import settings

from accounts.models import Mail
from forums import registering
from forums.models import Needs, Registration
from tests.browser.announcing import announced_forum
from tests.browser.conftest import WIDTHS
from tests.cast import make_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
State = Registration.State


@pytest.fixture
def cast():
    return make_cast()


def link_in_mail(person, event):
    """The path to which the button of the person's mail leads."""
    html = Mail.objects.get(to=person, event=event).html
    (address,) = set(re.findall(r'href="([^"]+/anmalan/)"', html))
    return address.removeprefix(settings.SITE_URL)


@pytest.mark.parametrize("width", WIDTHS)
def test_two_taps_from_the_mail_and_what_one_needs_below(cast, open_browser, assert_accessible, width):
    forum = announced_forum(cast, asks_diet=True, asks_access=True, seats=3)
    page = open_browser(cast.maja, width=width)
    page.goto(link_in_mail(cast.maja, "forum_invitation"))  # the first tap
    assert_accessible(page)
    yes = page.get_by_role("button", name="Ja, jag kommer")
    assert yes.bounding_box()["y"] + yes.bounding_box()["height"] <= 900, "seen without scrolling"
    yes.click()  # the second
    page.get_by_text("Du är anmäld. Välkommen!").wait_for()
    assert Registration.objects.get(forum=forum, person=cast.maja).takes_part
    page.goto(page.url)
    no = page.get_by_role("button", name="Avanmäl mig")
    assert no.bounding_box()["y"] + no.bounding_box()["height"] <= 900, "the way out is seen at once, too"
    page.get_by_label("Vegansk kost").check()
    page.get_by_label("Hörslinga").check()
    page.get_by_role("button", name="Spara det jag behöver").click()
    page.get_by_text("Det du behöver är noterat.").wait_for()
    assert page.get_by_label("Vegansk kost").is_checked()
    assert Needs.objects.count() == 1
    assert_accessible(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_last_seat_is_taken_while_the_form_is_open(cast, open_browser, assert_accessible, width):
    forum = announced_forum(cast, seats=1, allows_deputies=True)
    page = open_browser(cast.maja, width=width)
    page.goto(link_in_mail(cast.maja, "forum_invitation"))
    page.get_by_text("1 plats kvar").wait_for()
    registering.register(forum, person=cast.ulla, by=cast.ulla)
    page.get_by_role("button", name="Ja, jag kommer").click()
    page.get_by_text("Forumet är fullt. Du står på väntelistan.").wait_for()
    assert Registration.objects.get(person=cast.maja).state == State.WAITING
    page.get_by_label("Anmäl mig direkt om en plats blir ledig").check()
    page.get_by_role("button", name="Spara ändringen").click()
    page.get_by_text("Då anmäls du direkt.").wait_for()
    assert_accessible(page)
    registering.cancel(Registration.objects.get(person=cast.ulla), by=cast.ulla)
    page.reload()
    page.get_by_text("Du har en plats i lokalen.").wait_for()
    # Cannot come after all, and sends somebody.
    page.get_by_text("Skicka någon i ditt ställe").click()
    page.get_by_label("Vem kommer i ditt ställe?").fill("Per Åkesson")
    page.get_by_role("button", name="Utse ersättaren").click()
    page.get_by_text("Per Åkesson kommer i ditt ställe: anmäld.").wait_for()
    assert_accessible(page)
    assert Registration.objects.get(person=cast.per).takes_part
