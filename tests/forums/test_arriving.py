"""At the door: who has come, by a code or by name, once."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import LogEntry
from forums import arriving, furnishing, overruling, registering
from forums.models import Registration
from tests.visiting import Visitor

pytestmark = pytest.mark.django_db

JSON = {"headers": {"Accept": "application/json"}}


@pytest.fixture
def forum(make_forum):
    return make_forum()


@pytest.fixture
def maja(cast, forum):
    return registering.register(forum, person=cast.maja, by=cast.maja)


@pytest.fixture
def at_the_door(cast, forum, client_as):
    """Organiser's client and the address of the door, at nine in the morning of the day."""
    with time_machine.travel(forum.starts_at, tick=False):
        yield client_as(cast.fatima), reverse("forums:door", args=[forum.slug])


def arrived_at(registration):
    registration.refresh_from_db()
    return registration.arrived_at


def test_somebody_is_found_by_name_and_checked_in(cast, forum, maja):
    with time_machine.travel(forum.starts_at, tick=False):
        fatima = Visitor.signed_in(cast.fatima).go(reverse("forums:door", args=[forum.slug]))
        fatima.sees("0 av 1 har kommit").send(namn="maj").sees("Maja Lind")
        fatima.press("Checka in").sees("Maja Lind är incheckad, kl.", "1 av 1 har kommit")
        fatima.send(namn="maj").press("Ångra").sees("Maja Lind är inte längre incheckad.")
    assert arrived_at(maja) is None
    events = [entry.event for entry in LogEntry.objects.about(maja)]
    assert events[:2] == ["registration.arrival_taken_back", "registration.arrived"]


def test_a_second_scan_says_when_the_first_was(forum, maja, at_the_door):
    client, door = at_the_door
    code = arriving.code_of(maja)
    first = client.post(door, {"code": code}, **JSON).json()
    assert (first["id"], first["name"], first["before"]) == (maja.pk, "Maja Lind", False)
    with time_machine.travel(forum.starts_at + timedelta(minutes=20), tick=False):
        second = client.post(door, {"code": f"https://samspel.example{door}?kod={code}"}, **JSON).json()
    assert second["before"]
    assert second["at"] == first["at"] == timezone.localtime(forum.starts_at).strftime("%H.%M")
    assert first["at"] in second["words"]
    assert arrived_at(maja) == forum.starts_at


def test_what_a_phone_kept_while_it_had_no_network_counts_from_when_it_was(forum, maja, at_the_door):
    client, door = at_the_door
    seen = forum.starts_at - timedelta(minutes=7)
    assert "error" not in client.post(door, {"answer": maja.pk, "at": seen.isoformat()}, **JSON).json()
    assert arrived_at(maja) == seen


@pytest.mark.parametrize("hours", [-48, 5])
def test_a_clock_that_is_wrong_is_not_believed(forum, maja, at_the_door, hours):
    client, door = at_the_door
    seen = forum.starts_at + timedelta(hours=hours)
    client.post(door, {"answer": maja.pk, "at": seen.isoformat()}, **JSON)
    assert arrived_at(maja) == forum.starts_at


@pytest.mark.parametrize(
    ("edge", "hours", "words"),
    [
        ("starts_at", -13, "Incheckningen öppnar den"),
        ("starts_at", -11, ""),
        ("ends_at", 13 * 24, ""),
        ("ends_at", 15 * 24, "Incheckningen stängde den"),
    ],
)
def test_the_door_is_open_from_the_evening_before_until_two_weeks_after(maja, client_as, edge, hours, words):
    forum = maja.forum
    door = reverse("forums:door", args=[forum.slug])
    with time_machine.travel(getattr(forum, edge) + timedelta(hours=hours), tick=False):
        client = client_as(forum.organiser)
        page = client.get(door).text
        answer = client.post(door, {"answer": maja.pk}, **JSON)
    assert answer.status_code == (409 if words else 200)
    assert answer.json().get("error", "").startswith(words)
    assert ("Incheckningen öppnar" in page or "Incheckningen stängde" in page) is bool(words)
    assert bool(arrived_at(maja)) is not bool(words)


