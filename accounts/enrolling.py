"""Bringing people into the portal: from the staff register, never from a sign-up form."""

from django.db import transaction

from accounts.models import Person
from accounts.recording import record


@transaction.atomic
def enrol(*, email, given_name, family_name, language="sv", phone="", password=None, by=None):
    """Add a person and return it.

    Args:
        password: in clear; without one the person signs in through a reset or a sign-in service.
        by: the acting Person; None for a register import.

    Raises:
        IntegrityError: somebody already has this e-mail address.
    """
    person = Person.objects.create_user(
        email,
        password,
        given_name=given_name,
        family_name=family_name,
        language=language,
        phone=phone,
    )
    record("person.enrolled", about=person, by=by)
    return person
