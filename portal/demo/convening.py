"""The demo's forums: planned, announced, answered, held and summed up."""

from dataclasses import dataclass
from datetime import time, timedelta
from functools import cached_property
from random import Random

from forums.announcing import announce
from forums.catering import tell_needs
from forums.furnishing import set_tables
from forums.models import ForumKind, ProgrammeItem, Registration
from forums.patterning import shape_kind
from forums.planning import add_item, plan_forum, plan_group_work
from forums.registering import decline, register
from forums.seating import seat_everyone
from forums.sharing import share

from .clock import at, moment, spread, true_now, working_day
from .peopling import content

ORGANISER = "Farida Yusuf"
# They open an invitation that still waits for their answer, see load_demo.
UNDECIDED = ("Johanna Ekvall", "Samuel Tesfaye")
REASONS = (
    "Krockar med en utbildning som är bokad sedan länge.",
    "Jag är föräldraledig hela den månaden.",
    "",
    "Sammanträde i regionens samverkansråd samma dag.",
    "Semester.",
    "",
)
NEEDS = (
    {"diet": ["vegetarian"]},
    {"diet": ["no_gluten"], "diet_words": "Gärna glutenfritt även till fikat"},
    {"diet": ["no_lactose"]},
    {"access": ["hearing_loop", "near_front"]},
    {"diet": ["vegan", "no_nuts"]},
    {"diet": ["no_pork"]},
    {"access": ["step_free"], "access_words": "Rullstol, behöver plats vid bordet"},
)
MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
# Today's forum has been going on for two hours when the demo is loaded, or since midnight; one
# that is loaded at night began at five in the afternoon.
UNDER_WAY_HOURS, LATEST_START = 2, 17


@dataclass
class Plan:
    """The data of one forum, and its times."""

    data: dict

    @cached_property
    def day(self):
        return working_day(self.data["days"])

    @cached_property
    def starts_at(self):
        if self.data["days"]:
            return self.clock(self.data["from"])
        hour = true_now().replace(minute=0, second=0, microsecond=0)
        begun = (
            hour - timedelta(hours=UNDER_WAY_HOURS) if hour.hour >= UNDER_WAY_HOURS else hour.replace(hour=0)
        )
        return min(begun, hour.replace(hour=LATEST_START))

    def clock(self, reading):
        """A time of the forum's day: "08.30", or minutes after the start."""
        if isinstance(reading, int):
            return self.starts_at + timedelta(minutes=reading)
        return moment(self.data["days"], reading)

    @property
    def ends_at(self):
        if "to" in self.data:
            return self.clock(self.data["to"])
        next_hour = true_now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        return max(self.clock(360), next_hour)

    @property
    def closes_at(self):
        return moment(self.data.get("closes_days", self.data["days"] - 5), "17.00")

    @property
    def title(self):
        return self.data["title"].format(månad=MONTHS[self.day.month - 1], år=self.day.year)


def shape_kinds(town):
    """Say what new forums of each kind begin with."""
    for key, data in content("kinds").items():
        fields, programme = dict(data), data["programme"]
        del fields["programme"]
        fields["audience"] = town.audiences[fields["audience"]] if "audience" in fields else None
        items = [
            {
                "starts": time.fromisoformat(starts),
                "ends": time.fromisoformat(ends),
                "kind": kind,
                "title": title,
                "text": "",
            }
            for starts, ends, kind, title in programme
        ]
        kind = ForumKind.objects.get(pk=key)
        shape_kind(kind, name=kind.name, items=items, **fields, by=town.people[ORGANISER])


def plan(town, data, *, follows):
    """Plan a forum with its programme, group work and tables; announce it unless it stays a draft."""
    times, organiser = Plan(data), town.people[data.get("organiser", ORGANISER)]
    announced = moment(data.get("announced_days", -1), "10.00")
    with at(announced - timedelta(hours=1)):
        forum = plan_forum(
            kind=ForumKind.objects.get(pk=data["kind"]),
            title=times.title,
            theme=data["theme"],
            starts_at=times.starts_at,
            ends_at=times.ends_at,
            registration_closes_at=times.closes_at,
            audience=town.audiences[data["audience"]],
            unit=town.units[data.get("unit", "klk-hr")],
            organiser=organiser,
            place=data["place"],
            join_url=data.get("join_url", ""),
            seats=data["seats"],
            description=data["description"],
            restricted=data.get("restricted", False),
            allows_deputies=data.get("allows_deputies", False),
            asks_diet=data.get("asks_needs", False),
            asks_access=data.get("asks_needs", False),
            follows=follows,
            by=organiser,
        )
        for starts, ends, kind, title, speakers, guests, text in data.get("programme", []):
            add_item(
                forum,
                kind=ProgrammeItem.Kind(kind),
                starts_at=times.clock(starts),
                ends_at=times.clock(ends),
                title=title,
                speakers=town.persons(speakers),
                guests=guests,
                text=text,
                by=organiser,
            )
        for title, url in data.get("links", []):
            share(forum, title=title, url=url, by=organiser)
        if "questions" in data:
            _plan_group_work(town, forum, data)
    if data.get("draft"):
        return forum
    with at(announced):
        return announce(forum, by=organiser)


def _plan_group_work(town, forum, data):
    official, elected = town.persons(data["leaders"])
    plan_group_work(
        forum,
        leader_official=official,
        leader_elected=elected,
        questions=data["questions"],
        rounds=[("elected", 45), ("official", 45)],
        anonymous=True,
        by=forum.organiser,
    )
    set_tables(forum, count=data["tables"], by=forum.organiser)


def answer(town, forum, data):
    """Let the invited answer, each in their own time; those with a part in the forum come first."""
    parts = {town.people[name].pk for name in data.get("leaders", []) if name in town.people}
    parts |= {speaker.pk for item in forum.programme.all() for speaker in item.speakers.all()}
    if data["days"] <= 0 or data["kind"] == "meeting":
        parts |= {town.people[name].pk for name in UNDECIDED}
        undecided = set()
    else:
        undecided = {town.people[name].pk for name in UNDECIDED}
    people = {person.pk: person for person in town.people.values()}
    invited = [pk for pk in forum.invitations.values_list("person_id", flat=True) if pk not in undecided]
    Random(data["key"]).shuffle(invited)  # noqa: S311 - a demo
    invited.sort(key=lambda pk: pk not in parts)
    coming, absent = data["registered"], data.get("declined", 0)
    first, last = (
        moment(days, clock) for days, clock in zip(data["answered_days"], ("08.00", "16.00"), strict=True)
    )
    times = spread(first, last, coming + absent)
    online = set(invited[coming - data.get("online", 0) : coming])
    for place, (pk, when) in enumerate(zip(invited[: coming + absent], times, strict=True)):
        with at(when):
            if place < coming:
                mode = Registration.Mode.ONLINE if pk in online else Registration.Mode.ON_SITE
                given = register(forum, person=people[pk], by=people[pk], mode=mode)
                if given.asks_needs and place % 4 == 0:
                    tell_needs(given, **NEEDS[place // 4 % len(NEEDS)], by=people[pk])
            else:
                reason = REASONS[place % len(REASONS)]
                decline(forum, person=people[pk], by=people[pk], reason=reason)


def seat(forum, data):
    """Place everybody at the tables two days before."""
    if data["days"] <= 0 and "questions" in data:
        with at(moment(data["days"] - 2, "14.00")):
            seat_everyone(forum, by=forum.organiser)
