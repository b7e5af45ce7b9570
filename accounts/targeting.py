"""Defining audiences."""

from django.db import transaction

from accounts.models import Audience
from accounts.recording import record


@transaction.atomic
def define_audience(name, *, rules, by=None):
    """Make an audience of `rules`, pairs of (Group, Unit), and return it.

    Raises:
        IntegrityError: the name is taken.
    """
    audience = Audience.objects.create(name=name)
    for group, unit in rules:
        audience.rules.create(group=group, unit=unit)
    record("audience.defined", about=audience, by=by)
    return audience
