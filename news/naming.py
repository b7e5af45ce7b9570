"""Naming things as they were called at a moment: each entry of the log holds its thing's name of then."""

from collections import defaultdict
from operator import attrgetter

from accounts.models import LogEntry, Person

# What is changed of a thing when it gets another name.
NAMES = {"name", "given_name", "family_name"}
# Says nothing of what was changed.
SILENT = "audience.changed"


def name_as_at(things, at):
    """Give each of `things` (model instances, never to be saved; None is passed over) the name that it had at
    `at` (an aware datetime).

    Returns:
        The names of today, as a list, of those that have been renamed since, while the log does not say from
        what. One query, however many there are.
    """
    things, unknown = [thing for thing in things if thing is not None], []
    told = defaultdict(list)
    about = {
        "about_type__in": {_type_of(one) for one in things},
        "about_id__in": {str(one.pk) for one in things},
    }
    for entry in LogEntry.objects.filter(**about):
        told[entry.about_type, entry.about_id].append(entry)
    for thing in things:
        entries = sorted(told[_type_of(thing), str(thing.pk)], key=attrgetter("at", "pk"))
        renamed = next((place for place, one in enumerate(entries) if one.at > at and _renames(one)), None)
        if renamed:
            _rename(thing, entries[renamed - 1].about_name)
        elif renamed == 0 and entries[0].event != SILENT:
            unknown.append(str(thing))
    return list(dict.fromkeys(unknown))


def _type_of(thing):
    return thing._meta.label_lower


def _renames(entry):
    return entry.event == SILENT or bool(NAMES.intersection(entry.details.get("fields", ())))


def _rename(thing, name):
    if isinstance(thing, Person):
        thing.given_name, _space, thing.family_name = name.rpartition(" ")
    else:
        thing.name = name
