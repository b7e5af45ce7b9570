"""What an organiser plans: the forum's own facts, and who may."""

from datetime import timedelta
from unittest import mock
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Mail
from forums import circulating, planning, registering
from forums.models import Forum, ProgrammeItem, Registration
from tests.cast import assign

KINDS = ProgrammeItem.Kind


def moment(at):
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")


def facts(cast, **fields):
    starts_at = (timezone.localtime() + timedelta(days=20)).replace(hour=9, minute=0)
    return {
        "form_key": uuid4(),
        "kind": "forum",
        "title": "Chefsforum på våren",
        "theme": "Öppenhet",
        "starts_at": moment(starts_at),
        "ends_at": moment(starts_at + timedelta(hours=6)),
        "registration_closes_at": moment(starts_at - timedelta(days=7)),
        "place": "Rådhuset",
        "audience": cast.audiences.leaders.pk,
        "unit": cast.units.office.pk,
        "organiser": "Fatima Nasser",
        **fields,
    }


# Facts


def test_a_forum_follows_one_that_begins_before_it(cast, client_as, make_forum):
    """Else nobody could answer in time for what it promised, and the summary would never come out."""
    later = make_forum(title="Chefsforum i vinter")
    start = timezone.localtime().replace(year=2036, month=12, day=3, hour=9, minute=0)
    Forum.objects.filter(pk=later.pk).update(starts_at=start, ends_at=start + timedelta(hours=3))
    client = client_as(cast.fatima)
    refused = client.post(reverse("forums:new"), facts(cast, follows=later.pk))
    assert refused.context["form"].errors["follows"] == [
        "Chefsforum i vinter börjar den 3 december 2036. Välj ett forum som börjar före det här, eller inget."
    ]
    assert Forum.objects.count() == 1
    assert client.post(reverse("forums:new"), facts(cast, follows="")).status_code == 302


def test_an_organiser_makes_a_draft_with_an_address_of_plain_letters(cast, client_as):
    response = client_as(cast.fatima).post(reverse("forums:new"), facts(cast))
    forum = Forum.objects.get()
    assert response.status_code == 302
    assert forum.slug == "chefsforum-pa-varen"
    assert forum.state == Forum.State.DRAFT
    assert forum.organiser == cast.fatima
    assert forum.starts_at.astimezone(timezone.get_current_timezone()).hour == 9


def test_a_taken_address_gets_a_number_and_the_form_keeps_its_own(cast, make_forum):
    assert [make_forum().slug, make_forum().slug] == ["chefsforum-host", "chefsforum-host-2"]
    assert make_forum(title="Nytt").slug == "nytt-2"


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "", "invalid-feedback"),
        ("title", "x" * 121, "invalid-feedback"),
        ("ends_at", "2026-01-01T09:00", "Forumet måste sluta efter att det har börjat."),
        ("registration_closes_at", "2036-01-01T09:00", "Sista svarsdag måste vara innan forumet börjar."),
        ("seats", "0", "invalid-feedback"),
        ("seats", "9" * 20, "invalid-feedback"),
        ("organiser", "Ingen Alls", "Ingen som heter ”Ingen Alls” hittades."),
    ],
)
def test_bad_facts_are_pointed_out_beside_the_field_and_kept(cast, client_as, field, value, message):
    response = client_as(cast.fatima).post(reverse("forums:new"), facts(cast, **{field: value}))
    assert response.status_code == 200
    assert message in response.text
    assert "is-invalid" in response.text
    assert "Öppenhet" in response.text
    assert not Forum.objects.exists()


def test_two_people_of_one_name_are_told_apart_by_address(cast, client_as):
    assign(
        other := type(cast.per).objects.create_user(
            "fatima2@almvik.example", given_name="Fatima", family_name="Nasser"
        ),
        cast.units.schools,
        "Lärare",
    )
    response = client_as(cast.fatima).post(reverse("forums:new"), facts(cast))
    assert "fatima2@almvik.example" in response.text
    client_as(cast.fatima).post(
        reverse("forums:new"), facts(cast, organiser=f"Fatima Nasser <{other.email}>")
    )
    assert Forum.objects.get().organiser == other