def test_what_a_phone_kept_is_taken_in_when_the_door_has_closed(forum, maja, cast, client_as):
    seen = forum.starts_at + timedelta(minutes=3)
    door = reverse("forums:door", args=[forum.slug])
    with time_machine.travel(forum.ends_at + timedelta(days=20), tick=False):
        told = client_as(cast.fatima).post(door, {"answer": maja.pk, "at": seen.isoformat()}, **JSON)
    assert told.status_code == 200
    assert arrived_at(maja) == seen


def test_who_cancels_has_not_come(cast, make_forum):
    forum = make_forum(join_url="https://mote.example/a")
    first, second = (registering.register(forum, person=who, by=who) for who in (cast.maja, cast.elsa))
    with time_machine.travel(forum.starts_at - timedelta(hours=2), tick=False):
        for answer in (first, second):
            arriving.check_in(answer, by=cast.fatima)
        registering.cancel(first, by=cast.maja)
        overruling.give_seat(forum, person=cast.maja, note="Kom ändå", by=cast.fatima)
    first.refresh_from_db()
    assert first.takes_part
    assert first.arrived_at is None
    assert arrived_at(second)


def test_who_is_not_registered_in_the_room_is_not_let_in(cast, make_forum, client_as):
    full = make_forum(seats=1, title="Fullt")
    registering.register(full, person=cast.maja, by=cast.maja)
    waiting = registering.register(full, person=cast.ulla, by=cast.ulla)
    with time_machine.travel(full.starts_at, tick=False):
        answer = client_as(cast.fatima).post(
            reverse("forums:door", args=[full.slug]), {"code": arriving.code_of(waiting)}, **JSON
        )
    assert answer.status_code == 409
    assert answer.json() == {"error": "Ulla Öberg är inte anmäld på plats."}
    assert arrived_at(waiting) is None


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"state": "waiting", "queued_at": timezone.now()}, "på väntelistan"),
        ({"mode": "online"}, "anmäld, på distans"),
        ({"state": "declined"}, "har tackat nej"),
        ({"state": "deputised"}, "skickar ersättare"),
    ],
)
def test_who_is_not_expected_in_the_room_is_found_with_their_answer(maja, at_the_door, answer, words):
    Registration.objects.filter(pk=maja.pk).update(**answer)
    client, door = at_the_door
    page = client.get(door, {"namn": "maj"}).text
    give_seat = f"{reverse('forums:give_seat', args=[maja.forum.slug])}?person={maja.person_id}"
    assert "Maja Lind" in page
    assert words in page
    assert "Ingen hittades" not in page.partition("data-found")[2]
    assert give_seat in page
    told = client.get(reverse("forums:expected", args=[maja.forum.slug])).json()
    assert told["people"] == []
    assert told["others"] == [[maja.pk, "Maja Lind", words, give_seat]]


def test_nobody_is_given_a_seat_at_a_forum_that_is_over(cast, forum, maja, client_as):
    Registration.objects.filter(pk=maja.pk).update(state="declined")
    with time_machine.travel(forum.ends_at, tick=False):
        page = client_as(cast.fatima).get(reverse("forums:door", args=[forum.slug]), {"namn": "maj"}).text
    assert "Maja Lind" in page
    assert "ge-plats" not in page


@pytest.mark.parametrize("code", ["1", "1:abc", "x" * 400, "å:ö", "kod="])
def test_what_is_no_code_lets_nobody_in(forum, maja, at_the_door, code):
    client, door = at_the_door
    assert client.post(door, {"code": code}, **JSON).status_code == 409
    assert not Registration.objects.arrived().exists()


def test_the_code_for_one_forum_opens_no_other(cast, make_forum, maja, client_as):
    other = make_forum(title="Ett annat")
    door = reverse("forums:door", args=[other.slug])
    answer = client_as(cast.fatima).post(door, {"code": arriving.code_of(maja)}, **JSON)
    assert answer.json() == {"error": "Koden hör inte till någon på det här forumet."}


def test_a_code_is_useless_to_others(cast, forum, maja, client_as):
    for person in (cast.maja, cast.elsa, cast.karin, cast.ada):
        client = client_as(person)
        door = reverse("forums:door", args=[forum.slug])
        assert client.post(door, {"code": arriving.code_of(maja)}, **JSON).status_code == 403
        assert client.get(door, {"kod": arriving.code_of(maja)}).status_code == 403
    assert arrived_at(maja) is None


