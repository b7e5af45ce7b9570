"""The calendar that a person subscribes to: own forums, no join link, closed when its address is changed."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from accounts.keying import change_key, key_of, take_key_back
from accounts.models import PersonalKey
from forums import announcing, naming, planning, registering
from tests.quieting import quietly
from tests.visiting import Visitor

pytestmark = pytest.mark.django_db

CALENDAR = PersonalKey.Purpose.CALENDAR


def address(person, purpose=CALENDAR):
    return reverse("forums:feed", args=[key_of(person, purpose).token])


def read(person):
    """{title: STATUS} of what stands in somebody's feed."""
    events = Calendar.from_ical(Client().get(address(person)).text).walk("VEVENT")
    return {str(event["summary"]).partition(":")[0]: str(event["status"]) for event in events}


def test_own_registrations_and_invitations_and_nothing_else(cast, make_forum):
    coming = make_forum(title="Kommer")
    make_forum(title="Inbjuden")
    declined = make_forum(title="Avböjt")
    make_forum(title="Andras", audience=cast.audiences.social)
    make_forum(title="Utkast", announced=False)
    called_off = make_forum(title="Inställt")
    registering.register(coming, person=cast.elsa, by=cast.elsa)
    registering.decline(declined, person=cast.elsa, by=cast.elsa)
    announcing.call_off(called_off, by=cast.fatima)
    assert read(cast.elsa) == {"Kommer": "CONFIRMED", "Inbjuden": "TENTATIVE", "Inställt": "CANCELLED"}
    assert read(cast.per) == {}
    assert "Utkast" not in read(cast.fatima)


def test_who_is_left_out_or_has_left_loses_the_forum(cast, make_forum):
    forum = make_forum(audience=cast.audiences.social, restricted=True)
    assert read(cast.maja) == {forum.title: "TENTATIVE"}
    naming.leave_out(forum, cast.maja, by=cast.fatima)
    assert read(cast.maja) == {}
    url = address(cast.olof)
    cast.olof.assignments.update(ends_on="2024-01-01")
    assert Client().get(url).status_code == 404


def test_the_join_link_is_never_in_it(cast, make_forum):
    forum = make_forum(join_url="https://mote.example/hemlig")
    registering.register(forum, person=cast.maja, by=cast.maja, mode="online")
    text = Client().get(address(cast.maja)).text
    assert forum.title in text
    assert "mote.example" not in text


def test_only_the_current_address_opens_it(cast, make_forum):
    make_forum()
    url = address(cast.maja)
    assert Client().get(url).status_code == 200
    assert Client().post(url).status_code == 405
    change_key(cast.maja, CALENDAR)
    assert Client().get(url).status_code == 404
    url = address(cast.maja)
    take_key_back(cast.maja, CALENDAR)
    assert Client().get(url).status_code == 404
    assert Client().get(address(cast.maja, PersonalKey.Purpose.FEED)).status_code == 404
    assert Client().get(reverse("forums:feed", args=["x" * 500])).status_code == 404


def test_a_client_is_told_that_nothing_is_new_until_something_is(cast, make_forum):
    forum = make_forum()
    client, url = Client(), address(cast.maja)
    first = client.get(url)
    with time_machine.travel(forum.announced_at + timedelta(hours=2), tick=False):
        again = client.get(url, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        planning.change_forum(forum, place="Rådhuset", by=cast.fatima)
        assert client.get(url, headers={"if-none-match": first["ETag"]}).status_code == 200
    assert first["Cache-Control"] == "private, no-cache"


def test_a_forum_stands_there_a_month_after_it_was_held(cast, make_forum):
    forum = make_forum()
    registering.register(forum, person=cast.maja, by=cast.maja)
    with time_machine.travel(forum.ends_at + timedelta(days=29), tick=False):
        assert read(cast.maja) == {forum.title: "CONFIRMED"}
    with time_machine.travel(forum.ends_at + timedelta(days=31), tick=False):
        assert read(cast.maja) == {}


def test_the_address_is_made_changed_and_turned_off_on_my_page(cast):
    maja = Visitor.signed_in(cast.maja).go("/min-sida/")
    maja.press("Skapa en adress").sees("Adress att prenumerera på")
    before = cast.maja.keys.get().token
    form = maja.form("number")
    maja.press("Byt adress")
    form.submit("do", value="change")  # the same press once more: the new address stays
    after = cast.maja.keys.get().token
    assert before != after
    assert Client().get(reverse("forums:feed", args=[before])).status_code == 404
    assert Client().get(reverse("forums:feed", args=[after])).status_code == 200
    maja.go("/min-sida/").press("Stäng av").sees("Skapa en adress")
    assert not cast.maja.keys.exists()


@pytest.mark.parametrize("count", [1, 30])
def test_the_feed_costs_the_same_for_one_and_for_thirty(
    cast, make_forum, django_assert_max_num_queries, count
):
    with quietly():
        for number in range(count):
            make_forum(title=f"Forum {number}", audience=cast.audiences.social)
    url = address(cast.maja)
    with django_assert_max_num_queries(5):
        Client().get(url)
