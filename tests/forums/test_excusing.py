"""A no that came by telephone, written down by an organiser."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts.models import LogEntry, Mail
from forums import deputising, excusing, registering
from forums.models import Registration

State = Registration.State


def answer(person):
    return Registration.objects.get(person=person)


@pytest.fixture
def full(cast, make_forum):
    """A forum of one seat that Maja has, and where Ulla waits."""
    forum = make_forum(seats=1, allows_deputies=True)
    for person in (cast.maja, cast.ulla):
        registering.register(forum, person=person, by=person)
    return forum


@pytest.fixture
def page(cast, client_as):
    """A function that opens the page as somebody, or posts to it."""

    def visit(forum, *, get="", by=None, **posted):
        url, client = reverse("forums:excuse", args=[forum.slug]) + get, client_as(by or cast.fatima)
        return client.post(url, posted, follow=True) if posted else client.get(url)

    return visit


def test_a_sick_call_frees_the_seat_for_the_queue_and_is_told_logged_and_done_once(cast, full):
    for _press in range(2):
        excusing.excuse(full, person=cast.maja, note="Ringde i morse", by=cast.fatima)
    assert (answer(cast.maja).state, answer(cast.ulla).state) == (State.CANCELLED, State.OFFERED)
    assert answer(cast.maja).organiser_note == "Ringde i morse"
    entries = LogEntry.objects.filter(by=cast.fatima, event__startswith="registration.").order_by("pk")
    assert [entry.event for entry in entries] == ["registration.cancelled", "registration.excused"]
    assert "morse" not in str([entry.details for entry in entries])
    mail = Mail.objects.get(event="registration_cancelled")
    assert mail.to == cast.maja
    assert "morse" not in mail.text


def test_who_waits_or_has_not_answered_says_no_also_after_the_deadline(cast, full):
    with time_machine.travel(full.answers_close_at + timedelta(hours=1)):
        for person in (cast.ulla, cast.elsa):
            excusing.excuse(full, person=person, by=cast.fatima)
            assert answer(person).state == State.DECLINED
            assert Mail.objects.filter(event="registration_declined", to=person).count() == 1
    assert answer(cast.maja).takes_part


def test_a_no_for_who_sends_a_deputy_takes_both_places_back(cast, full):
    deputising.send_deputy(full, person=cast.maja, deputy=cast.per, by=cast.maja)
    excusing.excuse(full, person=cast.maja, by=cast.fatima)
    assert {answer(cast.maja).state, answer(cast.per).state} == {State.CANCELLED}
    assert answer(cast.ulla).state == State.OFFERED


def test_nobody_is_excused_who_is_not_asked_nor_when_the_forum_has_begun(cast, full):
    with pytest.raises(excusing.NotAsked):
        excusing.excuse(full, person=cast.yngve, by=cast.fatima)
    with time_machine.travel(full.starts_at), pytest.raises(excusing.NotToCome):
        excusing.excuse(full, person=cast.maja, by=cast.fatima)
    assert answer(cast.maja).takes_part


def test_the_page_leads_from_the_name_to_the_no_and_shows_the_note(cast, full, page, client_as):
    participants = reverse("forums:participants", args=[full.slug])
    shown = client_as(cast.fatima).get(participants).text
    for person in (cast.maja, cast.ulla, cast.elsa):
        assert f"aterbud/?person={person.pk}" in shown
    form = page(full, get=f"?person={cast.elsa.pk}").context["form"]
    sent = {"person": form["person"].value(), "note": "På resa"}
    assert "På resa" in page(full, **sent).text
    assert answer(cast.elsa).state == State.DECLINED
    refused = page(full, person=cast.yngve.email, note="Vem?")
    assert refused.status_code == 409
    assert "Vem?" in refused.text


def test_only_the_organiser_writes_down_a_no(cast, full, page):
    for person in (cast.maja, cast.ulla, cast.karin, cast.yngve):
        assert page(full, by=person, person=cast.maja.email).status_code in (403, 404)
    assert answer(cast.maja).takes_part