def test_each_has_a_code_of_their_own_on_their_own_page(cast, forum, maja, client_as):
    address = reverse("forums:my_code", args=[forum.slug])
    mine = client_as(cast.maja)
    assert address in mine.get(forum.get_absolute_url()).text
    answer_page = reverse("forums:registration", args=[forum.slug])
    assert address in mine.get(answer_page).text
    assert address not in client_as(cast.ulla).get(answer_page).text
    assert "<svg" in mine.get(address).text
    assert client_as(cast.ulla).get(address).status_code == 404


def test_who_takes_part_online_has_no_code_to_show(cast, make_forum, client_as):
    forum = make_forum(join_url="https://mote.example/hemlig")
    registering.register(forum, person=cast.maja, by=cast.maja, mode="online")
    page = client_as(cast.maja).get(reverse("forums:registration", args=[forum.slug])).text
    assert reverse("forums:my_code", args=[forum.slug]) not in page


def test_the_list_of_those_expected_is_sent_once(cast, forum, maja, at_the_door):
    client, _door = at_the_door
    address = reverse("forums:expected", args=[forum.slug])
    first = client.get(address)
    told = first.json()
    assert (told["people"], told["others"]) == ([[maja.pk, "Maja Lind", None, None]], [])
    assert maja.person_id not in [person for person, *_rest in told["invited"]]
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    arriving.check_in(maja, by=cast.fatima)  # at_the_door: the day has come
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_badges_cost_the_same_for_few_and_for_many(
    cast, forum, managers, client_as, django_assert_max_num_queries
):
    client = client_as(cast.fatima)
    people = managers(30)
    for number in (1, 30):
        for person in people[:number]:
            registering.register(forum, person=person, by=person)
        with django_assert_max_num_queries(9):
            page = client.get(reverse("forums:badges", args=[forum.slug]))
        assert page.text.count("<svg") >= number


def test_a_guest_speaks_for_no_side_on_the_badge_and_on_the_plan(cast, forum, invite_gisela):
    named = invite_gisela(forum)
    registering.register(forum, person=named.person, by=named.person)
    furnishing.set_tables(forum, count=1, by=cast.fatima)
    for name, css in (("badges", ".name-badge"), ("seat_plan", ".seat")):
        fatima = Visitor.signed_in(cast.fatima).go(reverse(f"forums:{name}", args=[forum.slug]))
        (shown,) = fatima.page.html.select(css)
        words = shown.get_text(" ", strip=True)
        assert "Gisela Grann" in words
        assert "Gäst" in words
        assert "Gemensamt" not in words


def test_without_script_too_whose_names_begin_so_come_first_in_swedish_order(
    cast, forum, managers, client_as
):
    names = [("Johan", "Alm"), ("Anna", "Östlund"), ("Anders", "Åberg"), ("Per", "Ek-Andersson")]
    for person, (person.given_name, person.family_name) in zip(managers(4), names, strict=True):
        person.save()
        registering.register(forum, person=person, by=person)
    door = reverse("forums:door", args=[forum.slug])
    text = client_as(cast.fatima).get(f"{door}?namn=an").text
    found = re.findall('class="door-name">([^<]+)', text)
    assert found[:4] == ["Per Ek-Andersson", "Anders Åberg", "Anna Östlund", "Johan Alm"]


def test_people_of_one_name_are_told_apart(cast, forum, maja, managers, client_as):
    (other,) = managers(1)
    other.given_name, other.family_name = "Maja", "Lind"
    other.save()
    registering.decline(forum, person=other, by=other)
    registering.register(forum, person=cast.elsa, by=cast.elsa)
    client, door = client_as(cast.fatima), reverse("forums:door", args=[forum.slug])
    told = client.get(reverse("forums:expected", args=[forum.slug])).json()
    apart = {f"Maja Lind ({post})" for person in (cast.maja, other) for post in person.assignments.all()}
    assert len(apart) == 2
    assert {told["people"][0][1], told["others"][0][1]} == apart
    assert told["people"][1][1] == "Elsa Ängman"
    assert set(re.findall('class="door-name">([^<]+)', client.get(f"{door}?namn=maja").text)) == apart


def test_the_code_of_who_has_no_seat_any_more_leads_to_what_holds(cast, forum, maja, client_as):
    address = reverse("forums:my_code", args=[forum.slug])
    registering.cancel(maja, by=cast.maja)
    page = client_as(cast.maja).get(address, follow=True)
    assert "Du har inte längre någon plats på forumet." in page.text
    assert client_as(cast.ulla).get(address).status_code == 404
