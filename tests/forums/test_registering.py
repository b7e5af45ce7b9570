"""How people answer: seats, the queue, offers, and what is refused."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import Mail, Side
from forums import deputising, excusing, queueing, registering
from forums.models import Forum, Registration
from forums.planning import change_forum
from tests.cast import assign

State = Registration.State
Mode = Registration.Mode


def answer(person, forum):
    return Registration.objects.get(person=person, forum=forum)


def taken(forum):
    forum.refresh_from_db()
    assert forum.seats_taken == forum.registrations.holding_seats().count()
    return forum.seats_taken


def test_a_manager_registers_once_however_often_the_button_is_pressed(cast, make_forum):
    forum = make_forum(seats=5)
    for _press in range(3):
        registering.register(forum, person=cast.maja, by=cast.maja)
    assert answer(cast.maja, forum).state == State.REGISTERED
    assert answer(cast.maja, forum).side == Side.OFFICIAL
    assert taken(forum) == 1
    assert Mail.objects.filter(event="registration_confirmed", to=cast.maja).count() == 1


def test_a_full_forum_queues_and_a_freed_seat_is_offered_to_the_first(cast, make_forum):
    forum = make_forum(seats=1)
    for person in (cast.maja, cast.ulla, cast.elsa):
        registering.register(forum, person=person, by=person)
    assert answer(cast.ulla, forum).queue_place == 1
    assert answer(cast.elsa, forum).queue_place == 2

    with time_machine.travel(timezone.now(), tick=False):
        registering.cancel(answer(cast.maja, forum), by=cast.maja)
        offered = answer(cast.ulla, forum)
        assert offered.state == State.OFFERED
        assert offered.offered_until - timezone.now() == timedelta(hours=24)
    assert answer(cast.elsa, forum).queue_place == 1
    assert taken(forum) == 1  # the seat is held
    assert Mail.objects.filter(event="seat_offered", to=cast.ulla).exists()

    registering.accept_offer(offered, by=cast.ulla)
    registering.accept_offer(offered, by=cast.ulla)
    assert answer(cast.ulla, forum).state == State.REGISTERED
    assert taken(forum) == 1


def test_a_newcomer_never_passes_those_who_wait(cast, make_forum):
    forum = make_forum(seats=1)
    for person in (cast.maja, cast.ulla):
        registering.register(forum, person=person, by=person)
    registering.cancel(answer(cast.maja, forum), by=cast.maja)
    registering.register(forum, person=cast.elsa, by=cast.elsa)
    assert answer(cast.elsa, forum).state == State.WAITING
    registering.register(forum, person=cast.maja, by=cast.maja)
    assert answer(cast.maja, forum).queue_place == 2


def test_an_offer_that_ran_out_goes_to_the_next(cast, make_forum):
    forum = make_forum(seats=1)
    for person in (cast.maja, cast.ulla, cast.elsa):
        registering.register(forum, person=person, by=person)
    registering.cancel(answer(cast.maja, forum), by=cast.maja)
    Registration.objects.filter(person=cast.ulla).update(offered_until=timezone.now())

    registering.pass_on(forum)
    assert answer(cast.ulla, forum).state == State.CANCELLED
    assert answer(cast.elsa, forum).state == State.OFFERED
    told = Mail.objects.get(event="offer_expired", to=cast.ulla)
    for words in (told.text, told.html):
        assert "Svara igen" in words
        assert reverse("forums:registration", args=[forum.slug]) in words
    with pytest.raises(registering.OfferExpired):
        registering.accept_offer(answer(cast.ulla, forum), by=cast.ulla)


def test_an_offer_accepted_a_second_too_late_has_gone_on(cast, make_forum):
    forum = make_forum(seats=1)
    for person in (cast.maja, cast.ulla, cast.elsa):
        registering.register(forum, person=person, by=person)
    registering.cancel(answer(cast.maja, forum), by=cast.maja)
    Registration.objects.filter(person=cast.ulla).update(offered_until=timezone.now())
    with pytest.raises(registering.OfferExpired):
        registering.accept_offer(answer(cast.ulla, forum), by=cast.ulla)
    assert answer(cast.elsa, forum).state == State.OFFERED


def test_offers_are_shorter_as_the_forum_nears(cast, make_forum):
    soon = timezone.now() + timedelta(hours=8)
    forum = make_forum(seats=1, starts_at=soon, registration_closes_at=soon)
    for person in (cast.maja, cast.ulla):
        registering.register(forum, person=person, by=person)
    registering.cancel(answer(cast.maja, forum), by=cast.maja)
    left = answer(cast.ulla, forum).offered_until - timezone.now()
    assert timedelta(hours=1) < left <= timedelta(hours=2)


def test_those_who_join_online_take_no_seat(cast, make_forum):
    forum = make_forum(seats=1, join_url="https://mote.example/abc")
    registering.register(forum, person=cast.maja, by=cast.maja, mode=Mode.ONLINE)
    registering.register(forum, person=cast.ulla, by=cast.ulla)
    assert taken(forum) == 1
    with pytest.raises(registering.RoomFull):
        registering.register(forum, person=cast.maja, by=cast.maja, mode=Mode.ON_SITE)
    assert answer(cast.maja, forum).mode == Mode.ONLINE
    registering.register(forum, person=cast.ulla, by=cast.ulla, mode=Mode.ONLINE)
    assert taken(forum) == 0
    registering.register(forum, person=cast.maja, by=cast.maja, mode=Mode.ON_SITE)
    assert taken(forum) == 1


def test_a_seat_left_for_the_link_goes_to_the_queue(cast, make_forum):
    forum = make_forum(seats=1, join_url="https://mote.example/abc")
    for person in (cast.maja, cast.ulla):
        registering.register(forum, person=person, by=person)
    registering.register(forum, person=cast.maja, by=cast.maja, mode=Mode.ONLINE)
    assert answer(cast.ulla, forum).state == State.OFFERED
    assert taken(forum) == 1


def test_a_way_that_the_forum_does_not_have_is_refused(cast, make_forum):
    with pytest.raises(registering.ModeNotOffered):
        registering.register(make_forum(), person=cast.maja, by=cast.maja, mode=Mode.ONLINE)


def test_declining_gives_the_seat_back_and_keeps_the_reason(cast, make_forum):
    forum = make_forum(seats=1)
    for person in (cast.maja, cast.ulla):
        registering.register(forum, person=person, by=person)
    registering.decline(forum, person=cast.maja, by=cast.maja, reason="Nämndmöte")
    registering.decline(forum, person=cast.maja, by=cast.maja, reason="Nämndmöte")
    assert answer(cast.maja, forum).reason == "Nämndmöte"
    assert answer(cast.ulla, forum).state == State.OFFERED
    assert taken(forum) == 1


def test_who_is_not_asked_cannot_answer(cast, make_forum):
    forum = make_forum()
    for person in (cast.per, cast.yngve, cast.former):
        with pytest.raises(registering.NotInvited):
            registering.register(forum, person=person, by=person)
        with pytest.raises(registering.NotInvited):
            registering.decline(forum, person=person, by=person)
    assert not forum.registrations.exists()


def test_who_joined_the_audience_after_the_announcement_may_answer(cast, make_forum):
    forum = make_forum()
    assign(cast.per, cast.units.schools, "Biträdande rektor", is_manager=True)
    registering.register(forum, person=cast.per, by=cast.per)
    assert forum.invitations.filter(person=cast.per).exists()


def test_after_the_deadline_nothing_changes_but_a_late_cancellation_counts(cast, make_forum):
    forum = make_forum()
    registering.register(forum, person=cast.maja, by=cast.maja)
    change_forum(forum, registration_closes_at=timezone.now() - timedelta(minutes=1), by=cast.fatima)
    with pytest.raises(registering.RegistrationClosed):
        registering.register(forum, person=cast.ulla, by=cast.ulla)
    with pytest.raises(registering.RegistrationClosed):
        registering.decline(forum, person=cast.ulla, by=cast.ulla)
    assert not Registration.objects.filter(person=cast.ulla).exists()
    registering.cancel(answer(cast.maja, forum), by=cast.maja)
    assert taken(forum) == 0


@pytest.mark.parametrize("hours", [-1, 1])
def test_nobody_is_told_that_they_can_answer_anew_when_they_cannot(cast, make_forum, hours):
    forum = make_forum(allows_deputies=True)
    for person in (cast.maja, cast.ulla):
        registering.register(forum, person=person, by=person)
    deputising.send_deputy(forum, person=cast.olof, deputy=cast.per, by=cast.olof)
    with time_machine.travel(forum.registration_closes_at + timedelta(hours=hours), tick=False):
        registering.cancel(answer(cast.maja, forum), by=cast.maja)
        registering.cancel(answer(cast.per, forum), by=cast.per)
        excusing.excuse(forum, person=cast.elsa, by=cast.fatima)
    for event, person in (
        ("registration_cancelled", cast.maja),
        ("deputy_left", cast.olof),
        ("registration_declined", cast.elsa),
    ):
        mail = Mail.objects.get(event=event, to=person)
        for part in (mail.text, mail.html):
            assert ("så länge anmälan är öppen" in part) is (hours < 0), event


@pytest.fixture
def closed_queue(cast, make_forum):
    """A forum of one seat that Maja has, where Ulla waits and then Elsa; answers have closed."""
    forum = make_forum(seats=1)
    for person in (cast.maja, cast.ulla, cast.elsa):
        registering.register(forum, person=person, by=person)
    return change_forum(forum, registration_closes_at=timezone.now() - timedelta(minutes=1), by=cast.fatima)


def test_a_seat_freed_after_the_deadline_is_offered_to_those_who_wait_and_to_nobody_new(cast, closed_queue):
    registering.cancel(answer(cast.maja, closed_queue), by=cast.maja)
    assert answer(cast.ulla, closed_queue).state == State.OFFERED
    registering.decline(closed_queue, person=cast.ulla, by=cast.ulla)
    assert answer(cast.elsa, closed_queue).state == State.OFFERED
    with pytest.raises(registering.RegistrationClosed):
        registering.register(closed_queue, person=cast.maja, by=cast.maja)
    registering.accept_offer(answer(cast.elsa, closed_queue), by=cast.elsa)
    assert answer(cast.elsa, closed_queue).state == State.REGISTERED
    assert taken(closed_queue) == 1


def test_who_asked_to_be_seated_at_once_is_so_after_the_deadline_too(cast, closed_queue):
    Registration.objects.filter(person=cast.ulla).update(takes_free_seat=True)
    registering.cancel(answer(cast.maja, closed_queue), by=cast.maja)
    assert answer(cast.ulla, closed_queue).state == State.REGISTERED


def test_the_hourly_round_passes_an_offer_on_after_the_deadline(cast, closed_queue):
    registering.cancel(answer(cast.maja, closed_queue), by=cast.maja)
    Registration.objects.filter(person=cast.ulla).update(offered_until=timezone.now())
    assert queueing.pass_on_all() == 1
    assert answer(cast.elsa, closed_queue).state == State.OFFERED
    told = Mail.objects.get(event="offer_expired")
    assert reverse("forums:registration", args=[closed_queue.slug]) not in told.text + told.html
    assert told.to == cast.ulla
    assert "anmäla dig igen" not in told.text


def test_a_chair_more_after_the_deadline_goes_to_the_queue(cast, closed_queue):
    change_forum(closed_queue, seats=2, by=cast.fatima)
    assert answer(cast.ulla, closed_queue).state == State.OFFERED


def test_when_the_forum_has_begun_no_seat_is_passed_on(cast, closed_queue):
    registering.cancel(answer(cast.maja, closed_queue), by=cast.maja)
    offered = answer(cast.ulla, closed_queue)
    type(closed_queue).objects.update(starts_at=timezone.now())
    with pytest.raises(registering.RegistrationClosed):
        registering.accept_offer(offered, by=cast.ulla)
    with pytest.raises(registering.RegistrationClosed):
        registering.decline(closed_queue, person=cast.ulla, by=cast.ulla)
    Registration.objects.filter(person=cast.ulla).update(offered_until=timezone.now())
    registering.pass_on(Forum.objects.get())
    assert answer(cast.ulla, closed_queue).state == State.CANCELLED
    assert answer(cast.elsa, closed_queue).state == State.WAITING


def test_when_the_forum_has_begun_nobody_cancels(cast, make_forum):
    forum = make_forum()
    registration = registering.register(forum, person=cast.maja, by=cast.maja)
    now = timezone.now()
    type(forum).objects.update(starts_at=now, registration_closes_at=now)
    with pytest.raises(registering.ForumBegun):
        registering.cancel(registration, by=cast.maja)


def test_drafts_take_no_answers(cast, make_forum):
    with pytest.raises(registering.RegistrationClosed):
        registering.register(make_forum(announced=False), person=cast.maja, by=cast.maja)


def test_who_holds_both_sides_chooses_their_voice(cast, make_forum):
    forum = make_forum()
    assign(cast.elsa, cast.units.schools, "Rektor", is_manager=True)
    with pytest.raises(registering.SideNeeded):
        registering.register(forum, person=cast.elsa, by=cast.elsa)
    registering.register(forum, person=cast.elsa, by=cast.elsa, side=Side.ELECTED)
    assert answer(cast.elsa, forum).side == Side.ELECTED


def test_nobody_borrows_a_side_they_do_not_hold(cast, make_forum):
    with pytest.raises(registering.SideNeeded):
        registering.register(make_forum(), person=cast.maja, by=cast.maja, side=Side.ELECTED)


def test_accepting_what_was_not_offered_is_refused(cast, make_forum):
    forum = make_forum(seats=1)
    registering.register(forum, person=cast.maja, by=cast.maja)
    waiting = registering.register(forum, person=cast.ulla, by=cast.ulla)
    with pytest.raises(registering.NoOffer):
        registering.accept_offer(waiting, by=cast.ulla)


def test_two_forums_at_one_time_are_told(cast, make_forum):
    forum = make_forum()
    other = make_forum(title="Chefsmöte")
    later = make_forum(title="Senare", starts_at=forum.ends_at)
    for each in (other, later):
        registering.register(each, person=cast.maja, by=cast.maja)
    assert list(registering.clashes(forum, person=cast.maja)) == [other]
    assert not registering.clashes(forum, person=cast.ulla).exists()
