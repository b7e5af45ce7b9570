"""The fields in which people are written by name: `accounts.fields`."""

from accounts.fields import PeopleField, PersonField, address_of, find_person

__all__ = ["PeopleField", "PersonField", "address_of", "find_person"]
