"""Somebody comes in the place of the one who was invited."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import Mail, Side
from forums import deputising, naming, planning, registering
from forums.apportioning import set_quotas
from forums.models import Registration
from forums.permissions import may_answer

State = Registration.State


@pytest.fixture
def forum(make_forum):
    return make_forum(seats=2, allows_deputies=True)


def answer(person, forum):
    return Registration.objects.get(person=person, forum=forum)


def state_of(person, forum):
    return answer(person, forum).state


def send(forum, person, deputy):
    return deputising.send_deputy(forum, person=person, deputy=deputy, by=person)


def taken(forum):
    forum.refresh_from_db()
    assert forum.seats_taken == forum.registrations.holding_seats().count()
    return forum.seats_taken


def mails_to(person):
    return list(Mail.objects.filter(to=person).order_by("queued_at").values_list("event", flat=True))


def test_the_seat_goes_over_to_the_deputy_with_its_mail(cast, forum):
    registering.register(forum, person=cast.maja, by=cast.maja)
    for _press in range(2):
        send(forum, cast.maja, cast.per)
    assert state_of(cast.maja, forum) == State.DEPUTISED
    assert answer(cast.per, forum).deputy_for == cast.maja
    assert taken(forum) == 1
    assert mails_to(cast.per) == ["registration_confirmed"]
    assert "Maja Lind" in Mail.objects.get(to=cast.per).text
    assert mails_to(cast.maja)[-1] == "deputy_sent"
    sent = Mail.objects.get(event="deputy_sent")
    assert "Per Åkesson" in sent.text
    assert "Per Åkesson" in sent.html
    assert "METHOD:CANCEL" in sent.calendar
    # Per is not meant by the audience; the place lets him in, and up to the screen for changes.
    assert may_answer(cast.per, forum)
    assert not may_answer(cast.karin, forum)


def test_a_place_in_the_queue_goes_over_too(cast, forum):
    for person in (cast.ulla, cast.elsa, cast.maja, cast.folke):
        registering.register(forum, person=person, by=person)
    send(forum, cast.maja, cast.per)
    assert answer(cast.per, forum).queue_place == 1
    registering.cancel(answer(cast.ulla, forum), by=cast.ulla)
    assert state_of(cast.per, forum) == State.OFFERED
    send(forum, cast.maja, cast.karin)
    assert state_of(cast.karin, forum) == State.OFFERED
    assert taken(forum) == 2
    registering.accept_offer(answer(cast.karin, forum), by=cast.karin)
    assert taken(forum) == 2


def test_who_has_no_place_yet_sends_somebody_who_gets_one(cast, forum):
    send(forum, cast.maja, cast.per)
    assert state_of(cast.per, forum) == State.REGISTERED
    assert taken(forum) == 1


def test_a_deputy_who_had_said_no_has_answered_when_they_were_sent(cast, forum):
    """Exports tell when each answer was given."""
    registering.decline(forum, person=cast.ulla, by=cast.ulla)
    registering.register(forum, person=cast.maja, by=cast.maja)
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        send(forum, cast.maja, cast.ulla)
        assert answer(cast.ulla, forum).answered_at == timezone.now()


def test_another_deputy_takes_over_and_the_first_hears_of_it(cast, forum):
    send(forum, cast.maja, cast.per)
    send(forum, cast.maja, cast.karin)
    assert state_of(cast.per, forum) == State.CANCELLED
    assert state_of(cast.karin, forum) == State.REGISTERED
    assert mails_to(cast.per)[-1] == "deputy_withdrawn"
    assert taken(forum) == 1


def test_the_place_can_be_taken_back_or_given_up(cast, forum):
    send(forum, cast.maja, cast.per)
    registering.register(forum, person=cast.maja, by=cast.maja)
    assert state_of(cast.maja, forum) == State.REGISTERED
    assert state_of(cast.per, forum) == State.CANCELLED
    assert mails_to(cast.maja)[-1] == "registration_confirmed"
    assert taken(forum) == 1
    send(forum, cast.maja, cast.per)
    registering.decline(forum, person=cast.maja, by=cast.maja)
    assert {state_of(cast.maja, forum), state_of(cast.per, forum)} == {State.DECLINED, State.CANCELLED}
    assert taken(forum) == 0


def test_a_deputy_who_cannot_come_says_so_and_the_sender_hears_of_it(cast, forum):
    send(forum, cast.maja, cast.per)
    registering.cancel(answer(cast.per, forum), by=cast.per)
    assert state_of(cast.maja, forum) == State.CANCELLED
    assert mails_to(cast.maja)[-1] == "deputy_left"
    assert taken(forum) == 0
    # Without a place of his own he is not invited.
    with pytest.raises(registering.NotInvited):
        registering.register(forum, person=cast.per, by=cast.per)


def test_the_mail_to_a_deputy_who_is_not_needed_leads_to_no_page_that_is_closed_to_them(cast, make_forum):
    for restricted in (False, True):
        forum = make_forum(allows_deputies=True, restricted=restricted, title=f"Nummer {restricted:d}")
        send(forum, cast.maja, cast.per)
        registering.register(forum, person=cast.maja, by=cast.maja)
        told = Mail.objects.get(event="deputy_withdrawn", about=f"forum:{forum.pk}")
        for words in (told.text, told.html):
            assert (forum.get_absolute_url() in words) is not restricted
            assert (cast.fatima.email in words) is restricted


def test_a_deputy_speaks_with_a_voice_of_their_own(cast, forum):
    registering.register(forum, person=cast.elsa, by=cast.elsa)
    assert send(forum, cast.elsa, cast.per).side == Side.OFFICIAL
    assert send(forum, cast.elsa, cast.folke).side == Side.ELECTED


def test_seats_of_different_quotas_are_never_exchanged(cast, forum):
    registering.register(forum, person=cast.elsa, by=cast.elsa)
    set_quotas(forum, quotas=[(Side.ELECTED, None, 1), (Side.OFFICIAL, None, 1)], by=cast.fatima)
    with pytest.raises(deputising.DeputyOfAnotherKind):
        send(forum, cast.elsa, cast.per)
    assert state_of(cast.elsa, forum) == State.REGISTERED
    assert send(forum, cast.elsa, cast.folke).quota.side == Side.ELECTED


def test_who_cannot_be_a_deputy(cast, forum):
    registering.register(forum, person=cast.ulla, by=cast.ulla)
    send(forum, cast.elsa, cast.folke)
    refusals = {
        cast.maja: deputising.NotOneself,
        cast.former: deputising.DeputyNotInService,
        cast.ulla: deputising.DeputyTaken,
        cast.elsa: deputising.DeputyTaken,  # sends a deputy herself
        cast.folke: deputising.DeputyTaken,  # comes for her
    }
    for person, refusal in refusals.items():
        with pytest.raises(refusal):
            send(forum, cast.maja, person)
    assert not Registration.objects.filter(person=cast.maja).exists()


def test_who_may_not_send_one(cast, make_forum, forum):
    for person, where in ((cast.maja, make_forum(title="Utan ersättare")), (cast.per, forum)):
        with pytest.raises(deputising.NoDeputies):
            send(where, person, cast.karin)
    send(forum, cast.maja, cast.per)
    with pytest.raises(deputising.NoDeputies):
        send(forum, cast.per, cast.karin)  # a deputy sends nobody


def test_a_seat_goes_over_until_the_forum_begins_and_a_new_one_until_the_deadline(cast, forum):
    registering.register(forum, person=cast.maja, by=cast.maja)
    with time_machine.travel(forum.answers_close_at + timedelta(minutes=1)):
        send(forum, cast.maja, cast.per)
        with pytest.raises(registering.RegistrationClosed):
            send(forum, cast.ulla, cast.karin)
    with (
        time_machine.travel(forum.starts_at + timedelta(minutes=1)),
        pytest.raises(registering.RegistrationClosed),
    ):
        send(forum, cast.maja, cast.karin)
    assert state_of(cast.per, forum) == State.REGISTERED


def test_the_deputy_hears_of_changes_and_the_entry_does_not_come_back_to_the_sender(cast, forum):
    send(forum, cast.maja, cast.per)
    planning.change_forum(forum, place="Rådhuset", by=cast.fatima)
    told = Mail.objects.filter(event="forum_changed").values_list("to", flat=True)
    assert cast.per.pk in told
    assert cast.maja.pk not in told


def test_who_waits_in_somebodys_place_finds_a_restricted_forum_and_may_leave_it(cast, make_forum, client_as):
    forum = make_forum(restricted=True, seats=1, allows_deputies=True)
    registering.register(forum, person=cast.ulla, by=cast.ulla)
    registering.register(forum, person=cast.maja, by=cast.maja)
    assert client_as(cast.per).get(forum.get_absolute_url()).status_code == 404
    assert send(forum, cast.maja, cast.per).state == State.WAITING

    client, page = client_as(cast.per), reverse("forums:registration", args=[forum.slug])
    assert [client.get(address).status_code for address in (forum.get_absolute_url(), page)] == [200, 200]
    assert client.post(page, {"answer": "cancel"}).status_code == 302
    assert state_of(cast.per, forum) == State.CANCELLED


def test_after_the_deadline_one_can_say_that_neither_comes(cast, forum, client_as):
    registering.register(forum, person=cast.maja, by=cast.maja)
    send(forum, cast.maja, cast.per)
    page = reverse("forums:registration", args=[forum.slug])
    with time_machine.travel(forum.registration_closes_at + timedelta(hours=1), tick=False):
        client = client_as(cast.maja)
        assert "Ingen av oss kan komma" in client.get(page).text
        client.post(page, {"answer": "cancel"})
    assert taken(forum) == 0
    assert state_of(cast.per, forum) == State.CANCELLED


def test_whoever_is_left_out_hears_of_it_deputy_or_sender(cast, forum):
    """Neither has an invitation that stands: the deputy never had one, the sender has answered it."""
    registering.register(forum, person=cast.maja, by=cast.maja)
    send(forum, cast.maja, cast.per)
    naming.leave_out(forum, cast.per, by=cast.fatima)
    assert mails_to(cast.per)[-1] == "invitation_withdrawn"
    assert "METHOD:CANCEL" in Mail.objects.get(event="invitation_withdrawn").calendar
    assert mails_to(cast.maja)[-1] == "deputy_left"
    send(forum, cast.ulla, cast.karin)
    naming.leave_out(forum, cast.ulla, by=cast.fatima)
    assert mails_to(cast.karin)[-1] == "deputy_withdrawn"
    assert mails_to(cast.ulla)[-1] == "invitation_withdrawn"
    assert taken(forum) == 0
