"""Granting roles on posts, and taking them back."""

from django.db import transaction

from accounts.models import RoleGrant
from accounts.recording import record


@transaction.atomic
def grant(assignment, *, role, by, unit=None):
    """Grant `role` to whoever holds the post, for `unit` and what is below it (None: everywhere).

    Granting what is already granted changes nothing. Returns the RoleGrant.
    """
    granted, is_new = RoleGrant.objects.get_or_create(assignment=assignment, role=role, unit=unit)
    if is_new:
        record("role.granted", about=granted, by=by, person=assignment.person_id, role=str(role))
    return granted


@transaction.atomic
def revoke(granted, *, by):
    """Take a granted role back."""
    record("role.revoked", about=granted, by=by, person=granted.assignment.person_id, role=granted.role)
    granted.delete()
