"""The organiser's pages for kinds, materials, quotas and seats, by click and without a fault of axe-core."""

import pytest

from forums import catering, registering
from forums.models import ForumKind, Material
from tests.browser.announcing import announced_forum
from tests.browser.conftest import WIDTHS
from tests.cast import make_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", WIDTHS)
def test_an_organiser_shares_keeps_seats_and_gives_one(open_browser, assert_accessible, width):
    cast = make_cast()
    forum = announced_forum(cast, seats=2, asks_diet=True, asks_access=True)
    seated = registering.register(forum, person=cast.elsa, by=cast.elsa)
    catering.tell_needs(seated, by=cast.elsa, diet=["vegan"], access=["step_free"])
    page = open_browser(cast.fatima, width=width)
    page.goto("/forum/nytt/")
    page.get_by_role("link", name="Studiebesök").click()
    page.locator("a[aria-current]", has_text="Studiebesök").wait_for()
    assert_accessible(page)
    page.goto("/forum/slag/")
    page.get_by_role("link", name="Chefsmöte").click()
    page.get_by_role("button", name="Lägg till en programpunkt").click()
    assert_accessible(page)

    page.goto(f"/forum/{forum.slug}/redigera/material/")
    page.get_by_label("Namn").fill("Inspelningen")
    page.get_by_label("Slag").select_option(label="Inspelning")
    page.get_by_label("eller en länk").fill("https://film.example/abc")
    page.get_by_role("button", name="Dela", exact=True).click()
    page.get_by_role("link", name="Inspelningen").wait_for()
    assert Material.objects.get().kind == Material.Kind.RECORDING
    assert_accessible(page)

    page.goto(f"/forum/{forum.slug}/redigera/kvoter/")
    page.get_by_role("button", name="Lägg till en kvot").click()
    page.get_by_label("Åt").select_option(label="Förtroendevald")
    page.get_by_label("Platser").fill("1")
    page.get_by_label("Platser").press("Enter")  # saves, and adds no row
    page.get_by_text("Kvoterna är sparade.").wait_for()
    assert_accessible(page)

    page.goto(f"/forum/{forum.slug}/deltagare/ge-plats/")
    page.get_by_label("Vem får platsen?").fill("Folke Dahl")
    page.get_by_label("Varför").fill("Talar om budgeten")
    assert_accessible(page)
    page.get_by_role("button", name="Ge platsen").click()
    page.locator(".invalid-feedback, .alert-error").first.wait_for()  # the one elected seat is Elsa's
    page.get_by_label("Lägg till en plats").check()
    page.get_by_role("button", name="Ge platsen").click()
    page.get_by_text("Anteckning: Talar om budgeten").wait_for()
    assert_accessible(page)
    page.goto(f"/forum/{forum.slug}/deltagare/behov/")
    page.get_by_text("Vegansk kost").first.wait_for()
    assert_accessible(page)


def test_what_a_new_forum_follows_is_suggested_with_its_kind(open_browser):
    cast = make_cast()
    large = announced_forum(cast, kind=ForumKind.objects.get(pk="large"), title="Stora chefsforum i maj")
    visit = announced_forum(cast, kind=ForumKind.objects.get(pk="visit"), title="Vattenverket")
    page = open_browser(cast.fatima)
    page.goto("/forum/nytt/")
    kind, follows = page.locator("#id_kind"), page.locator("#id_follows")
    for chosen, suggested in (("large", str(large.pk)), ("meeting", ""), ("visit", str(visit.pk))):
        kind.select_option(chosen)
        assert follows.input_value() == suggested
    # Whoever has chosen otherwise is not contradicted.
    follows.select_option(str(large.pk))
    kind.select_option("visit")
    kind.select_option("meeting")
    assert follows.input_value() == str(large.pk)
