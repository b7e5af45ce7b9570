"""After the forum: one who took part tells what they thought, and the organiser sees how it went."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forums import evaluating
from forums.arriving import check_in
from forums.models import Forum
from tests.browser.conftest import WIDTHS
from tests.cast import make_cast
from tests.forums.room import E, O, make_room

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def room():
    """A forum that ended ten minutes ago; everybody but one was checked in, and five have told."""
    room = make_room(make_cast(), tables=2, each=2)
    now = timezone.now()
    Forum.objects.update(starts_at=now - timedelta(hours=3), ends_at=now - timedelta(minutes=10))
    for answer in list(room.forum.registrations.exclude(person=room.seated[2, E][1])):
        check_in(answer, by=room.cast.fatima)
    for person in (*room.seated[1, O], *room.seated[2, O], room.seated[2, E][0]):
        evaluating.give_verdict(
            room.forum, by=person, worth=4, heard=5, useful=3, words="Mer tid vid borden."
        )
    return room


@pytest.mark.parametrize("width", WIDTHS)
def test_a_verdict_is_given_in_a_minute_and_told_when_it_is_over(
    room, open_browser, assert_accessible, width
):
    page = open_browser(room.seated[1, E][0], width=width)
    page.goto(room.forum.get_absolute_url())
    page.get_by_role("link", name="Berätta vad du tyckte").click()
    assert_accessible(page)
    page.get_by_role("button", name="Skicka utan mitt namn").click()
    page.get_by_text("Välj ett betyg från 1 till 5.").first.wait_for()
    assert_accessible(page)
    for group in page.get_by_role("group").all():
        group.get_by_text("4", exact=True).click()
    page.get_by_role("button", name="Skicka utan mitt namn").click()
    page.get_by_text("Tack! Det du tyckte är sparat utan ditt namn.").wait_for()

    page = open_browser(room.cast.fatima, width=width)
    page.goto(f"{room.forum.get_absolute_url()}efterat/")
    page.get_by_text("6 av 7 har berättat vad de tyckte.").wait_for()
    assert_accessible(page)
    page.get_by_role("button", name="Stäng utvärderingen och se svaren").click()
    page.get_by_text("Med egna ord").wait_for()
    assert_accessible(page)
