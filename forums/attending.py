"""Attending: who came, who did not, and how departments and sides took part."""

from dataclasses import dataclass
from textwrap import wrap

from django.utils import timezone

from accounts.models import Side
from accounts.withholding import join_small, tell
from forums.acquainting import Posts
from forums.models import Registration

SIDES = (Side.ELECTED, Side.OFFICIAL, "")


@dataclass(frozen=True)
class Attendance:
    """How many came.

    Attributes:
        expected: registered on site.
        came: of them, checked in at the door.
        online: registered online, where nobody checks in.
        missing: the Registrations on site of those who were not checked in, by name, as a QuerySet; nobody
            where the check-in was not used at all.
    """

    expected: int
    came: int
    online: int
    missing: object

    @property
    def was_counted(self):
        """Whether the check-in was used."""
        return self.came > 0


def attendance_of(forum):
    """The Attendance of a forum. Three queries."""
    room = forum.registrations.in_the_room()
    came = room.arrived().count()
    missing = room.filter(arrived_at=None) if came else room.none()
    return Attendance(
        expected=room.count(),
        came=came,
        online=forum.registrations.registered().filter(mode=Registration.Mode.ONLINE).count(),
        missing=missing.select_related("person").by_name(),
    )


@dataclass
class Part:
    """How the people of one department (or company, board; None: none of them) on one side took part."""

    side: str
    home: object
    invited: int = 0
    registered: int = 0
    came: int = 0


def participation_of(forum):
    """A Part for each side and department that was invited or took part; elected members first, guests last.

    By the posts of the day of the forum; whoever answered counts on the side they answered for. Registered
    online counts as registered, and came is only who was checked in. Five queries.
    """
    answers = {answer.person_id: answer for answer in forum.registrations.all()}
    people = {*answers, *forum.invitations.values_list("person_id", flat=True)}
    posts = Posts.of_people(people, on=timezone.localdate(forum.starts_at))
    rows = {}
    for person in people:
        answer = answers.get(person)
        side = answer.side if answer else posts.side_of(person)
        home = posts.home_of(person, side)
        part = rows.setdefault((side, home), Part(side, posts.units.get(home)))
        part.invited += 1
        part.registered += answer is not None and answer.takes_part
        part.came += answer is not None and answer.takes_part and answer.arrived_at is not None
    return sorted(rows.values(), key=_place)


def _place(part):
    return SIDES.index(part.side), part.home is None, part.home.position if part.home else 0, str(part.home)


# The picture of it: a row for each part, in pixels; a bar takes so much of the width, in percent, at most.
ROW_HEIGHT = 56
WIDEST = 78
# A name of more letters goes on below: so many fit a phone of 360 pixels.
LETTERS = 34
LINE_HEIGHT = 20


def chart_of(parts, *, came):
    """Return the picture of how departments took part: its height in pixels and its rows; None without any.

    Args:
        came: whether to show who came, beside who was invited; else who registered.
    """
    if not parts:
        return None
    percent, top, rows = WIDEST / max(part.invited for part in parts), 0, []
    for part in parts:
        lines = wrap(str(part.home or ""), LETTERS)
        rows.append(_bar(part, lines, top, percent, came))
        top += ROW_HEIGHT + max(len(lines) - 1, 0) * LINE_HEIGHT
    return {"height": top, "rows": rows}


def _bar(part, lines, top, percent, came):
    """A row: `lines` are pairs of (a line of the name, how far down it stands)."""
    number = part.came if came else part.registered
    below = top + max(len(lines) - 1, 0) * LINE_HEIGHT
    return {
        "side": part.side,
        "lines": [(line, top + 18 + place * LINE_HEIGHT) for place, line in enumerate(lines)],
        "invited": part.invited,
        "number": number,
        "whole": f"{round(percent * part.invited, 2)}%",
        "share": f"{round(percent * number, 2)}%",
        "number_from": f"{round(percent * part.invited + 1, 2)}%",
        "text_y": top + 18,
        "bar_y": below + 25,
        "number_y": below + 40,
    }


@dataclass(frozen=True)
class Share:
    """How many of the people of some units, told together, were registered.

    Attributes:
        units: their names.
        invited: how many people were invited or took part.
        registered: a Span of `accounts.withholding`.
    """

    units: list
    invited: int
    registered: object

    @property
    def percent(self):
        """The middle of what is told, for a picture."""
        return round(50 * (self.registered.low + self.registered.high) / max(self.invited, 1))


@dataclass(frozen=True)
class Turnout:
    """How units took part in a forum, as everybody may be told: `rows` of Share, and the Share of `all`."""

    rows: list
    all: Share


def turnout_of(forum):
    """The Turnout of a forum, guests left out; None where nobody was invited. Units too small to be told of
    stand together, and a number that would point at somebody is told as a span (decisions/0231)."""
    homes = {}
    for part in participation_of(forum):
        if part.home:
            invited, registered = homes.get(str(part.home), (0, 0))
            homes[str(part.home)] = (invited + part.invited, registered + part.registered)
    groups = join_small(
        {name: {(name, one) for one in range(invited)} for name, (invited, _came) in homes.items()}
    )
    if not groups:
        return None
    counts = [(len(people), sum(homes[name][1] for name in names)) for names, people in groups]
    told, total = tell(counts)
    rows = [
        Share(names, invited, span)
        for (names, _people), (invited, _number), span in zip(groups, counts, told, strict=True)
    ]
    return Turnout(rows, Share([], sum(invited for invited, _number in counts), total))
