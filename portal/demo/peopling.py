"""The demo's units, audiences and people."""

import tomllib
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.text import slugify

from accounts.assigning import assign
from accounts.enrolling import enrol
from accounts.granting import grant
from accounts.models import Audience, Person, Side, Unit
from accounts.organising import add_unit
from accounts.targeting import define_audience
from portal.preparing import DEMO_ACCOUNTS, DEMO_DOMAIN, DEMO_PASSWORD

CONTENT = Path(__file__).parent / "content"
ADMINISTRATOR = "Ida Rönnkvist"
# Numbers that the Swedish regulator PTS keeps free for stories: 070-174 06 05 to 99.
STORY_NUMBERS = range(5, 100)
# The council took its seats so long ago; boards begin later in a term, and the chairs last.
TERM_DAYS, BOARDS_LATER, MAIN_POST_LATER = 1130, 46, 78


@dataclass
class Town:
    """What has been made so far, by the names that the content files use."""

    units: dict[str, Unit] = field(default_factory=dict)
    audiences: dict[str, Audience] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def persons(self, names):
        return [self.people[name] for name in names]


def content(name):
    """Read content/<name>.toml."""
    return tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))


def people_town():
    """Make every unit, person, post, role and audience, and return them as a Town."""
    town, numbers = Town(), iter(STORY_NUMBERS)
    plan = content("organisation")
    for key, (name, kind, above) in plan["units"].items():
        town.units[key] = add_unit(name=name, kind=Unit.Kind(kind), parent=town.units.get(above))
    for key, rows in content("officials").items():
        for row in rows:
            _employ(town, key, row, phone=f"070-174 06 {next(numbers):02}" if "chef" in row else "")
    for party, rows in content("elected").items():
        for name, *posts in rows:
            _elect(town, party, name, posts)
    _end_a_mandate(town)
    _open_accounts()
    for key, audience in plan["audiences"].items():
        rules = [(group, town.units[unit]) for group, unit in audience["rules"]]
        town.audiences[key] = define_audience(audience["name"], rules=rules, by=town.people[ADMINISTRATOR])
    return town


def _employ(town, key, row, *, phone):
    name, title, *marks = row
    person = _enrol(town, name, marks, phone=phone)
    years = Random(name).uniform(1.5, 12)  # noqa: S311 - a demo
    since = timezone.localdate() - timedelta(days=round(years * 365))
    post = _assign(person, town.units[key], title, Side.OFFICIAL, since, is_manager="chef" in marks)
    department = key.partition("-")[0]
    for mark in ("lg", "kdlg"):
        if mark in marks:
            group = town.units["kdlg" if mark == "kdlg" else f"{department}-lg"]
            # Whoever is named first in a department leads its group; the chief executive leads both.
            leads = not group.assignments.exists()
            _assign(person, group, "Ordförande" if leads else "Ledamot", Side.OFFICIAL, since)
    for mark in marks:
        if mark.startswith("roll="):
            role, _, unit = mark.removeprefix("roll=").partition("/")
            grant(post, role=role, unit=town.units.get(unit), by=town.people.get(ADMINISTRATOR))


def _elect(town, party, name, posts):
    """Give an elected member their posts, of which the one named first is what they are known for."""
    person = _enrol(town, name, posts)
    term = timezone.localdate() - timedelta(days=TERM_DAYS)
    main = True
    for post in posts:
        unit, _, title = post.partition(": ")
        if title:
            later = 0 if unit == "kf" else MAIN_POST_LATER if main else BOARDS_LATER
            since = term + timedelta(days=later)
            _assign(person, town.units[unit], title, Side.ELECTED, since, party=party)
            main = False


def _end_a_mandate(town):
    """Somebody whose mandate is over: found in the log, and in nothing else."""
    person = _enrol(town, "Christer Bohlin", [])
    today = timezone.localdate()
    _assign(
        person,
        town.units["von"],
        "Ledamot",
        Side.ELECTED,
        today - timedelta(days=TERM_DAYS),
        party="Landsbygdens röst",
        ends_on=today - timedelta(days=400),
    )


def _enrol(town, name, marks, phone=""):
    given, _, family = name.rpartition(" ")
    account = next((mark.removeprefix("konto=") for mark in marks if mark.startswith("konto=")), "")
    person = enrol(
        email=f"{account or f'{slugify(given)}.{slugify(family)}'}@{DEMO_DOMAIN}",
        given_name=given,
        family_name=family,
        phone=phone,
    )
    town.people[name] = person
    return person


def _assign(person, unit, title, side, since, **fields):
    return assign(person, unit=unit, title=title, side=side, starts_on=since, by=None, **fields)


def _open_accounts():
    """Let the demo accounts sign in. One hash for all: it takes a good part of a second, by design."""
    Person.objects.filter(email__in=DEMO_ACCOUNTS).update(password=make_password(DEMO_PASSWORD))
