"""At the door: somebody who was invited and never answered."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from accounts.models import LogEntry, Mail, Side
from forums import arriving, furnishing, mails, overruling, registering, seating
from forums.apportioning import set_quotas
from forums.deputising import send_deputy
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


def test_where_more_are_found_than_shown_the_page_says_so(cast, forum, managers, at_the_door):
    client, door = at_the_door
    people = managers(30)
    for number, said in ((29, False), (30, True)):
        for person in people[:number]:
            forum.invitations.get_or_create(person=person)
        page = client.get(door, {"namn": "nummer"}).text.partition("data-found")[2]
        assert ("Saknas någon? Skriv mer av namnet." in page) is said


def test_pressed_twice_they_are_let_in_once(cast, forum, at_the_door):
    client, door = at_the_door
    first, second = (client.post(door, {"person": cast.maja.pk}, **JSON).json() for _ in range(2))
    assert (first["before"], second["before"]) == (False, True)
    assert first["id"] == second["id"]
    assert Registration.objects.filter(person=cast.maja).count() == 1
    forum.refresh_from_db()
    assert forum.seats_taken == 1


def test_undone_they_have_no_seat_and_are_invited_as_before(cast, forum, at_the_door):
    client, door = at_the_door
    furnishing.set_tables(forum, count=1, by=cast.fatima)
    told = client.post(door, {"person": cast.maja.pk}, **JSON).json()
    seating.seat_latecomers(forum, by=cast.fatima)
    for press in range(2):
        undone = client.post(door, {"undo": told["id"]}, **JSON)
        assert undone.status_code == (409 if press else 200)
    assert not Registration.objects.exists()
    forum.refresh_from_db()
    assert forum.seats_taken == 0
    assert forum.invitations.unanswered().filter(person=cast.maja).exists()
    listed = client.get(reverse("forums:expected", args=[forum.slug])).json()
    assert listed["people"] == []
    assert [
        cast.maja.pk,
        "Maja Lind",
        "",
        reverse("forums:give_seat", args=[forum.slug]) + f"?person={cast.maja.pk}",
    ] in listed["invited"]
    mail = Mail.objects.get(event="let_in_taken_back")
    assert (mail.to, mail.calendar_method) == (cast.maja, "CANCEL")
    assert client.post(door, {"person": cast.maja.pk}, **JSON).json()["before"] is False


def test_who_had_not_been_told_of_the_seat_is_not_told_that_it_is_gone(cast, forum, at_the_door, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    client, door = at_the_door
    told = client.post(door, {"person": cast.maja.pk}, **JSON).json()
    undone = client.post(door, {"undo": told["id"]}, **JSON).json()
    assert undone["invited"] == [cast.maja.pk, "Maja Lind", "", None]
    for task in DBTaskResult.objects.filter(task_path=mails.tell.module_path):
        mails.tell.call(*task.args_kwargs["args"])
    assert not Mail.objects.filter(event__in=["registration_confirmed", "let_in_taken_back"]).exists()


def test_undoing_takes_no_seat_that_the_door_did_not_give(cast, forum, at_the_door):
    client, door = at_the_door
    mine = overruling.give_seat(forum, person=cast.maja, note="Ringde", by=cast.fatima)
    joined = Registration.objects.get(pk=client.post(door, {"person": cast.elsa.pk}, **JSON).json()["id"])
    Registration.objects.filter(pk=joined.pk).update(has_joined=True)  # she sat down at a table by its code
    arriving.check_in(mine, by=cast.fatima)
    for answer in (mine, joined):
        told = client.post(door, {"undo": answer.pk}, **JSON).json()
        assert "invited" not in told
        answer.refresh_from_db()
        assert answer.takes_part and answer.arrived_at is None


def test_who_was_let_in_without_network_is_let_in_when_it_is_over(cast, forum, client_as):
    door, seen = reverse("forums:door", args=[forum.slug]), forum.starts_at + timedelta(minutes=4)
    with time_machine.travel(forum.ends_at + timedelta(hours=30), tick=False):
        client = client_as(cast.fatima)
        assert client.post(door, {"person": cast.elsa.pk}, **JSON).status_code == 409
        client.post(door, {"person": cast.maja.pk, "at": seen.isoformat()}, **JSON)
    assert Registration.objects.get().arrived_at == seen
    assert Registration.objects.get().person == cast.maja
    assert not Mail.objects.filter(event="registration_confirmed").exists()


def test_nobody_is_let_in_weeks_before(cast, forum, client_as):
    door = reverse("forums:door", args=[forum.slug])
    refused = client_as(cast.fatima).post(door, {"person": cast.maja.pk}, **JSON)
    assert refused.status_code == 409
    assert "Incheckningen öppnar den" in refused.json()["error"]
    assert not Registration.objects.exists()


def test_a_full_room_takes_nobody_more_and_leads_to_where_a_seat_is_added(cast, forum, full, at_the_door):
    client, door = at_the_door
    page = client.get(door, {"namn": "maj"}).text
    seats = f"{reverse('forums:give_seat', args=[forum.slug])}?person={cast.maja.pk}"
    assert "Släpp in" not in page.partition("data-found")[2].partition("<template")[0]
    assert seats in page
    told = client.get(reverse("forums:expected", args=[forum.slug])).json()
    assert [cast.maja.pk, "Maja Lind", "lokalen är full", seats] in told["invited"]
    refused = client.post(door, {"person": cast.maja.pk}, **JSON)
    assert refused.status_code == 409
    assert "Alla platser är tagna" in refused.json()["error"]
    assert refused.json()["seats"] == seats
    assert not Registration.objects.filter(person=cast.maja).exists()
    forum.refresh_from_db()
    assert forum.seats_taken == forum.seats == 1


@pytest.mark.parametrize(
    ("kept", "people", "words"),
    [
        ((Side.OFFICIAL, None, 1), ("gunnar", "maja", "elsa"), "kvoten är full: tjänsteperson"),
        (("", "social", 1), ("olof", "maja", "ulla"), "kvoten är full: Socialförvaltningen"),
        ((Side.ELECTED, None, 3), ("gunnar", "maja", "elsa"), "platserna utanför kvoterna är tagna"),
    ],
)
def test_whose_quota_is_full_is_not_let_in_but_led_to_a_seat(cast, make_forum, kept, people, words):
    """One has taken the last seat of it, another comes late; for a third the room has seats left."""
    side, unit, seats = kept
    forum = make_forum(seats=4)
    set_quotas(forum, quotas=[(side, unit and getattr(cast.units, unit), seats)], by=cast.fatima)
    first, late, other = (getattr(cast, name) for name in people)
    registering.register(forum, person=first, by=first)
    door = reverse("forums:door", args=[forum.slug])
    with time_machine.travel(forum.starts_at, tick=False):
        fatima = Visitor.signed_in(cast.fatima).go(door)
        fatima.send(namn=late.full_name).sees(f"inbjuden, har inte svarat; {words}")
        fatima.follow("Ge en plats").send(note="Kom till dörren", adds_seat=True)
        expected = fatima.app.get(reverse("forums:expected", args=[forum.slug])).json
        why = {name: why for _pk, name, why, _seat in expected["invited"]}
        assert why[other.full_name] == ""
    assert Registration.objects.get(person=late).takes_part
    forum.refresh_from_db()
    assert forum.seats == 5


def test_pressed_on_a_page_from_before_it_was_full_it_leads_to_where_a_seat_is_given(cast, forum):
    """Without scripts, the page is what it was when it was opened."""
    set_quotas(forum, quotas=[(Side.OFFICIAL, cast.units.social, 1)], by=cast.fatima)
    with time_machine.travel(forum.starts_at, tick=False):
        fatima = Visitor.signed_in(cast.fatima).go(reverse("forums:door", args=[forum.slug]))
        fatima.send(namn="maj").sees("Släpp in")
        overruling.give_seat(forum, person=cast.olof, note="Ringde", by=cast.fatima)
        fatima.press("Släpp in").sees(
            "Alla platser i kvoten (tjänsteperson, Socialförvaltningen) är tagna", "Ge någon en plats"
        )
    assert not Registration.objects.filter(person=cast.maja).exists()


def test_when_it_is_over_nobody_is_led_to_a_seat_that_would_be_refused(cast, forum, client_as):
    with time_machine.travel(forum.ends_at, tick=False):
        client = client_as(cast.fatima)
        page = client.get(reverse("forums:door", args=[forum.slug]), {"namn": "maj"}).text
        told = client.get(reverse("forums:expected", args=[forum.slug])).json()
    line = page.partition("data-found")[2].partition("<template")[0]
    assert "inbjuden, har inte svarat; ingen mer får plats" in line
    assert "ge-plats" not in line
    assert [cast.maja.pk, "Maja Lind", "ingen mer får plats", None] in told["invited"]


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
    for most in (9, 15):
        for number in (1, 30):
            for person in people[:number]:
                forum.invitations.get_or_create(person=person)
            with django_assert_max_num_queries(most):
                told = client.get(address).json()
            assert len(told["invited"]) >= number
        set_quotas(forum, quotas=[(Side.OFFICIAL, cast.units.social, 1)], by=cast.fatima)


def test_who_sends_a_deputy_and_comes_themselves_is_given_the_seat_back(cast, make_forum, client_as):
    forum = make_forum(seats=1, allows_deputies=True)
    registering.register(forum, person=cast.maja, by=cast.maja)
    theirs = send_deputy(forum, person=cast.maja, deputy=cast.per, by=cast.maja)
    with time_machine.travel(forum.starts_at + timedelta(minutes=5), tick=False):
        fatima = Visitor.signed_in(cast.fatima).go(reverse("forums:door", args=[forum.slug]))
        fatima.send(namn="Maja").follow("Ge en plats").send(note="Per blev sjuk i morse.")
        fatima.sees("Maja Lind har en plats")
        mine = forum.registrations.get(person=cast.maja)
        arriving.check_in(mine, by=cast.fatima)
        theirs.refresh_from_db()
        assert not theirs.is_live
        assert mine.organiser_note == "Per blev sjuk i morse."
        assert Forum.objects.get(pk=forum.pk).seats_taken == 1
    assert Mail.objects.filter(to=cast.per).latest("queued_at").event == "deputy_withdrawn"
    assert Mail.objects.filter(to=cast.maja).latest("queued_at").event == "registration_confirmed"


def test_a_deputy_who_has_come_keeps_the_seat(cast, make_forum, client_as):
    forum = make_forum(allows_deputies=True)
    theirs = send_deputy(forum, person=cast.maja, deputy=cast.per, by=cast.maja)
    with time_machine.travel(forum.starts_at, tick=False):
        arriving.check_in(theirs, by=cast.fatima)
        address = reverse("forums:give_seat", args=[forum.slug])
        sent = {"person": cast.maja.email, "note": "Kom också.", "adds_seat": "on"}
        refused = client_as(cast.fatima).post(address, sent)
    assert refused.status_code == 409
    assert "Per Åkesson har kommit som ersättare för Maja Lind." in refused.text
    assert forum.registrations.get(person=cast.maja).sends_deputy