def test_the_mail_of_a_change_says_what_each_recipient_has_to_do(cast, make_forum):
    forum = make_forum(seats=1)
    offered, waiting = (registering.register(forum, person=who, by=who) for who in (cast.maja, cast.ulla))
    until = forum.starts_at - timedelta(days=4)
    forum.registrations.filter(pk=offered.pk).update(state="offered", offered_until=until)
    assert waiting.queue_place == 1
    held, closes = (timezone.localtime(at).day for at in (until, forum.answers_close_at))
    planning.change_forum(forum, place="Rådhuset", by=cast.fatima)
    told = Mail.objects.filter(event="forum_changed")
    for person, words, link in (
        (cast.maja, f"En plats hålls åt dig till den {held} ", "Tacka ja eller nej till platsen"),
        (cast.ulla, "Du behåller din plats på väntelistan.", "Se din plats på väntelistan"),
        (cast.elsa, f"Du har inte svarat än. Svara senast den {closes} ", "Svara på inbjudan"),
    ):
        mail = told.get(to=person)
        for part in (mail.text, mail.html):
            assert words in part
            assert link in part
            assert "Ditt svar står kvar" not in part
            assert reverse("forums:registration", args=[forum.slug]) in part


def test_who_has_not_answered_in_time_is_told_whom_to_ask_when_a_forum_changes(cast, make_forum):
    forum = make_forum()
    with time_machine.travel(forum.registration_closes_at + timedelta(minutes=1), tick=False):
        planning.change_forum(forum, place="Rådhuset", by=cast.fatima)
    mail = Mail.objects.get(event="forum_changed", to=cast.elsa)
    for part in (mail.text, mail.html):
        assert f"Svarstiden har gått ut. Har du frågor? Kontakta {cast.fatima.full_name}" in part
        assert "Svara senast" not in part


def test_a_nearer_last_day_is_told_to_those_who_have_not_answered(cast, make_forum):
    forum = make_forum()
    registering.register(forum, person=cast.maja, by=cast.maja)
    registering.decline(forum, person=cast.ulla, by=cast.ulla)
    later = forum.registration_closes_at + timedelta(days=1)
    planning.change_forum(forum, registration_closes_at=later, by=cast.fatima)
    assert not Mail.objects.filter(event="reminder_to_answer").exists()
    nearer = timezone.now() + timedelta(days=2)
    planning.change_forum(forum, registration_closes_at=nearer, by=cast.fatima)
    told = Mail.objects.filter(event="reminder_to_answer")
    assert {mail.to.given_name for mail in told} == {"Olof", "Gunnar", "Elsa", "Folke"}
    assert all(f"senast den {timezone.localtime(nearer).day} " in mail.text for mail in told)


def test_a_nearer_last_day_of_a_moved_forum_stands_in_the_mail_of_the_change(cast, make_forum):
    forum = make_forum()
    nearer = forum.registration_closes_at - timedelta(days=1)
    planning.change_forum(forum, registration_closes_at=nearer, place="Folkets hus", by=cast.fatima)
    assert not Mail.objects.filter(event="reminder_to_answer").exists()
    assert Mail.objects.filter(event="forum_changed").count() == 6


def test_moving_an_announced_forum_tells_everybody_once_and_keeps_answers(cast, make_forum):
    forum = make_forum(join_url="https://mote.example/hemlig")
    registering.register(forum, person=cast.maja, by=cast.maja)
    registering.decline(forum, person=cast.ulla, by=cast.ulla)
    forum = planning.change_forum(forum, place="Biblioteket", by=cast.fatima)
    planning.change_forum(forum, place="Biblioteket", by=cast.fatima)
    planning.change_forum(forum, theme="Ett nytt tema", by=cast.fatima)
    told = Mail.objects.filter(event="forum_changed")
    assert cast.maja in {mail.to for mail in told} and cast.elsa in {mail.to for mail in told}
    assert cast.ulla not in {mail.to for mail in told}
    assert told.filter(to=cast.maja).count() == 1
    assert "hemlig" in told.get(to=cast.maja).text
    assert "Ditt svar står kvar" in told.get(to=cast.maja).text
    assert "hemlig" not in told.get(to=cast.elsa).text + told.get(to=cast.elsa).calendar
    forum.refresh_from_db()
    assert forum.calendar_sequence == 2  # the place, and the theme that stands in the feeds' entries


