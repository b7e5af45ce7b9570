"""Defining audiences, and putting them together where one is needed."""

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from accounts.addressing import try_again
from accounts.models import Audience, Group
from accounts.recording import record

# As far as a name is spelled out; a number may come behind it (Audience.name holds 120 characters).
NAME_LENGTH = 110


@transaction.atomic
def define_audience(name, *, rules, by=None):
    """Make an audience of `rules`, pairs of (Group, Unit), and return it.

    Raises:
        IntegrityError: the name is taken.
    """
    audience = Audience.objects.create(name=name)
    _add_rules(audience, rules)
    record("audience.defined", about=audience, by=by)
    return audience


@transaction.atomic
def compose_audience(rules, *, by):
    """The audience put together of exactly these rules, pairs of (Group, Unit), one at least; made, with a
    name that says them, where nobody has put it together before."""
    rules = {(Group(group), unit) for group, unit in rules}

    def find_or_make():
        found = Audience.objects.composed_of(rules).first()
        if found:
            return found
        audience = Audience.objects.create(name=_free_name(_in_words(rules)), is_composed=True)
        _add_rules(audience, rules)
        record("audience.composed", about=audience, by=by, rules=len(rules))
        return audience

    return try_again(find_or_make)


def _add_rules(audience, rules):
    for group, unit in rules:
        audience.rules.create(group=group, unit=unit)


def _in_words(rules):
    """Like "Chefer och förtroendevalda i Almviks kommun; alla i Skolan": in Swedish, as all audiences."""
    groups_of = {}
    for group, unit in sorted(rules, key=lambda rule: (rule[1].position, rule[1].name, rule[1].pk)):
        groups_of.setdefault(unit, set()).add(group)
    units_of = {}
    for unit, groups in groups_of.items():
        in_order = tuple(group for group in Group if group in groups)
        units_of.setdefault(in_order, []).append(unit.name)
    with translation.override(settings.LANGUAGE_CODE):
        parts = [
            _("%(groups)s in %(units)s")
            % {"groups": _listed([str(group.label) for group in groups]), "units": _listed(units)}
            for groups, units in units_of.items()
        ]
    return capfirst("; ".join(parts))


def _listed(words):
    *first, last = words
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def _free_name(words):
    stem = Truncator(words).chars(NAME_LENGTH)
    taken = set(Audience.objects.filter(name__startswith=stem).values_list("name", flat=True))
    name, number = stem, 2
    while name in taken:
        name, number = f"{stem} ({number})", number + 1
    return name
