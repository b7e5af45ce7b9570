"""An attack on the link to the online meeting: it is told to those who are registered, and nowhere else.

Every address that can be about the forum is read as everybody, before they register, while they are
registered and after they have cancelled; and every mail that was written on the way.
"""

import logging
from datetime import time, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.keying import key_of
from accounts.models import Mail, PersonalKey
from forums import (
    announcing,
    arriving,
    deputising,
    evaluating,
    furnishing,
    naming,
    planning,
    registering,
    welcoming,
)
from forums.mails import CALLED
from forums.models import Forum, Reminder
from forums.reminding import remind, set_reminders
from tests.portal.access_table import ROWS
from tests.portal.test_access import answer

pytestmark = pytest.mark.django_db

SECRET = "zqx-hemligt-rum"
JOIN = f"https://mote.example/{SECRET}"
# Where the organiser writes it.
WRITTEN_AT = ("forums:edit",)
ELSEWHERE = [
    "/",
    "/forum/",
    "/min-sida/",
    "/min-sida/notiser/",
    "/nyheter/",
    "/sok/?q=zqx",
    "/sok/?q=mote",
]


@pytest.fixture
def forum(cast, make_forum, caplog):
    caplog.set_level(logging.CRITICAL, logger="django.request")
    forum = make_forum(announced=False, join_url=JOIN, title="Forum med rum")
    naming.invite_guest(
        forum, email="g@granne.example", given_name="G", family_name="Gäst", language="sv", by=cast.fatima
    )
    furnishing.set_tables(forum, count=2, by=cast.fatima)
    return announcing.announce(forum, by=cast.fatima)


def addresses(forum):
    """(name, path) of every address whose only argument is a forum's, with this forum."""
    for name in sorted({row.name for row in ROWS if row.gets}):
        try:
            yield name, reverse(name, kwargs={"slug": forum.slug})
        except NoReverseMatch:
            continue
    yield from ((path, path) for path in ELSEWHERE)


def tells(client, path):
    """Whether the secret is anywhere in the answer: its body, its headers, where it leads."""
    response, body = answer(client, "get", path)
    return SECRET in body or SECRET in str(response.headers)


def places_told(client, forum):
    return {name for name, path in addresses(forum) if tells(client, path)}


def test_only_the_registered_are_told_on_any_page(cast, forum, client_as):
    assert len(dict(addresses(forum))) > 15
    people = {**cast.by_role, "another": cast.ulla}
    for part, person in people.items():
        client = client_as(person)
        allowed = set(WRITTEN_AT) if part == "organiser" else set()
        assert places_told(client, forum) == allowed, part
        try:
            registering.register(forum, person=person, by=person, mode="online")
        except registering.NotInvited:
            continue
        assert places_told(client, forum) == {"forums:forum", "forums:registration", "forums:calendar"}, part
        assert not places_told(client_as(cast.per), forum), part
        registering.cancel(forum.registrations.get(person=person), by=person)
        assert places_told(client, forum) == allowed, part
    assert not places_told(Client(), forum)


def test_a_place_in_the_queue_an_offer_and_a_no_tell_nothing(cast, make_forum, client_as):
    forum = make_forum(join_url=JOIN, seats=1)
    seated = registering.register(forum, person=cast.elsa, by=cast.elsa)
    waiting = registering.register(forum, person=cast.maja, by=cast.maja)
    client = client_as(cast.maja)
    assert not places_told(client, forum)
    registering.cancel(seated, by=cast.elsa)
    waiting.refresh_from_db()
    assert waiting.is_offer
    assert not places_told(client, forum)
    registering.decline(forum, person=cast.maja, by=cast.maja)
    assert not places_told(client, forum)


def test_feeds_and_guest_pages_tell_nothing_but_to_the_registered_guest(cast, forum):
    registering.register(forum, person=cast.maja, by=cast.maja, mode="online")
    feed = reverse("forums:feed", args=[key_of(cast.maja, PersonalKey.Purpose.CALENDAR).token])
    assert forum.title in Client().get(feed).text
    assert not tells(Client(), feed)
    guest = forum.named.guests().get()
    pages = [reverse(f"forums:{name}", args=[guest.token]) for name in ("guest", "guest_calendar")]
    assert [tells(Client(), page) for page in pages] == [False, False]
    mine = registering.register(forum, person=guest.person, by=guest.person, mode="online")
    assert [tells(Client(), page) for page in pages] == [True, True]
    registering.cancel(mine, by=guest.person)
    assert [tells(Client(), page) for page in pages] == [False, False]


