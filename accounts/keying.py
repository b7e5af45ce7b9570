"""Keys: how a person comes by an address of their own, and how it is taken back."""

import uuid

from django.core.signing import BadSignature

from accounts.models import Person, PersonalKey, signer_for


def key_of(person, purpose):
    """Return the PersonalKey of `person` for `purpose` (of PersonalKey.Purpose); made at the first asking."""
    return PersonalKey.objects.get_or_create(person=person, purpose=purpose)[0]


def change_key(person, purpose):
    """Give `person` another key for `purpose`, and return it: the address before it opens nothing more."""
    key = key_of(person, purpose)
    key.number = uuid.uuid4()
    key.save(update_fields=["number", "made_at"])
    return key


def take_key_back(person, purpose):
    """Leave `person` without a key for `purpose`. Returns whether there was one."""
    return bool(PersonalKey.objects.filter(person=person, purpose=purpose).delete()[0])


def holder_of(token, purpose):
    """Return the Person in service whose current key for `purpose` has this `token`, or None."""
    try:
        number = uuid.UUID(signer_for(purpose).unsign(token))
    except (BadSignature, ValueError):
        return None
    return Person.objects.in_service().filter(keys__number=number, keys__purpose=purpose).first()
