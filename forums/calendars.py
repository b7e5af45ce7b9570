"""Forums as calendar objects (RFC 5545) and as invitations to them (RFC 5546)."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vCalAddress, vUri

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


def calendar_of(forum, *, method=PUBLISH, person=None, takes_part=False):
    """Return the calendar object of a forum, CRLF and folded.

    UID stays for the life of the forum and SEQUENCE rises with each change, so that a calendar
    keeps one entry (RFC 5546, 2.1.4 and 2.1.5).

    Args:
        method: PUBLISH for a file; REQUEST or CANCEL for a mail to `person`.
        person: the one invited. Answers are given on the registration page, never by mail: RSVP is FALSE.
        takes_part: whether `person` is registered; only then is the join link in it.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Samspel//Forum//SV")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(Timezone.from_ical(VTIMEZONE))
    calendar.add_component(_event(forum, method, person, takes_part))
    return calendar.to_ical().decode()


def _event(forum, method, person, takes_part):
    event = Event()
    event.add("uid", f"{forum.calendar_uid}@samspel")
    event.add("sequence", forum.calendar_sequence)
    event.add("dtstamp", timezone.now())
    event.add("dtstart", forum.starts_at.astimezone(STOCKHOLM))
    event.add("dtend", forum.ends_at.astimezone(STOCKHOLM))
    event.add("summary", f"{forum.title}: {forum.theme}")
    event.add("url", f"{settings.SITE_URL}{forum.get_absolute_url()}")
    if method != CANCEL or forum.is_called_off:
        # RFC 5546, 3.2.5: to take one person off an event that goes on, STATUS must not be there.
        event.add("status", "CANCELLED" if forum.is_called_off else "CONFIRMED")
    event.add("description", _description(forum, takes_part))
    if forum.place:
        event.add("location", forum.place)
    if takes_part and forum.join_url:
        # RFC 7986, section 5.11
        event.add("conference", vUri(forum.join_url), parameters={"FEATURE": "VIDEO", "VALUE": "URI"})
    event.add("organizer", _address(forum.organiser), encode=0)
    if person:
        event.add("attendee", _attendee(person, takes_part), encode=0)
    return event


def _description(forum, takes_part):
    lines = [forum.theme, f"{settings.SITE_URL}{forum.get_absolute_url()}"]
    if takes_part and forum.join_url:
        lines.append(_("Join online: %(link)s") % {"link": forum.join_url})
    return "\n".join(lines)


def _address(person):
    address = vCalAddress(f"mailto:{person.email}")
    address.params["CN"] = person.full_name
    return address


def _attendee(person, takes_part):
    attendee = _address(person)
    attendee.params["ROLE"] = "REQ-PARTICIPANT"
    attendee.params["PARTSTAT"] = "ACCEPTED" if takes_part else "NEEDS-ACTION"
    attendee.params["RSVP"] = "FALSE"
    return attendee