def test_seats_are_never_fewer_than_those_taken(cast, make_forum, client_as):
    forum = make_forum(seats=3)
    for person in (cast.maja, cast.ulla):
        registering.register(forum, person=person, by=person)
    url = reverse("forums:edit", args=[forum.slug])
    kept = {"starts_at": moment(forum.starts_at), "ends_at": moment(forum.ends_at)}
    response = client_as(cast.fatima).post(url, facts(cast, seats=1, title="Nytt namn", **kept))
    assert "Fler platser än så är redan tagna eller erbjudna." in response.text
    assert "Nytt namn" in response.text
    forum.refresh_from_db()
    assert (forum.seats, forum.title) == (3, "Chefsforum höst")


def test_an_announced_forum_is_not_moved_into_the_past_by_a_slip(cast, make_forum, client_as):
    forum = make_forum(asks_diet=True)
    day = timedelta(days=60)
    sent = {
        "starts_at": moment(forum.starts_at - day),
        "ends_at": moment(forum.ends_at - day),
        "registration_closes_at": moment(forum.registration_closes_at - day),
    }
    url = reverse("forums:edit", args=[forum.slug])
    response = client_as(cast.fatima).post(url, facts(cast, title="Nytt namn", **sent))
    assert "Då vore forumet redan över." in response.text
    assert "Nytt namn" in response.text
    before = forum.ends_at
    forum.refresh_from_db()
    assert (forum.ends_at, forum.title) == (before, "Chefsforum höst")


def test_the_beginning_alone_is_not_moved_into_the_past(cast, make_forum, client_as):
    forum = make_forum(asks_diet=True)
    yesterday = forum.starts_at - timedelta(days=15)
    sent = {
        "starts_at": moment(yesterday),
        "ends_at": moment(forum.ends_at),
        "registration_closes_at": moment(yesterday - timedelta(days=1)),
    }
    url = reverse("forums:edit", args=[forum.slug])
    response = client_as(cast.fatima).post(url, facts(cast, title="Nytt namn", **sent))
    assert "Då hade forumet redan börjat." in response.text
    assert "Nytt namn" in response.text
    before = forum.starts_at
    forum.refresh_from_db()
    assert (forum.starts_at, forum.title) == (before, "Chefsforum höst")
    with time_machine.travel(before + timedelta(minutes=10), tick=False):  # it is going on: it began earlier
        planning.change_forum(forum, starts_at=before - timedelta(minutes=20), by=cast.fatima)
    forum.refresh_from_db()
    assert forum.starts_at == before - timedelta(minutes=20)


def test_a_new_join_link_alone_is_told_to_the_registered_once(cast, make_forum):
    forum = make_forum(join_url="https://mote.example/forst")
    registering.register(forum, person=cast.maja, by=cast.maja)
    registering.register(forum, person=cast.elsa, by=cast.elsa, mode="online")
    registering.decline(forum, person=cast.ulla, by=cast.ulla)
    for _press in range(2):
        forum = planning.change_forum(forum, join_url="https://mote.example/sedan", by=cast.fatima)
    told = Mail.objects.filter(event="link_changed")
    assert sorted(mail.to.given_name for mail in told) == ["Elsa", "Maja"]
    assert not Mail.objects.filter(event="forum_changed").exists()
    for mail in told:
        assert "mote.example/sedan" in mail.text and "mote.example/sedan" in mail.html
        assert "SEQUENCE:1" in mail.calendar
        assert "mote.example/sedan" in mail.calendar.replace("\r\n ", "")
    planning.change_forum(forum, place="Rådhuset", join_url="https://mote.example/sist", by=cast.fatima)
    assert told.count() == 2
    assert Mail.objects.filter(event="forum_changed").count() == 5


