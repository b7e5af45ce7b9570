"""Whom a review step asks, as a condition of the database."""

from django.db import models

from accounts.models import Role, reach_of


def asked_of(user, *, step="", unit="version__article__unit_id"):
    """The condition that a review step asks `user`, or somebody away whom `user` stands in for today.

    Whoever signs for a side has to speak for it; so has a stand-in. Whether `user` wrote the text is
    not asked here. One query for all whom they stand in for.

    Args:
        step: the way from the model asked to its steps, "steps__".
        unit: the way from it to the unit of the article.
    """
    sides = reach_of(user).sides
    asked = _asks(user, sides, step, unit)
    for away in away_for(user):
        asked |= _asks(away, [side for side in sides if side in away.reach.sides], step, unit)
    return asked


def away_for(user):
    """Those in service whom `user` stands in for today, each with a `pk` and a `reach`."""
    return user.away if user.is_authenticated else []


def _asks(person, sides, step, unit):
    side = models.Q(**{f"{step}side": ""}) | models.Q(**{f"{step}side__in": sides})
    asks = models.Q(**{f"{step}reviewer": person.pk}) & side
    for role in Role:
        units = person.reach.units_as(role)
        if None in units:
            asks |= models.Q(**{f"{step}role": role})
        elif units:
            asks |= models.Q(**{f"{step}role": role, f"{unit}__in": units})
    return asks
