"""Invited by name, left out by name: beside the audience, before and after the invitations went out."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Mail
from forums import announcing, naming, registering
from forums.models import Forum, Registration
from forums.permissions import may_answer
from tests.forums.test_announcing import invited

pytestmark = pytest.mark.django_db


def again(person):
    """The person as in the next request."""
    return type(person).objects.get(pk=person.pk)


def test_who_is_named_is_shown_with_the_audience_before_anything_is_sent(cast, make_forum, client_as):
    forum = make_forum(announced=False)
    client = client_as(cast.fatima)
    url = reverse("forums:invited", args=[forum.slug])
    client.post(url, {"people": "Per Åkesson, karin@almvik.example", "kind": "also"})
    client.post(url, {"people": "Ulla Öberg", "kind": "left_out"})
    text = client.get(reverse("forums:announce", args=[forum.slug])).text
    assert "7 personer bjuds in" in text
    assert "2 personer är namngivna utöver den." in text
    assert "1 person är undantagen." in text
    assert "Lärare, Utbildningsförvaltningen" in text
    assert cast.ulla.full_name not in text
    assert not Mail.objects.exists()
    announcing.announce(forum, by=cast.fatima)
    assert invited(forum) == {"Maja", "Olof", "Gunnar", "Elsa", "Folke", "Per", "Karin"}


def test_who_is_named_later_is_invited_by_one_click(cast, make_forum, client_as):
    forum = make_forum()
    naming.invite_also(forum, cast.per, by=cast.fatima)
    assert not Mail.objects.filter(to=cast.per).exists()
    page = client_as(cast.fatima).get(reverse("forums:invited", args=[forum.slug])).text
    assert "Bjud in 1 person som inte är inbjuden än" in page
    assert "Per Åkesson" in page.partition("Vem det är")[2].partition("</details>")[0]
    assert announcing.invite_newcomers(forum, by=cast.fatima) == 1
    assert Mail.objects.get(to=cast.per).event == "forum_invitation"
    assert registering.register(forum, person=again(cast.per), by=cast.per).takes_part


def test_who_is_named_finds_and_answers_a_restricted_forum(cast, make_forum, client_as):
    forum = make_forum(audience=cast.audiences.social, restricted=True)
    client = client_as(cast.per)
    assert client.get(forum.get_absolute_url()).status_code == 404
    naming.invite_also(forum, cast.per, by=cast.fatima)
    assert "Svara på inbjudan" in client.get(forum.get_absolute_url()).text
    naming.take_back(forum.named.get(), by=cast.fatima)
    assert client.get(forum.get_absolute_url()).status_code == 404


def test_who_is_left_out_does_not_find_a_restricted_forum_nor_answer_an_open_one(cast, make_forum, client_as):
    closed = make_forum(title="Slutet", audience=cast.audiences.social, restricted=True)
    opened = make_forum(title="Öppet")
    for forum in (closed, opened):
        naming.leave_out(forum, cast.maja, by=cast.fatima)
        assert not may_answer(cast.maja, forum)
        with pytest.raises(registering.NotInvited):
            registering.register(forum, person=cast.maja, by=cast.maja)
    client = client_as(cast.maja)
    assert client.get(closed.get_absolute_url()).status_code == 404
    assert closed.title not in client.get("/forum/").text
    page = client.get(opened.get_absolute_url()).text
    assert "Du är inte inbjuden till det här forumet" in page
    assert client.get(reverse("forums:registration", args=[opened.slug])).status_code == 403


def test_leaving_out_frees_the_seat_and_clears_the_calendar(cast, make_forum):
    forum = make_forum(seats=1)
    registering.register(forum, person=cast.maja, by=cast.maja)
    queued = registering.register(forum, person=cast.ulla, by=cast.ulla)
    naming.leave_out(forum, cast.maja, by=cast.fatima)
    naming.leave_out(forum, cast.maja, by=cast.fatima)
    queued.refresh_from_db()
    assert queued.is_offer
    assert Forum.objects.get(pk=forum.pk).seats_taken == 1
    assert Registration.objects.get(person=cast.maja).state == Registration.State.CANCELLED
    told = Mail.objects.get(event="invitation_withdrawn")
    assert (told.to, told.calendar_method) == (cast.maja, "CANCEL")


def test_who_is_let_back_in_is_invited_anew(cast, make_forum):
    forum = make_forum()
    naming.leave_out(forum, cast.maja, by=cast.fatima)
    naming.invite_also(forum, cast.maja, by=cast.fatima)
    assert not forum.named.exists()
    announcing.invite_newcomers(forum, by=cast.fatima)
    events = Mail.objects.filter(to=cast.maja).order_by("queued_at").values_list("event", flat=True)
    assert list(events) == ["forum_invitation", "invitation_withdrawn", "forum_invitation"]


def test_whom_another_reason_means_keeps_the_invitation(cast, make_forum):
    forum = make_forum(audience=cast.audiences.social)
    named = naming.invite_also(forum, cast.elsa, by=cast.fatima)
    announcing.invite_newcomers(forum, by=cast.fatima)
    forum.audience.rules.create(group="elected", unit=cast.units.root)
    naming.take_back(named, by=cast.fatima)
    assert not Mail.objects.filter(event="invitation_withdrawn").exists()
    assert may_answer(again(cast.elsa), forum)


def test_a_naming_that_says_nothing_new_is_refused_beside_the_field(cast, make_forum, client_as):
    forum = make_forum()
    client = client_as(cast.fatima)
    url = reverse("forums:invited", args=[forum.slug])
    for people, kind, said in (
        ("Maja Lind", "also", "Maja Lind ingår redan i målgruppen."),
        ("Per Åkesson", "left_out", "Per Åkesson hör inte till de inbjudna."),
        ("Ingen Alls", "also", "Ingen som heter ”Ingen Alls” hittades"),
        ("", "also", "måste fyllas i"),
    ):
        response = client.post(url, {"people": people, "kind": kind})
        assert response.status_code == 409
        assert said in response.text
        assert people in response.text
    assert not forum.named.exists()


def test_several_are_named_together_or_not_at_all(cast, make_forum, client_as):
    forum = make_forum()
    url = reverse("forums:invited", args=[forum.slug])
    client_as(cast.fatima).post(url, {"people": "Per Åkesson, Maja Lind", "kind": "also"})
    assert not forum.named.exists()


def test_who_is_left_out_while_waiting_is_not_offered_a_seat(cast, make_forum):
    forum = make_forum(seats=1)
    seated = registering.register(forum, person=cast.elsa, by=cast.elsa)
    for person in (cast.maja, cast.ulla):
        registering.register(forum, person=person, by=person)
    naming.leave_out(forum, cast.maja, by=cast.fatima)
    registering.cancel(seated, by=cast.elsa)
    assert Registration.objects.get(person=cast.ulla).is_offer


def test_nobody_is_named_after_the_forum(cast, make_forum):
    starts_at = timezone.now() + timedelta(hours=1)
    forum = make_forum(starts_at=starts_at, registration_closes_at=starts_at)
    Forum.objects.filter(pk=forum.pk).update(
        starts_at=timezone.now() - timedelta(days=2),
        ends_at=timezone.now() - timedelta(days=1),
        registration_closes_at=timezone.now() - timedelta(days=3),
    )
    with pytest.raises(naming.ForumOver):
        naming.leave_out(forum, cast.maja, by=cast.fatima)


@pytest.fixture
def forum_naming(cast, make_forum, managers):
    """A function that makes a forum at which so many are left out by name."""

    def make(count):
        people = managers(count)
        forum = make_forum()
        naming.name_people(forum, people, left_out=True, by=cast.fatima)
        return forum

    return make


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_of_the_invited_costs_the_same_for_one_and_for_thirty(
    cast, forum_naming, client_as, django_assert_max_num_queries, count
):
    forum = forum_naming(count)
    client = client_as(cast.fatima)
    with django_assert_max_num_queries(18):
        client.get(reverse("forums:invited", args=[forum.slug]))
