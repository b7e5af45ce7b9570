"""Somebody falls ill: an administrator, or whoever leads the unit, names the stand-in."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Absence, LogEntry, Person, Role
from accounts.permissions import may_tell_of_absence
from tests.cast import assign, make_person

pytestmark = pytest.mark.django_db


def page_of(person):
    return reverse("accounts:absences_of", args=[person.pk])


def told(stand_in="Olof Ek", start=0, end=7):
    today = timezone.localdate()
    days = {"starts_on": today + timedelta(days=start), "ends_on": today + timedelta(days=end)}
    return {"stand_in": stand_in, **days}


def texts(person):
    """What somebody has been told, newest first."""
    return list(person.notifications.values_list("text", flat=True))


def reach_of(person):
    return Person.objects.get(pk=person.pk).reach


def may(user, person):
    return may_tell_of_absence(Person.objects.get(pk=user.pk), person)


def test_whoever_leads_the_unit_names_a_stand_in_for_one_who_is_ill(cast, client_as):
    gunnar = client_as(cast.gunnar)
    assert page_of(cast.fatima) in gunnar.get(cast.fatima.get_absolute_url()).text
    done = gunnar.post(page_of(cast.fatima), told("Karin Berg"), follow=True)
    assert "Karin Berg ersätter Fatima Nasser." in done.text
    absence = Absence.objects.get()
    assert (absence.person, absence.stand_in) == (cast.fatima, cast.karin)
    assert reach_of(cast.karin).stands_in_for == {cast.fatima.pk}
    assert LogEntry.objects.about(absence).get().by == cast.gunnar
    (hers,) = texts(cast.fatima)
    assert hers.startswith("Gunnar Holm har lagt in att du är borta")
    assert "Karin Berg ersätter dig" in hers
    assert texts(cast.karin)[0].startswith("Du ersätter Fatima Nasser")
    assert not texts(cast.gunnar)


def test_it_is_taken_back_by_the_person_or_by_whoever_may_set_it_and_both_hear_of_it(cast, client_as):
    gunnar = client_as(cast.gunnar)
    gunnar.post(page_of(cast.fatima), told("Karin Berg"))
    client_as(cast.ada).post(page_of(cast.fatima), {"ended": Absence.objects.get().pk})
    assert not Absence.objects.exists()
    assert texts(cast.karin)[0].startswith("Du ersätter inte längre Fatima Nasser")
    assert texts(cast.fatima)[0].startswith("Ada Nyström har tagit bort din frånvaro")
    gunnar.post(page_of(cast.fatima), told("Karin Berg"))
    client_as(cast.fatima).post(reverse("accounts:absences"), {"ended": Absence.objects.get().pk})
    assert not Absence.objects.exists()
    assert [text.startswith("Du ersätter inte längre") for text in texts(cast.karin)] == [True, False] * 2
    assert len(texts(cast.fatima)) == 3, "what she took back herself is no news to her"


def test_others_neither_open_the_page_nor_are_shown_the_way(cast, client_as):
    for stranger in (cast.karin, cast.maja, cast.elsa, cast.olof):
        client = client_as(stranger)
        assert page_of(cast.fatima) not in client.get(cast.fatima.get_absolute_url()).text
        assert client.get(page_of(cast.fatima)).status_code == 403
        assert client.post(page_of(cast.fatima), told()).status_code == 403
    assert client_as(cast.ada).get(page_of(cast.former)).status_code == 404
    assert client_as(cast.former).get(page_of(cast.fatima)).status_code == 403
    assert not Absence.objects.exists()


def test_an_absence_of_another_is_not_taken_back_there(cast, client_as):
    client_as(cast.maja).post(reverse("accounts:absences"), told())
    client_as(cast.gunnar).post(page_of(cast.fatima), {"ended": Absence.objects.get().pk})
    assert Absence.objects.get().person == cast.maja


def test_nobody_names_themselves(cast, client_as):
    for who, stand_in, words in (
        (cast.gunnar, "Gunnar Holm", "Utse någon annan än dig själv."),
        (cast.ada, "Ada Nyström", "Utse någon annan än dig själv."),
        (cast.gunnar, "Fatima Nasser", "Ingen kan vara sin egen ersättare."),
    ):
        page = client_as(who).post(page_of(cast.fatima), told(stand_in))
        assert page.status_code == 200
        assert words in page.text
        assert stand_in in page.text
    assert not Absence.objects.exists()


def test_one_s_own_page_is_the_other_one(cast, client_as):
    assert client_as(cast.maja).get(page_of(cast.maja)).url == reverse("accounts:absences")


def test_who_leads_a_unit_alone_is_led_from_above(cast):
    assert may(cast.olof, cast.maja), "she leads Hemtjänsten, and he the department above it"
    assert not may(cast.maja, cast.olof)
    assert may(cast.elsa, cast.folke), "the chair of his board"
    assert not may(cast.elsa, cast.per)
    nurse = make_person("nina", "Nina", "Norr")
    assign(nurse, cast.units.home_care, "Undersköterska")
    assert may(cast.maja, nurse)
    assert not may(cast.olof, nurse), "while somebody leads her nearest unit"
    cast.maja.assignments.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert may(cast.olof, nurse)
    assert not may(cast.maja, nurse)
    assert not may(nurse, nurse_of_another(cast))


def nurse_of_another(cast):
    approver = make_person("anders", "Anders", "Al")
    assign(approver, cast.units.home_care, "Samordnare", roles=[Role.APPROVER])
    return approver
