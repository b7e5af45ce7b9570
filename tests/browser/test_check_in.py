"""At the door: the network is lost and comes back, somebody shows a code twice."""

import pytest
from django.conf import settings

from accounts.models import Person
from forums import arriving
from forums.apportioning import set_quotas
from forums.models import Invitation, Registration, Table
from forums.overruling import give_seat
from tests.browser.conftest import WIDTHS, sign_in_anew
from tests.cast import make_cast, make_people
from tests.forums.room import E, make_room

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def room():
    return make_room(make_cast(), tables=2, each=2)


def door_of(room):
    return f"/forum/{room.forum.slug}/incheckning/"


def has_come(person):
    return Registration.objects.arrived().filter(person=person).exists()


@pytest.mark.parametrize("width", WIDTHS)
def test_who_comes_while_the_network_is_gone_is_kept_and_sent(room, open_browser, assert_accessible, width):
    first, second = room.seated[1, E][0], room.seated[2, E][0]
    Table.objects.filter(pk=room.tables[0].pk).update(name="Socialförvaltningen")
    page = open_browser(room.cast.fatima, width=width)
    page.goto(door_of(room))
    page.locator("[data-arrived]", has_text="0").wait_for()
    page.fill("#namn", first.family_name)
    page.locator("[data-found] li", has_text=first.full_name).get_by_text("Socialförvaltningen").wait_for()
    page.get_by_role("button", name=f"Checka in {first.full_name}").click()
    page.locator("[data-told][data-kind=in]", has_text=f"{first.full_name} är incheckad").wait_for()
    assert has_come(first)
    assert_accessible(page)

    page.context.set_offline(True)
    page.fill("#namn", second.family_name)
    page.get_by_role("button", name=f"Checka in {second.full_name}").click()
    page.get_by_text("1 väntar på nätet").wait_for()
    told = page.locator("[data-told][data-kind=waits]")
    assert told.inner_text() == f"{second.full_name}: väntar på nätet. Bord 2."
    assert not has_come(second)
    assert_accessible(page)

    page.context.set_offline(False)
    page.locator("[data-told][data-kind=in]", has_text=f"{second.full_name} är incheckad").wait_for()
    page.locator("[data-queue]").wait_for(state="hidden")
    assert has_come(second)


def test_a_door_outlives_the_session_in_which_it_was_opened(room, open_browser):
    person = room.seated[1, E][0]
    page = open_browser(room.cast.fatima, allow=(403,))
    page.goto(door_of(room))
    page.locator("[data-arrived]", has_text="0").wait_for()
    signed_in = page.context.cookies()
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.fill("#namn", person.family_name)
    page.get_by_role("button", name=f"Checka in {person.full_name}").click()
    page.locator("[data-told]", has_text="Du har loggats ut").wait_for()
    sign_in_anew(page, signed_in)
    page.locator("[data-told][data-kind=in]", has_text=f"{person.full_name} är incheckad").wait_for()
    assert has_come(person)


def test_whose_names_begin_as_it_was_written_come_first_and_what_is_left_out_is_said(room, open_browser):
    people = list(Person.objects.filter(registrations__forum=room.forum).order_by("pk"))
    for number, person in enumerate(people):
        Person.objects.filter(pk=person.pk).update(given_name="Johan", family_name=f"Ekman {number}")
    Person.objects.filter(pk=people[-1].pk).update(given_name="Lars-Anders")
    Person.objects.filter(pk=people[-2].pk).update(family_name="Östman Andersson")
    page = open_browser(room.cast.fatima)
    page.goto(door_of(room))
    page.locator("[data-arrived]", has_text="0").wait_for()
    page.fill("#namn", "an")
    page.locator("[data-found] li").nth(len(people) - 1).wait_for()
    names = page.locator("[data-found] .door-name").all_inner_texts()
    assert len(names) == len(people)
    assert set(names[:2]) == {f"Lars-Anders Ekman {len(people) - 1}", "Johan Östman Andersson"}
    assert "Skriv mer av namnet" not in page.locator("[data-found]").inner_text()
    make_people([(f"j{n}", "Johan", f"Alm {n}") for n in range(30)], room.cast.units.schools, "Rektor")
    room.forum.invitations.bulk_create(
        Invitation(forum=room.forum, person=person)
        for person in Person.objects.filter(family_name__startswith="Alm ")
    )
    page.goto(f"{door_of(room)}?namn=johan")
    page.get_by_text("Saknas någon? Skriv mer av namnet.").wait_for()


def test_following_the_others_takes_no_button_away(room, open_browser):
    """The door asks anew every five seconds: whoever is on the way to a button finds it where it was."""
    person = room.seated[1, E][0]
    page = open_browser(room.cast.fatima)
    page.clock.install()
    page.goto(door_of(room))
    page.locator("[data-arrived]", has_text="0").wait_for()
    page.fill("#namn", person.family_name)
    button = page.get_by_role("button", name=f"Checka in {person.full_name}")
    button.focus()
    arriving.check_in(room.forum.registrations.get(person=room.seated[2, E][0]), by=room.cast.fatima)
    page.clock.run_for(5000)
    page.locator("[data-arrived]", has_text="1").wait_for()
    page.keyboard.press("Enter")
    page.locator("[data-told][data-kind=in]", has_text=f"{person.full_name} är incheckad").wait_for()