def test_no_mail_tells_it_to_anybody_who_was_not_registered_when_it_was_written(cast, make_forum):
    """Every mail that forums write to people, but for those of commitments and summaries, is written."""
    for person in (cast.maja, cast.gunnar, cast.per):
        person.language = "en"
        person.save()
    forum = make_forum(announced=False, join_url=JOIN, seats=1, allows_deputies=True)
    guest = naming.invite_guest(
        forum, email="g@granne.example", given_name="Gäst", family_name="G", language="sv", by=cast.fatima
    )
    forum = announcing.announce(forum, by=cast.fatima)
    naming.change_link(guest, by=cast.fatima)
    set_reminders(
        forum,
        reminders=[(Reminder.To.UNANSWERED, 2, time(8)), (Reminder.To.REGISTERED, 1, time(8))],
        by=cast.fatima,
    )
    registering.register(forum, person=cast.maja, by=cast.maja, mode="online")
    gone = registering.register(forum, person=cast.ulla, by=cast.ulla, mode="online")
    registering.cancel(gone, by=cast.ulla)
    registering.decline(forum, person=cast.olof, by=cast.olof)
    seated = registering.register(forum, person=cast.elsa, by=cast.elsa)
    waiting = registering.register(forum, person=cast.folke, by=cast.folke)
    registering.cancel(seated, by=cast.elsa)
    with time_machine.travel(waiting.queued_at + timedelta(days=2), tick=False):
        registering.pass_on(forum)
    registering.register(forum, person=cast.gunnar, by=cast.gunnar, mode="online")
    for deputy in (cast.per, cast.karin):
        deputising.send_deputy(forum, person=cast.gunnar, deputy=deputy, by=cast.gunnar)
    registering.cancel(forum.registrations.get(person=cast.karin), by=cast.karin)
    forum = planning.change_forum(forum, join_url=f"{JOIN}-2", by=cast.fatima)
    forum = planning.change_forum(forum, place="Rådhuset", by=cast.fatima)
    with time_machine.travel(forum.answers_close_at - timedelta(hours=1), tick=False):
        remind()
    with time_machine.travel(forum.starts_at - timedelta(hours=1), tick=False):
        remind()
        let_in, _at, _before = welcoming.welcome(guest.person, forum=forum, by=cast.fatima)
        arriving.take_back_arrival(let_in, by=cast.fatima)
    with time_machine.travel(forum.ends_at, tick=False):
        evaluating.ask_what_people_thought()
    naming.take_back(guest, by=cast.fatima)
    announcing.call_off(Forum.objects.get(pk=forum.pk), by=cast.fatima)

    written = list(Mail.objects.select_related("to"))
    for mail in written:  # each in both parts, and in the language of its reader
        assert f'<html lang="{mail.to.language}">' in mail.html, mail.event
        hello = "Hello" if mail.to.language == "en" else "Hej"
        assert mail.text.startswith(hello), mail.event
        assert f"<p>{hello}" in mail.html, mail.event
    # These tell of what came of it.
    later = {"summary_published", "commitment_due", "group_work_open", "group_work_closed"}
    assert {mail.event for mail in written} == CALLED.keys() - later
    told = {
        (mail.to.given_name, mail.event)
        for mail in written
        if SECRET in mail.subject + mail.text + mail.html + mail.calendar
    }
    assert told == {
        ("Maja", "registration_confirmed"),
        ("Ulla", "registration_confirmed"),
        ("Elsa", "registration_confirmed"),
        ("Gunnar", "registration_confirmed"),
        ("Per", "registration_confirmed"),
        ("Karin", "registration_confirmed"),
        ("Gäst", "registration_confirmed"),
        ("Maja", "link_changed"),
        ("Maja", "forum_changed"),
        ("Maja", "reminder_of_day"),
    }
