"""Bringing people into the portal: from the staff register, never from a sign-up form."""

from django.db import transaction
from django.utils import timezone

from accounts.assigning import assign
from accounts.granting import grant
from accounts.models import Person, Role, Side, Unit
from accounts.organising import add_unit
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


@transaction.atomic
def enrol_guest(*, email, given_name, family_name, language, by):
    """Write down somebody from outside, who gets mail and never signs in; return the person.

    Whoever has this e-mail address already is returned as they are.
    """
    person = Person.objects.filter(email=email.lower()).first()
    if person:
        return person
    person = Person.objects.create_user(
        email, given_name=given_name, family_name=family_name, language=language, is_active=False
    )
    record("guest.enrolled", about=person, by=by)
    return person


@transaction.atomic
def enrol_administrator(*, email, given_name, family_name, title, municipality):
    """Let somebody in who can let the others in, and return the person: for whoever runs the portal.

    What is there already stays as it is: the municipality's own unit, the person with this e-mail
    address, a post that the person holds today. Run again, it changes nothing.

    Args:
        title: of the post, where the person has none today.
        municipality: the name of the unit at the top, where there is none.
    """
    root = Unit.objects.filter(kind=Unit.Kind.MUNICIPALITY, parent=None).first()
    root = root or add_unit(name=municipality, kind=Unit.Kind.MUNICIPALITY)
    person = Person.objects.filter(email=email.lower()).first()
    person = person or enrol(email=email, given_name=given_name, family_name=family_name)
    post = person.assignments.current().first() or assign(
        person, unit=root, title=title, side=Side.OFFICIAL, starts_on=timezone.localdate(), by=None
    )
    grant(post, role=Role.ADMINISTRATOR, by=None)
    return person