def test_who_is_let_in_at_one_door_is_counted_at_the_other(room, open_browser):
    person = room.seated[1, E][0]
    here, there = (open_browser(room.cast.fatima, width=width) for width in WIDTHS)
    for page in (here, there):
        page.goto(door_of(room))
        page.locator("[data-arrived]", has_text="0").wait_for()
    here.fill("#namn", person.family_name)
    here.get_by_role("button", name=f"Checka in {person.full_name}").click()
    for page in (here, there):
        page.locator("[data-arrived]", has_text="1").wait_for()
    there.fill("#namn", person.family_name)
    there.locator("[data-found] li", has_text=person.full_name).get_by_text("kom ").wait_for()


@pytest.mark.parametrize("width", WIDTHS)
def test_who_is_not_expected_is_found_with_a_way_to_a_seat(room, open_browser, assert_accessible, width):
    person = room.seated[1, E][0]
    Registration.objects.filter(person=person).update(state="declined", table=None)
    page = open_browser(room.cast.fatima, width=width)
    page.goto(door_of(room))
    page.fill("#namn", person.family_name)
    line = page.locator("[data-found] li", has_text=person.full_name)
    line.get_by_text("har tackat nej").wait_for()
    assert_accessible(page)
    line.get_by_role("link", name="Ge en plats").click()
    page.get_by_role("heading", name="Ge någon en plats").wait_for()
    assert person.full_name in page.get_by_label("Vem får platsen?").input_value()


def test_a_code_shown_twice_says_when_it_was_first(room, open_browser, assert_accessible):
    person = room.seated[1, E][0]
    answer = Registration.objects.get(person=person)
    page = open_browser(room.cast.fatima)
    for words in (f"{person.full_name} är incheckad", f"{person.full_name} är redan incheckad"):
        page.goto(f"{door_of(room)}?kod={arriving.code_of(answer)}")
        assert_accessible(page)
        page.get_by_role("button", name="Checka in", exact=True).click()
        page.get_by_text(words).wait_for()


@pytest.mark.parametrize("width", WIDTHS)
def test_ones_own_code_is_large_and_the_badges_are_printed(room, open_browser, assert_accessible, width):
    person = room.seated[1, E][0]
    page = open_browser(person, width=width)
    page.goto(f"/forum/{room.forum.slug}/min-kod/")
    assert page.locator(".my-code-qr svg").bounding_box()["width"] > 200
    assert_accessible(page)
    page = open_browser(room.cast.fatima, width=width)
    page.goto(f"/forum/{room.forum.slug}/incheckning/namnskyltar/")
    page.locator(".name-badge", has_text=person.full_name).wait_for()
    assert_accessible(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_who_never_answered_is_let_in_by_one_press_without_network_too(
    room, open_browser, assert_accessible, width
):
    person = room.cast.maja
    room.forum.invitations.get_or_create(person=person)
    page = open_browser(room.cast.fatima, width=width)
    page.goto(door_of(room))
    page.fill("#namn", person.family_name)
    line = page.locator("[data-found] li", has_text=person.full_name)
    line.get_by_text("inbjuden, har inte svarat").wait_for()
    assert_accessible(page)
    page.context.set_offline(True)
    line.get_by_role("button", name=f"Släpp in {person.full_name}").click()
    page.locator("[data-told][data-kind=waits]", has_text=person.full_name).wait_for()
    page.get_by_text("1 väntar på nätet").wait_for()
    page.context.set_offline(False)
    page.locator("[data-told][data-kind=in]", has_text=f"{person.full_name} är incheckad").wait_for()
    assert has_come(person)
    line.get_by_text("kom ").wait_for()


@pytest.mark.parametrize("width", WIDTHS)
def test_whose_quota_is_full_is_led_to_a_seat_and_let_in_when_there_is_one_more(
    room, open_browser, assert_accessible, width
):
    cast, social = room.cast, room.cast.units.social
    set_quotas(room.forum, quotas=[("", social, 1)], by=cast.fatima)
    give_seat(room.forum, person=cast.olof, note="Ringde", by=cast.fatima)
    room.forum.invitations.create(person=cast.maja)
    page = open_browser(cast.fatima, width=width)
    page.goto(door_of(room))
    page.fill("#namn", "maja")
    line = page.locator("[data-found] li", has_text="Maja Lind")
    line.get_by_text("inbjuden, har inte svarat; kvoten är full: Socialförvaltningen").wait_for()
    assert line.get_by_role("button").count() == 0
    assert line.get_by_role("link", name="Ge en plats").is_visible()
    assert_accessible(page)
    set_quotas(room.forum, quotas=[("", social, 2)], by=cast.fatima)
    line.get_by_role("button", name="Släpp in Maja Lind").click()
    page.locator("[data-told][data-kind=in]", has_text="Maja Lind är incheckad").wait_for()
    assert has_come(cast.maja)
