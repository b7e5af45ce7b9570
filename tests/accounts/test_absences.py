"""Away from one day to another, and who is asked meanwhile."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import substituting
from accounts.models import Absence, LogEntry, Notification, Person

URL = reverse("accounts:absences")


def days(number):
    return timezone.localdate() + timedelta(days=number)


def told(stand_in="Olof Ek", start=0, end=7):
    return {"stand_in": stand_in, "starts_on": days(start), "ends_on": days(end)}


def texts(person):
    """What somebody has been told, newest first."""
    return list(person.notifications.values_list("text", flat=True))


def reach_of(person):
    return Person.objects.get(pk=person.pk).reach


def test_whoever_is_away_names_a_stand_in_who_hears_of_it(cast, client_as):
    client = client_as(cast.maja)
    assert client.post(URL, told()).status_code == 302
    absence = Absence.objects.get()
    assert (absence.person, absence.stand_in) == (cast.maja, cast.olof)
    assert reach_of(cast.olof).stands_in_for == {cast.maja.pk}
    assert "Maja Lind" in Notification.objects.get(person=cast.olof).text
    assert LogEntry.objects.about(absence).get().by == cast.maja
    assert "Olof Ek" in client.get(URL).text
    assert "Maja Lind" in client_as(cast.olof).get(URL).text


def test_only_on_those_days(cast):
    substituting.announce_absence(
        cast.maja, stand_in=cast.olof, starts_on=days(1), ends_on=days(2), by=cast.maja
    )
    assert not reach_of(cast.olof).stands_in_for
    current = [day for day in range(4) if Absence.objects.current(days(day)).exists()]
    assert current == [1, 2]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (told(stand_in="Maja Lind"), "Ingen kan vara sin egen ersättare."),
        (told(stand_in="Frida Forsman"), "Ingen som heter ”Frida Forsman” hittades"),
        (told(stand_in=""), "måste fyllas i"),
        (told(start=3, end=1), "Välj samma dag eller en senare."),
        (told(start=-9, end=-8), "Välj i dag eller en dag framöver."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_keeps_what_was_typed(cast, client_as, wrong, message):
    page = client_as(cast.maja).post(URL, wrong)
    assert page.status_code == 200
    assert message in page.text and str(wrong["ends_on"]) in page.text
    assert not Absence.objects.exists()


def test_one_is_not_away_twice_at_once(cast, client_as):
    client = client_as(cast.maja)
    client.post(URL, told())
    assert "Det finns redan en frånvaro" in client.post(URL, told(start=7, end=9)).text
    client.post(URL, told())  # a double click
    assert Absence.objects.count() == 1


def test_an_absence_is_taken_back_by_its_own_person_alone(cast, client_as):
    client_as(cast.maja).post(URL, told())
    absence = Absence.objects.get()
    client_as(cast.olof).post(URL, {"ended": absence.pk})
    assert Absence.objects.exists()
    client_as(cast.maja).post(URL, {"ended": absence.pk})
    client_as(cast.maja).post(URL, {"ended": absence.pk})
    assert not Absence.objects.exists()
    assert not reach_of(cast.olof).stands_in_for
    assert texts(cast.olof)[0].startswith("Du ersätter inte längre Maja Lind")
    assert len(texts(cast.olof)) == 2
    assert not texts(cast.maja), "she knows what she did herself"
