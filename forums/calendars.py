"""Forums as calendar objects (RFC 5545) and as invitations to them (RFC 5546)."""

from datetime import UTC, timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vCalAddress, vDDDTypes, vText, vUri

STOCKHOLM = ZoneInfo("Europe/Stockholm")
# Written out, with the rules of directive 2000/84/EC. The one that icalendar makes from the time
# zone database gives summer time's start as 3 o'clock instead of 2 (icalendar 7.3).
VTIMEZONE = """BEGIN:VTIMEZONE
TZID:Europe/Stockholm
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
""".replace("\n", "\r\n")

PUBLISH, REQUEST, CANCEL = "PUBLISH", "REQUEST", "CANCEL"


def calendar_of(forum, *, method=PUBLISH, person=None, takes_part=False, page=None, answer_page=None):
    """Return the calendar object of a forum, CRLF and folded.

    UID stays for the life of the forum and SEQUENCE rises with each change, so that a calendar
    keeps one entry (RFC 5546, 2.1.4 and 2.1.5).

    Args:
        method: PUBLISH for a file; REQUEST or CANCEL for a mail to `person`.
        person: the one invited. Answers are given on the registration page, never by mail: RSVP is FALSE.
        takes_part: whether `person` is registered; only then is the join link in it.
        page: the path at which `person` reads of it; the forum's own if not given.
        answer_page: the path at which `person` answers; told of in a REQUEST, since many take the calendar's
            own "Accept" for an answer.
    """
    calendar = _calendar(method)
    answer_page = answer_page if method == REQUEST else None
    calendar.add_component(_event(forum, method, person, takes_part, page, answer_page=answer_page))
    return calendar.to_ical().decode()


def feed_of(person, forums):
    """Return the calendar to which `person` subscribes: `forums`, each with the answer of `person`
    (`with_answer_of`). No join link is ever in it, since nobody signs in to read it.

    The same forums make the same text, so that a calendar client can be told that nothing is new.
    """
    calendar = _calendar(PUBLISH)
    calendar.add("name", _("Forums in Samspel"))  # RFC 7986, 5.1; and what clients knew before it
    calendar.add("x-wr-calname", _("Forums in Samspel"))
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for forum in forums:
        event = _event(forum, PUBLISH, None, False, None)
        event["dtstamp"] = vDDDTypes((forum.announced_at or forum.created_at).astimezone(UTC))
        comes = forum.my_answer is not None and forum.my_answer.takes_part
        if not (forum.is_called_off or comes):
            event["status"] = vText("TENTATIVE")
        calendar.add_component(event)
    return calendar.to_ical().decode()


def _calendar(method):
    calendar = Calendar()
    calendar.add("prodid", "-//Samspel//Forum//SV")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(Timezone.from_ical(VTIMEZONE))
    return calendar


def _event(forum, method, person, takes_part, page, *, answer_page=None):
    address = f"{settings.SITE_URL}{page or forum.get_absolute_url()}"
    event = Event()
    event.add("uid", f"{forum.calendar_uid}@samspel")
    event.add("sequence", forum.calendar_sequence)
    event.add("dtstamp", timezone.now())
    event.add("dtstart", forum.starts_at.astimezone(STOCKHOLM))
    event.add("dtend", forum.ends_at.astimezone(STOCKHOLM))
    event.add("summary", f"{forum.title}: {forum.theme}")
    event.add("url", address)
    if method != CANCEL or forum.is_called_off:
        # RFC 5546, 3.2.5: to take one person off an event that goes on, STATUS must not be there.
        event.add("status", "CANCELLED" if forum.is_called_off else "CONFIRMED")
    event.add("description", _description(forum, takes_part, address, answer_page))
    if forum.place:
        event.add("location", forum.place)
    if takes_part and forum.join_url:
        # RFC 7986, section 5.11
        event.add("conference", vUri(forum.join_url), parameters={"FEATURE": "VIDEO", "VALUE": "URI"})
    event.add("organizer", _sender(), encode=0)
    if person:
        event.add("attendee", _attendee(person, takes_part), encode=0)
    return event


def _description(forum, takes_part, address, answer_page):
    contact = _("Contact: %(name)s, %(address)s")
    lines = [
        forum.theme,
        address,
        contact % {"name": forum.organiser.full_name, "address": forum.organiser.email},
    ]
    if answer_page:
        link = f"{settings.SITE_URL}{answer_page}"
        lines.append(_("Give and change your answer here, not in the calendar: %(link)s") % {"link": link})
    if takes_part and forum.join_url:
        lines.append(_("Join online: %(link)s") % {"link": forum.join_url})
    return "\n".join(lines)


def _sender():
    """The ORGANIZER: what sends the mails, never a person. So it stays when somebody else becomes the
    contact, whoever is the contact gets an entry like all others (Outlook makes none for an organiser), and
    no calendar's own answer ends up with them."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return _address(address, name or "Samspel")


def _address(address, name):
    calendar_address = vCalAddress(f"mailto:{address}")
    calendar_address.params["CN"] = name
    return calendar_address


def _attendee(person, takes_part):
    attendee = _address(person.email, person.full_name)
    attendee.params["ROLE"] = "REQ-PARTICIPANT"
    attendee.params["PARTSTAT"] = "ACCEPTED" if takes_part else "NEEDS-ACTION"
    attendee.params["RSVP"] = "FALSE"
    return attendee
