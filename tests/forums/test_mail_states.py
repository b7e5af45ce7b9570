"""The organiser sees what became of each person's mail."""

import pytest
from django.urls import reverse

from accounts.models import Mail
from forums import naming, registering
from forums.views import listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def participants(cast, make_forum, client_as):
    """A forum, and a function that shows its participants to the organiser."""
    forum = make_forum()
    url = reverse("forums:participants", args=[forum.slug])
    return forum, lambda: " ".join(client_as(cast.fatima).get(url).text.split())


def set_state(person, state, event="forum_invitation"):
    Mail.objects.filter(to=person, event=event).update(state=state)


def test_each_persons_latest_mail_and_its_state_stand_beside_the_name(cast, participants):
    forum, page = participants
    set_state(cast.ulla, Mail.State.QUEUED)
    registering.register(forum, person=cast.maja, by=cast.maja)
    text = page()
    assert text.count("Inbjudan skickades") == 4  # to those who have not answered, but one
    assert text.count("Inbjudan är på väg") == 1
    assert text.count("Bekräftelse skickades") == 1


def test_mails_that_failed_are_said_at_the_top_with_their_addresses(cast, participants):
    _forum, page = participants
    assert "gick inte att skicka" not in page()
    set_state(cast.elsa, Mail.State.FAILED)
    text = page()
    assert "1 mejl gick inte att skicka" in text
    assert "Elsa Ängman, elsa@almvik.example" in text
    assert "Inbjudan gick inte att skicka" in text


def test_of_many_mails_that_failed_all_are_counted_and_the_first_named(cast, participants, monkeypatch):
    _forum, page = participants
    monkeypatch.setattr(listing, "NAMES_SHOWN", 2)
    for person in (cast.elsa, cast.folke, cast.olof):
        set_state(person, Mail.State.FAILED)
    text = page()
    assert "3 mejl gick inte att skicka" in text
    assert text.partition("gick inte att skicka")[2].partition("</ul>")[0].count("@almvik.example") == 2
    assert "och 1 till" in text


def test_mails_of_other_forums_are_not_told_of(cast, participants, make_forum):
    _forum, page = participants
    other = make_forum(title="Annat")
    naming.leave_out(other, cast.elsa, by=cast.fatima)
    set_state(cast.elsa, Mail.State.FAILED, event="invitation_withdrawn")
    assert "gick inte att skicka" not in page()
