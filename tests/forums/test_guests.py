"""Guests from outside: invited by mail, answering by a link of their own, seeing one page and no more."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accounts.models import Mail, Person
from forums import announcing, naming, registering
from forums.models import Forum, Registration
from tests.visiting import Visitor

pytestmark = pytest.mark.django_db

JOIN = "https://mote.example/hemlig"


@pytest.fixture
def invite(cast):
    """A function that names Gisela as a guest at a forum."""

    def name(forum, **fields):
        facts = {
            "email": "gisela@granne.example",
            "given_name": "Gisela",
            "family_name": "Grann",
            "language": "sv",
        }
        return naming.invite_guest(forum, **facts | fields, by=cast.fatima)

    return name


def link_in(mail):
    """The path of the guest's page, as it stands in the mail."""
    return re.search(r"(/gast/[^\s\"<]+/)", mail.text).group(1)


def test_a_guest_answers_by_a_link_and_twice_is_once(cast, make_forum, invite):
    forum = make_forum(announced=False)
    invite(forum)
    announcing.announce(forum, by=cast.fatima)
    mail = Mail.objects.get(to__email="gisela@granne.example")
    assert "Länken är bara din" in mail.text
    assert mail.calendar_method == "REQUEST"
    assert forum.get_absolute_url() not in mail.text + mail.html + mail.calendar

    gisela = Visitor(mail.to).go(link_in(mail)).sees("Tillit i vardagen", "Gisela Grann")
    gisela.press("Ja, jag kommer").sees("Du är anmäld")
    answer = Registration.objects.get(person=mail.to)
    assert (answer.takes_part, answer.side) == (True, "")
    registering.register(forum, person=mail.to, by=mail.to)
    assert Registration.objects.filter(person=mail.to).count() == 1
    assert Mail.objects.filter(event="registration_confirmed").count() == 1
    gisela.press("Avanmäl mig").sees("Du är avanmäld")
    assert "Från Samspel" not in gisela.text  # the link on a printed programme would be anybody's


def test_a_guest_sees_the_join_link_only_while_registered(cast, make_forum, invite):
    forum = make_forum(join_url=JOIN)
    guest = invite(forum)
    announcing.invite_newcomers(forum, by=cast.fatima)
    client, page = Client(), reverse("forums:guest", args=[guest.token])
    calendar = reverse("forums:guest_calendar", args=[guest.token])
    assert JOIN not in client.get(page).text + client.get(calendar).text
    answer = registering.register(forum, person=guest.person, by=guest.person, mode="online")
    assert JOIN in client.get(page).text
    assert Calendar.from_ical(client.get(calendar).text).walk("VEVENT")[0]["conference"] == JOIN
    registering.cancel(answer, by=guest.person)
    assert JOIN not in client.get(page).text + client.get(calendar).text


def test_the_link_opens_nothing_of_the_portal(cast, make_forum, invite):
    forum = make_forum()
    guest = invite(forum)
    client = Client()
    page = client.get(reverse("forums:guest", args=[guest.token]))
    ways = set(re.findall(r'href="(/[^"]*)"', page.text))
    assert {way for way in ways if not way.startswith(("/static/", "/gast/"))} == set()
    assert "sessionid" not in client.cookies
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert page["Referrer-Policy"] == "same-origin"
    for path in ("/", forum.get_absolute_url(), f"/personer/{cast.maja.pk}/"):
        assert client.get(path).status_code == 302


def test_a_guest_has_no_account_and_is_found_by_nobody(cast, make_forum, invite, client_as):
    guest = invite(make_forum())
    person = guest.person
    assert not person.is_active
    assert not person.has_usable_password()
    assert not Client().login(username=person.email, password="")
    assert person.family_name not in client_as(cast.maja).get("/personer/?q=Gisela").text
    assert person.family_name not in client_as(cast.maja).get("/sok/?q=Gisela").text
    assert client_as(cast.maja).get(f"/personer/{person.pk}/").status_code == 404


def test_links_that_are_not_ours_open_nothing(cast, make_forum, invite):
    forum = make_forum()
    guest = invite(forum)
    other = naming.leave_out(forum, cast.ulla, by=cast.fatima)
    for token in (guest.token + "x", guest.key.hex, f"{guest.key.hex}:x", "x" * 300, other.token):
        for name in ("guest", "guest_calendar"):
            assert Client().get(reverse(f"forums:{name}", args=[token])).status_code == 404


