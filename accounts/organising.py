"""Building the organisation tree."""

from django.db import transaction

from accounts.addressing import address_for
from accounts.models import Unit
from accounts.recording import record


@transaction.atomic
def add_unit(*, name, kind, by=None, parent=None):
    """Add a unit last among its neighbours and return it."""
    neighbours = Unit.objects.filter(parent=parent).count()
    unit = Unit.objects.create(
        name=name,
        kind=kind,
        parent=parent,
        position=neighbours,
        slug=address_for(name, taken=Unit.objects.values_list("slug", flat=True)),
    )
    record("unit.added", about=unit, by=by)
    return unit
