"""Fields for people, units and the numbers of rows. People are written by name or e-mail address: quick to
type, and a portal of 7,500 people needs no list of 7,500 choices."""

import re
from contextlib import contextmanager

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import BigIntegerField
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.models.people import swedish_sort_key
from accounts.refusals import Refusal

SEPARATORS = re.compile(r"[,;\n]")


@contextmanager
def refused_beside_field():
    """Within it, while a field is cleaned, what a verb refuses is said beside that field."""
    try:
        yield
    except Refusal as refusal:
        raise ValidationError(str(refusal)) from refusal


def address_of(person):
    """What one writes to mean exactly this person."""
    return f"{person.full_name} <{person.email}>"


def find_person(text):
    """The person in service whom `text` means: an e-mail address, a full name, or both as in a mail.

    Raises:
        ValidationError: nobody, or several people, with their addresses.
    """
    found = list(_meant_by(text).order_by("sort_name", "pk")[:5])
    if len(found) == 1:
        return found[0]
    if not found:
        raise ValidationError(
            _("Nobody called “%(text)s” was found. Write a full name or an e-mail address."),
            params={"text": text},
        )
    raise ValidationError(
        _("Several people are called “%(text)s”. Write the e-mail address: %(addresses)s"),
        params={"text": text, "addresses": ", ".join(person.email for person in found)},
    )


def _meant_by(text):
    people = Person.objects.in_service()
    if address := re.search(r"[^\s<>]+@[^\s<>]+", text):
        return people.filter(email=address.group().lower())
    words = text.split()
    # Where the given name ends and the family name begins is not written out: "Anna Maria Ek".
    keys = [swedish_sort_key(" ".join(words[cut:] + words[:cut])) for cut in range(1, len(words))]
    return people.filter(sort_name__in=keys)


class NumberField(forms.IntegerField):
    """The number of a row, or a count of saves, as a page's script or hidden field sends it: none that the
    database has no room for. A related row is looked for by any other, and both databases refuse it."""

    def __init__(self, *, min_value=1, **kwargs):
        super().__init__(min_value=min_value, max_value=BigIntegerField.MAX_BIGINT, **kwargs)


class UnitChoices(ModelChoiceIterator):
    """The units in the order of the tree, each as far in as it lies below others."""

    def __iter__(self):
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        for unit in self.queryset.in_tree():
            value, name = self.choice(unit)
            yield value, "\u2003" * unit.depth + name


class UnitField(forms.ModelChoiceField):
    """One unit of the organisation."""

    iterator = UnitChoices


class UnitsField(forms.ModelMultipleChoiceField):
    """Some units of the organisation, told by their numbers."""

    def clean(self, value):
        # Django looks for all of the numbers at once, whatever their size.
        known = {str(pk) for pk in self.queryset.values_list("pk", flat=True)}
        for unknown in (number for number in value or () if str(number) not in known):
            raise ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": unknown}
            )
        return super().clean(value)


class PersonField(forms.CharField):
    """One person; cleans to a Person, or None where it is left empty."""

    def __init__(self, *, max_length=200, **kwargs):
        super().__init__(max_length=max_length, **kwargs)
        self.widget.attrs.setdefault("autocomplete", "off")

    def prepare_value(self, value):
        return address_of(value) if isinstance(value, Person) else value

    def clean(self, value):
        text = super().clean(value)
        return find_person(text) if text else None


class PeopleField(forms.CharField):
    """Several people, divided by commas; cleans to a list of Person."""

    def __init__(self, *, max_length=1000, **kwargs):
        super().__init__(max_length=max_length, **kwargs)
        self.widget.attrs.setdefault("autocomplete", "off")

    def prepare_value(self, value):
        if isinstance(value, str) or value is None:
            return value
        return ", ".join(address_of(person) for person in value)

    def clean(self, value):
        texts = [text.strip() for text in SEPARATORS.split(super().clean(value))]
        return [find_person(text) for text in texts if text]

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)
