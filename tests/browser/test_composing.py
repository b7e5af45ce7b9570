"""An audience put together on the form of a forum, by click and by key, counted as one chooses."""

import pytest

from forums.models import Forum
from tests.browser.announcing import announced_forum
from tests.browser.conftest import WIDTHS
from tests.cast import make_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", WIDTHS)
def test_an_audience_is_put_together_and_counted(open_browser, assert_accessible, width):
    cast = make_cast()
    forum = announced_forum(cast)
    page = open_browser(cast.fatima, width=width)
    page.goto(f"/forum/{forum.slug}/redigera/")
    count, rows = page.locator("#audience-count"), page.locator("[data-audience-rows]")
    assert not rows.is_visible()
    chosen = count.inner_text()
    page.get_by_label("Inbjudna", exact=True).select_option(label="Egen målgrupp, se nedan")
    unit = page.get_by_role("combobox", name="I enheten, med allt under den")
    unit.first.select_option(value=str(cast.units.social.pk))
    count.get_by_text("2 personer", exact=True).first.wait_for()
    assert "2 personer" not in chosen
    # The rest by key: the new row has the focus, then its unit.
    page.get_by_role("button", name="Lägg till en rad").press("Enter")
    page.locator("#id_rules-1-group:focus").wait_for()
    page.keyboard.press("Tab")
    page.locator("#id_rules-1-unit:focus").wait_for()
    page.keyboard.type(cast.units.schools.name)
    count.get_by_text("3 personer", exact=True).first.wait_for()
    assert_accessible(page)
    page.get_by_label("Tema").press("Enter")  # saves, though other buttons stand before "Save"
    page.get_by_text("Forumet är sparat.").wait_for()
    saved = Forum.objects.get(pk=forum.pk).people_meant()
    assert {person.pk for person in saved} == {cast.maja.pk, cast.olof.pk, cast.ulla.pk}
    assert rows.is_visible()
    page.get_by_label("Inbjudna", exact=True).select_option(label="Socialförvaltningen")
    rows.wait_for(state="hidden")
    with page.expect_navigation():
        page.get_by_role("button", name="Spara", exact=True).click()
    assert Forum.objects.get(pk=forum.pk).audience == cast.audiences.social
    assert_accessible(page)
