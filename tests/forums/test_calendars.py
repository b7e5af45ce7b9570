"""Calendar files and calendar mails, read back by a library."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from django.conf import settings
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from icalendar import Calendar

from accounts import mailing
from accounts.models import Mail
from forums import announcing, planning, registering
from forums.calendars import calendar_of
from forums.circulating import carry_out
from forums.mails import tell


def event_in(text):
    return Calendar.from_ical(text).walk("VEVENT")[0]


def test_a_calendar_file_reads_back_with_its_letters_and_signs(cast, make_forum):
    theme = "Åtgärder, ärenden; öppenhet \\ " + "långsiktighet " * 11
    forum = make_forum(theme=theme.strip(), place="Folkets hus, Almvik; sal Ö")
    text = calendar_of(forum)

    lines = text.split("\r\n")
    assert lines[-1] == "" and "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in lines)  # RFC 5545, section 3.1
    event = event_in(text)
    assert event["summary"] == f"Chefsforum höst: {theme.strip()}"
    assert event["location"] == "Folkets hus, Almvik; sal Ö"
    assert event["dtstart"].dt == forum.starts_at
    assert event["dtend"].dt == forum.ends_at
    assert event["uid"] == f"{forum.calendar_uid}@samspel"


def test_the_organizer_is_the_portal_whoever_is_the_contact(cast, make_forum):
    """Outlook makes no entry for an ORGANIZER who is invited, and answers go to that address."""
    forum = make_forum()
    before = event_in(calendar_of(forum, person=cast.fatima))
    forum = planning.change_forum(forum, organiser=cast.karin, by=cast.fatima)
    after = event_in(calendar_of(forum, person=cast.fatima))
    assert before["organizer"] == after["organizer"] == "mailto:samspel@almvik.example"
    assert before["organizer"].params == after["organizer"].params
    assert before["attendee"] == f"mailto:{cast.fatima.email}"
    assert f"Kontakt: Fatima Nasser, {cast.fatima.email}" in before["description"]
    assert f"Kontakt: {cast.karin.full_name}, {cast.karin.email}" in after["description"]


@pytest.mark.parametrize(
    ("utc", "offset"),
    [
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), 1),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), 2),
        (datetime(2027, 10, 31, 0, 59, tzinfo=UTC), 2),
        (datetime(2027, 10, 31, 1, 0, tzinfo=UTC), 1),
    ],
)
def test_our_time_zone_changes_the_hour_when_europe_does(cast, make_forum, utc, offset):
    forum = make_forum(announced=False, starts_at=utc, registration_closes_at=utc)
    zone = Calendar.from_ical(calendar_of(forum)).walk("VTIMEZONE")[0]
    assert utc.astimezone(zone.to_tz(lookup_tzid=False)).utcoffset() == timedelta(hours=offset)


def test_a_forum_keeps_one_entry_through_changes_until_it_is_called_off(cast, make_forum):
    forum = make_forum()
    registering.register(forum, person=cast.maja, by=cast.maja)
    registering.decline(forum, person=cast.ulla, by=cast.ulla)
    for hours in (1, 2, 3):
        forum = planning.change_forum(
            forum,
            by=cast.fatima,
            starts_at=forum.starts_at + timedelta(hours=1),
            ends_at=forum.ends_at + timedelta(hours=hours),
        )
    announcing.call_off(forum, by=cast.fatima)

    mails = [mail for mail in Mail.objects.filter(to=cast.maja).order_by("queued_at") if mail.calendar]
    events = [event_in(mail.calendar) for mail in mails]
    assert {str(event["uid"]) for event in events} == {f"{forum.calendar_uid}@samspel"}
    assert [event["sequence"] for event in events] == [0, 0, 1, 2, 3, 4]
    assert [mail.calendar_method for mail in mails] == ["REQUEST"] * 5 + ["CANCEL"]
    assert all(f"METHOD:{mail.calendar_method}" in mail.calendar for mail in mails)
    assert events[-1]["status"] == "CANCELLED"
    assert "maja@almvik.example" in str(events[0]["attendee"])
    assert events[1]["attendee"].params["PARTSTAT"] == "ACCEPTED"
    # Who has said no is left in peace.
    assert not Mail.objects.filter(to=cast.ulla, event__in=["forum_changed", "forum_called_off"]).exists()


def test_an_invitation_says_that_the_calendar_takes_no_answer(cast, make_forum, invite_gisela):
    forum = make_forum()
    guest = invite_gisela(forum)
    announcing.invite_newcomers(forum, by=cast.fatima)
    page = {cast.maja: reverse("forums:registration", args=[forum.slug])}
    page[guest.person] = reverse("forums:guest", args=[guest.token])
    for person, address in page.items():
        mail = Mail.objects.get(event="forum_invitation", to=person)
        for part in (mail.text, mail.html):
            assert "Att acceptera i kalendern räknas inte som svar." in part
        here = f"Svara och ändra ditt svar här, inte i kalendern: {settings.SITE_URL}{address}"
        assert here in event_in(mail.calendar)["description"]
    planning.change_forum(forum, place="Rådhuset", by=cast.fatima)
    changed = Mail.objects.get(event="forum_changed", to=cast.maja)
    assert "Att acceptera i kalendern räknas inte som svar." in changed.text
    announcing.call_off(forum, by=cast.fatima)
    called_off = Mail.objects.get(event="forum_called_off", to=cast.maja)
    assert "inte i kalendern" not in event_in(called_off.calendar)["description"]
    assert "inte i kalendern" not in event_in(calendar_of(forum))["description"]


def test_the_file_is_for_those_who_may_see_the_forum(cast, make_forum, client_as):
    forum = make_forum(restricted=True, join_url="https://mote.example/hemlig")
    url = reverse("forums:calendar", args=[forum.slug])
    response = client_as(cast.maja).get(url)
    assert response["Content-Type"].startswith("text/calendar")
    assert "conference" not in event_in(response.text)
    assert client_as(cast.per).get(url).status_code == 404
    assert client_as(cast.former).get(url).status_code == 403
    registering.register(forum, person=cast.maja, by=cast.maja, mode="online")
    assert event_in(client_as(cast.maja).get(url).text)["conference"] == "https://mote.example/hemlig"
    draft = make_forum(announced=False)
    assert client_as(cast.fatima).get(reverse("forums:calendar", args=[draft.slug])).status_code == 404


def test_giving_up_a_seat_takes_the_entry_out_of_ones_own_calendar(cast, make_forum):
    forum = make_forum()
    answer = registering.register(forum, person=cast.maja, by=cast.maja)
    registering.cancel(answer, by=cast.maja)
    mail = Mail.objects.get(event="registration_cancelled")
    assert mail.calendar_method == "CANCEL"
    event = event_in(mail.calendar)
    assert event["UID"] == f"{forum.calendar_uid}@samspel"
    assert event["ATTENDEE"] == f"mailto:{cast.maja.email}"
    assert "STATUS" not in event  # RFC 5546, 3.2.5: the event itself goes on


def test_leaving_the_queue_takes_the_invitations_entry_out_of_ones_calendar(cast, make_forum):
    forum = make_forum(seats=1)
    registering.register(forum, person=cast.elsa, by=cast.elsa)
    waiting = registering.register(forum, person=cast.maja, by=cast.maja)
    assert waiting.state == waiting.State.WAITING
    registering.cancel(waiting, by=cast.maja)
    mail = Mail.objects.get(event="registration_cancelled")
    assert (mail.to, mail.calendar_method) == (cast.maja, "CANCEL")
    assert event_in(mail.calendar)["UID"] == f"{forum.calendar_uid}@samspel"


def test_nobody_is_welcomed_to_a_forum_that_was_called_off_meanwhile(cast, make_forum, settings):
    forum = make_forum()
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    registering.register(forum, person=cast.maja, by=cast.maja)
    registering.decline(forum, person=cast.ulla, by=cast.ulla)
    announcing.call_off(forum, by=cast.fatima)
    for queued in DBTaskResult.objects.order_by("enqueued_at"):
        if queued.task_path in (tell.module_path, carry_out.module_path):
            queued.task.call(*queued.args_kwargs["args"])
    entries = Mail.objects.exclude(calendar="").exclude(event="forum_invitation")
    told = set(entries.values_list("to__given_name", "event", "calendar_method"))
    assert ("Maja", "forum_called_off", "CANCEL") in told
    assert ("Ulla", "registration_declined", "CANCEL") in told
    assert not entries.filter(calendar_method="REQUEST").exists()


@pytest.mark.parametrize(
    ("event", "method"), [("forum_invitation", "REQUEST"), ("forum_called_off", "CANCEL")]
)
def test_the_mail_as_it_is_sent_carries_its_method_in_the_content_type(cast, make_forum, event, method):
    """RFC 6047, section 2.4; read from the bytes that a mail server gets."""
    forum = make_forum(theme="Åtgärder och öppenhet")
    announcing.call_off(forum, by=cast.fatima)
    sent = mailing.as_message(Mail.objects.get(event=event, to=cast.maja)).message().as_bytes()
    letter = message_from_bytes(sent, policy=policy.SMTP)
    assert letter.get_content_type() == "multipart/alternative"
    text, html, calendar = letter.iter_parts()
    assert [part.get_content_type() for part in (text, html, calendar)] == [
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    assert calendar["content-type"].params == {"method": method, "charset": "utf-8"}
    entry = Calendar.from_ical(calendar.get_payload(decode=True))
    assert entry["method"] == method
    assert "Åtgärder och öppenhet" in entry.walk("VEVENT")[0]["summary"]