def test_two_new_links_before_a_mail_is_written_are_told_of_once(cast, make_forum, settings):
    forum = make_forum(join_url="https://mote.example/forst")
    registering.register(forum, person=cast.maja, by=cast.maja)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    for name in ("fel", "sist"):
        forum = planning.change_forum(forum, join_url=f"https://mote.example/{name}", by=cast.fatima)
    tasks = DBTaskResult.objects.filter(task_path=circulating.carry_out.module_path)
    assert sum(circulating.carry_out.call(*task.args_kwargs["args"]) for task in tasks) == 1
    assert "mote.example/sist" in Mail.objects.get(event="link_changed").text


def test_more_seats_go_to_those_who_wait(cast, make_forum):
    forum = make_forum(seats=1)
    for person in (cast.maja, cast.ulla, cast.elsa):
        registering.register(forum, person=person, by=person)
    planning.change_forum(forum, seats=2, by=cast.fatima)
    assert Registration.objects.get(person=cast.ulla).is_offer
    planning.change_forum(forum, seats=None, by=cast.fatima)
    assert Registration.objects.get(person=cast.elsa).is_offer


def test_an_earlier_beginning_shortens_offers(cast, make_forum):
    forum = make_forum(seats=1)
    for person in (cast.maja, cast.ulla):
        registering.register(forum, person=person, by=person)
    registering.cancel(Registration.objects.get(person=cast.maja), by=cast.maja)
    soon = timezone.now() + timedelta(hours=2)
    planning.change_forum(forum, starts_at=soon, registration_closes_at=soon, by=cast.fatima)
    assert Registration.objects.get(person=cast.ulla).offered_until == soon


# Who may not


@pytest.mark.parametrize("page", ["edit", "edit_programme", "edit_group_work", "edit_tables"])
def test_only_organisers_of_the_unit_plan(cast, make_forum, client_as, page):
    forum = make_forum()
    url = reverse(f"forums:{page}", args=[forum.slug])
    assert client_as(cast.fatima).get(url).status_code == 200
    for person in (cast.maja, cast.elsa, cast.karin, cast.gunnar, cast.ada, cast.per):
        assert client_as(person).get(url).status_code == 403
        with mock.patch("forums.planning.record") as recorded:
            assert client_as(person).post(url, facts(cast)).status_code == 403
        assert not recorded.called
    assert client_as(cast.former).get(url).status_code == 403


def test_only_organisers_start_a_forum_and_only_for_their_unit(cast, client_as):
    for person in (cast.maja, cast.karin, cast.former):
        assert client_as(person).get(reverse("forums:new")).status_code == 403
        assert client_as(person).post(reverse("forums:new"), facts(cast)).status_code == 403
    post = cast.ulla.assignments.get()
    post.role_grants.create(role="organiser", unit=cast.units.schools)
    response = client_as(cast.ulla).post(reverse("forums:new"), facts(cast))
    assert response.status_code == 200
    assert not Forum.objects.exists()
    client_as(cast.ulla).post(reverse("forums:new"), facts(cast, unit=cast.units.schools.pk))
    assert Forum.objects.get().unit == cast.units.schools


def test_the_log_finds_a_forum_by_what_it_is_called_today(cast, client_as, make_forum):
    forum = make_forum(title="Chefsforum höst")
    secret = make_forum(title="Örats dag", restricted=True, audience=cast.audiences.social)
    for one, title in ((forum, "Årsmöte på Ön"), (secret, "Ögats dag")):
        planning.change_forum(one, by=cast.fatima, title=title)
    ada = client_as(cast.ada)
    assert "planerade" in ada.get(reverse("portal:log"), {"q": "årsmöte ÖN"}).text
    for words in ("arsmote", "ögats", "örats"):
        assert "Inget sådant" in ada.get(reverse("portal:log"), {"q": words}).text, words
