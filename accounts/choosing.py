"""What people choose for themselves."""

from django.db import transaction


@transaction.atomic
def choose_language(person, *, language):
    """Make `language` ("sv" or "en") the one that `person` reads pages and mails in."""
    person.language = language
    person.save(update_fields=["language"])
    return person
