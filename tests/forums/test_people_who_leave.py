"""What an invitation is worth to somebody who leaves the audience, or the municipality."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import LogEntry, Mail, Person
from forums import announcing, planning, queueing, registering
from forums.models import Forum, ProgrammeItem, Registration
from forums.permissions import may_answer
from tests.cast import assign


def afresh(person):
    return Person.objects.get(pk=person.pk)


def leave(person):
    """End every post of the person yesterday."""
    person.assignments.update(ends_on=timezone.localdate() - timedelta(days=1))
    return afresh(person)


def step_down(person):
    """Leave the managers, and so the audience, but stay in service."""
    person.assignments.update(is_manager=False)
    return afresh(person)


def state_of(person, forum):
    return Registration.objects.get(forum=forum, person=person).state


def pages(forum):
    return [forum.get_absolute_url(), *(reverse(f"forums:{n}", args=[forum.slug]) for n in ("registration",))]


def test_an_invitation_closes_with_the_audience(cast, make_forum, client_as):
    forum = make_forum(restricted=True)
    assert all(client_as(cast.maja).get(url).status_code == 200 for url in pages(forum))
    maja = step_down(cast.maja)
    assert all(client_as(maja).get(url).status_code == 404 for url in pages(forum))
    assert not may_answer(maja, forum)
    with pytest.raises(registering.NotInvited):
        registering.register(forum, person=maja, by=maja)


def test_an_open_forum_can_be_read_but_no_longer_answered(cast, make_forum, client_as):
    forum = make_forum()
    maja = step_down(cast.maja)
    page, answer = (client_as(maja).get(url) for url in pages(forum))
    assert (page.status_code, answer.status_code) == (200, 403)


@pytest.mark.parametrize("mode", Registration.Mode)
def test_who_holds_a_seat_still_finds_the_forum_and_may_give_it_up(cast, make_forum, client_as, mode):
    forum = make_forum(restricted=True, join_url="https://mote.example/x")
    registering.register(forum, person=cast.maja, by=cast.maja, mode=mode)
    maja = step_down(cast.maja)
    assert all(client_as(maja).get(url).status_code == 200 for url in pages(forum))
    assert may_answer(maja, forum)
    registering.decline(forum, person=maja, by=maja)
    assert client_as(afresh(maja)).get(forum.get_absolute_url()).status_code == 404


def test_who_has_left_finds_nothing_whatever_they_hold(cast, make_forum):
    forum = make_forum(restricted=True)
    registering.register(forum, person=cast.maja, by=cast.maja)
    assert not Forum.objects.visible_to(leave(cast.maja)).exists()
    assert not may_answer(afresh(cast.maja), forum)


def test_a_speaker_finds_a_restricted_forum(cast, make_forum, client_as):
    forum = make_forum(restricted=True)
    assert client_as(cast.per).get(forum.get_absolute_url()).status_code == 404
    times = {"starts_at": forum.starts_at, "ends_at": forum.ends_at}
    talk = ProgrammeItem.Kind.TALK
    planning.add_item(forum, kind=talk, **times, title="Skolan", speakers=[cast.per], by=cast.fatima)
    assert client_as(cast.per).get(forum.get_absolute_url()).status_code == 200


def test_changes_are_told_to_those_concerned_today(cast, make_forum):
    forum = make_forum()
    registering.register(forum, person=cast.olof, by=cast.olof)
    registering.register(forum, person=cast.ulla, by=cast.ulla)
    leave(cast.elsa)  # invited
    leave(cast.ulla)  # registered
    step_down(cast.maja)  # invited, and no longer meant
    step_down(cast.olof)  # registered, and no longer meant
    planning.change_forum(forum, place="Rådhuset", by=cast.fatima)
    announcing.call_off(forum, by=cast.fatima)
    for event in ("forum_changed", "forum_called_off"):
        told = Mail.objects.filter(event=event).values_list("to__given_name", flat=True)
        assert set(told) == {"Olof", "Gunnar", "Folke"}


def test_the_seat_of_somebody_who_left_goes_to_the_queue(cast, make_forum):
    forum = make_forum(seats=1)
    for person in (cast.maja, cast.ulla, cast.olof, cast.gunnar):
        registering.register(forum, person=person, by=person)
    leave(cast.maja)  # has the seat
    leave(cast.ulla)  # first in the queue
    step_down(cast.olof)  # waits, and is no longer meant
    call_command("daily")
    assert state_of(cast.maja, forum) == state_of(cast.ulla, forum) == Registration.State.CANCELLED
    assert state_of(cast.olof, forum) == Registration.State.WAITING
    assert state_of(cast.gunnar, forum) == Registration.State.OFFERED
    assert Mail.objects.filter(event="seat_offered").get().to == cast.gunnar
    assert LogEntry.objects.filter(event="registration.released").count() == 2
    assert not Mail.objects.filter(event="registration_cancelled").exists()
    forum.refresh_from_db()
    assert forum.seats_taken == 1


def test_once_the_forum_has_begun_answers_stay_as_they_were(cast, make_forum):
    forum = make_forum()
    registering.register(forum, person=cast.maja, by=cast.maja)
    leave(cast.maja)
    Forum.objects.update(registration_closes_at=timezone.now(), starts_at=timezone.now())
    assert queueing.pass_on_all() == 0
    assert state_of(cast.maja, forum) == Registration.State.REGISTERED


def test_who_comes_back_to_the_audience_may_answer_again(cast, make_forum):
    forum = make_forum(restricted=True)
    step_down(cast.maja)
    assign(cast.maja, cast.units.social, "Områdeschef", is_manager=True)
    assert may_answer(afresh(cast.maja), forum)


def test_an_offer_ends_when_the_forum_is_called_off(cast, make_forum):
    forum = make_forum(seats=1)
    first, second = (registering.register(forum, person=p, by=p) for p in (cast.maja, cast.ulla))
    registering.cancel(first, by=cast.maja)
    announcing.call_off(forum, by=cast.fatima)
    with pytest.raises(registering.RegistrationClosed):
        registering.accept_offer(second, by=cast.ulla)
    assert state_of(cast.ulla, forum) == Registration.State.OFFERED