def test_a_link_that_opens_nothing_says_so_and_leads_to_no_sign_in(make_forum, invite):
    forum = make_forum()
    cut_off = reverse("forums:guest", args=[invite(forum).token[:-3]])
    for answered in (Client().get(cut_off), Client().post(cut_off, {"answer": "register"})):
        assert answered.status_code == 404
        assert "Länken fungerar inte längre" in answered.text
        assert "/konto/login/" not in answered.text
        assert forum.title not in answered.text


def test_a_changed_link_makes_the_one_before_worthless(cast, make_forum, invite, client_as):
    forum = make_forum()
    guest = invite(forum)
    announcing.invite_newcomers(forum, by=cast.fatima)
    before = reverse("forums:guest", args=[guest.token])
    client_as(cast.fatima).post(reverse("forums:change_link", args=[forum.slug, guest.pk]))
    assert Client().get(before).status_code == 404
    assert Client().get(link_in(Mail.objects.get(event="guest_link"))).status_code == 200


def test_taking_a_guest_back_closes_the_page_and_frees_the_seat(cast, make_forum, invite, client_as):
    forum = make_forum(seats=1)
    guest = invite(forum)
    announcing.invite_newcomers(forum, by=cast.fatima)
    registering.register(forum, person=guest.person, by=guest.person)
    url = reverse("forums:take_back", args=[forum.slug, guest.pk])
    for _twice in range(2):
        assert client_as(cast.fatima).post(url).status_code == 302
    assert Client().get(reverse("forums:guest", args=[guest.token])).status_code == 404
    assert Forum.objects.get(pk=forum.pk).seats_taken == 0
    told = Mail.objects.get(event="invitation_withdrawn")
    assert told.calendar_method == "CANCEL"
    assert "/gast/" not in told.text + told.html + told.calendar


def test_the_link_expires_two_weeks_after_the_forum(cast, make_forum, invite):
    forum = make_forum()
    page = reverse("forums:guest", args=[invite(forum).token])
    with time_machine.travel(forum.ends_at + timedelta(days=13), tick=False):
        assert Client().get(page).status_code == 200
    with time_machine.travel(forum.ends_at + timedelta(days=14), tick=False):
        assert Client().get(page).status_code == 404


def test_a_draft_has_no_guest_page(make_forum, invite):
    guest = invite(make_forum(announced=False))
    assert Client().get(reverse("forums:guest", args=[guest.token])).status_code == 404


def test_the_page_and_the_mails_are_in_the_language_of_the_guest(cast, make_forum, invite):
    forum = make_forum()
    guest = invite(forum, language="en")
    announcing.invite_newcomers(forum, by=cast.fatima)
    assert Mail.objects.get(to=guest.person).subject == "Invitation: Chefsforum höst"
    page = Client().get(reverse("forums:guest", args=[guest.token]))
    assert 'lang="en"' in page.text
    assert "Yes, I am coming" in page.text


def test_somebody_who_works_here_is_no_guest(cast, make_forum, client_as):
    forum = make_forum()
    facts = {"given_name": "P", "family_name": "Å", "email": "PER@almvik.example", "language": "sv"}
    url = reverse("forums:add_guest", args=[forum.slug])
    response = client_as(cast.fatima).post(url, facts)
    assert response.status_code == 409
    assert "Per Åkesson arbetar här" in response.text
    assert "PER@almvik.example" in response.text
    assert not forum.named.exists()


def test_the_same_guest_at_two_forums_is_one_person_with_two_links(make_forum, invite):
    first, second = invite(make_forum()), invite(make_forum(title="Ett till"))
    assert invite(first.forum) == first
    assert first.person == second.person
    assert first.token != second.token
    assert Person.objects.filter(email="gisela@granne.example").count() == 1


def test_a_guest_keeps_the_seat_over_the_hourly_round_and_hears_of_changes(cast, make_forum, invite):
    forum = make_forum()
    guest = invite(forum)
    announcing.invite_newcomers(forum, by=cast.fatima)
    registering.register(forum, person=guest.person, by=guest.person)
    assert not Registration.objects.of_people_gone().exists()
    announcing.call_off(forum, by=cast.fatima)
    assert Mail.objects.filter(event="forum_called_off", to=guest.person).count() == 1


def test_a_free_seat_is_offered_to_a_guest_in_turn(cast, make_forum, invite):
    forum = make_forum(seats=1)
    guest = invite(forum)
    seated = registering.register(forum, person=cast.elsa, by=cast.elsa)
    waiting = registering.register(forum, person=guest.person, by=guest.person)
    registering.cancel(seated, by=cast.elsa)
    waiting.refresh_from_db()
    assert waiting.is_offer
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        registering.pass_on(forum)
    assert Mail.objects.get(event="offer_expired", to=guest.person).calendar_method == "CANCEL"
