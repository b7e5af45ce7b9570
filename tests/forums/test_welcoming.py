"""At the door: somebody who was invited and never answered."""

import pytest
import time_machine
from django.urls import reverse

from accounts.models import LogEntry
from forums import arriving, registering
from forums.models import Forum, Registration
from tests.visiting import Visitor

pytestmark = pytest.mark.django_db

JSON = {"headers": {"Accept": "application/json"}}


@pytest.fixture
def forum(make_forum):
    return make_forum()


@pytest.fixture
def at_the_door(cast, forum, client_as):
    with time_machine.travel(forum.starts_at, tick=False):
        yield client_as(cast.fatima), reverse("forums:door", args=[forum.slug])


@pytest.fixture
def full(cast, forum):
    """Its only seat is Gunnar's."""
    registering.register(forum, person=cast.gunnar, by=cast.gunnar)
    Forum.objects.filter(pk=forum.pk).update(seats=1)


@pytest.fixture
def refusal(cast, forum):
    return registering.decline(forum, person=cast.maja, by=cast.maja)


def test_they_are_found_by_name_and_let_in_by_one_press(cast, forum):
    with time_machine.travel(forum.starts_at, tick=False):
        fatima = Visitor.signed_in(cast.fatima).go(reverse("forums:door", args=[forum.slug]))
        fatima.send(namn="maj").sees("Maja Lind", "inbjuden, har inte svarat")
        fatima.press("Släpp in").sees("Maja Lind är incheckad, kl.", "1 av 1 har kommit")
    answer = Registration.objects.get(person=cast.maja)
    assert answer.takes_part
    assert answer.arrived_at == forum.starts_at
    assert answer.organiser_note
    forum.refresh_from_db()
    assert forum.seats_taken == 1
    assert next(entry.event for entry in LogEntry.objects.about(answer)) == "registration.arrived"


def test_pressed_twice_they_are_let_in_once(cast, forum, at_the_door):
    client, door = at_the_door
    first, second = (client.post(door, {"person": cast.maja.pk}, **JSON).json() for _ in range(2))
    assert (first["before"], second["before"]) == (False, True)
    assert first["id"] == second["id"]
    assert Registration.objects.filter(person=cast.maja).count() == 1
    forum.refresh_from_db()
    assert forum.seats_taken == 1


def test_a_full_room_takes_nobody_more_and_leads_to_where_a_seat_is_added(cast, forum, full, at_the_door):
    client, door = at_the_door
    page = client.get(door, {"namn": "maj"}).text
    seats = f"{reverse('forums:give_seat', args=[forum.slug])}?person={cast.maja.pk}"
    assert "Släpp in" not in page.partition("data-found")[2].partition("<template")[0]
    assert seats in page
    told = client.get(reverse("forums:expected", args=[forum.slug])).json()
    assert [cast.maja.pk, "Maja Lind", seats] in told["invited"]
    refused = client.post(door, {"person": cast.maja.pk}, **JSON)
    assert refused.status_code == 409
    assert "Alla platser är tagna" in refused.json()["error"]
    assert not Registration.objects.filter(person=cast.maja).exists()
    forum.refresh_from_db()
    assert forum.seats_taken == forum.seats == 1


def test_who_has_said_no_meanwhile_is_not_let_in_by_that_press(cast, refusal, at_the_door):
    client, door = at_the_door
    assert client.post(door, {"person": cast.maja.pk}, **JSON).status_code == 409
    assert not Registration.objects.arrived().exists()


def test_who_was_not_invited_is_not_let_in(cast, forum, at_the_door):
    client, door = at_the_door
    assert "Per Person" not in client.get(door, {"namn": cast.per.given_name}).text
    assert client.post(door, {"person": cast.yngve.pk}, **JSON).status_code == 409
    assert not Registration.objects.exists()


def test_nobody_but_the_organisers_lets_anybody_in(cast, forum, client_as):
    for person in (cast.maja, cast.per):
        answer = client_as(person).post(
            reverse("forums:door", args=[forum.slug]), {"person": cast.maja.pk}, **JSON
        )
        assert answer.status_code in {403, 404}
    assert not Registration.objects.exists()


def test_what_a_phone_kept_counts_from_when_it_was(cast, forum, at_the_door):
    client, door = at_the_door
    seen = forum.starts_at - arriving.DOORS_OPEN / 6
    client.post(door, {"person": cast.maja.pk, "at": seen.isoformat()}, **JSON)
    assert Registration.objects.get(person=cast.maja).arrived_at == seen


def test_the_door_costs_the_same_for_few_and_for_many(
    cast, forum, managers, client_as, django_assert_max_num_queries
):
    address = reverse("forums:expected", args=[forum.slug])
    client = client_as(cast.fatima)
    client.get(address)
    people = managers(30)
    for number in (1, 30):
        for person in people[:number]:
            forum.invitations.get_or_create(person=person)
        with django_assert_max_num_queries(9):
            told = client.get(address).json()
        assert len(told["invited"]) >= number
