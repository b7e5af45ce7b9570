"""Naming people beside a forum's audience."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from forums.forms.choices import capitalised
from forums.forms.people import PeopleField
from forums.models import NamedPerson

Kind = NamedPerson.Kind


class NamePeopleForm(forms.Form):
    """People of the portal, and whether they are invited too or left out."""

    people = PeopleField(
        label=_("Who?"), help_text=_("Names or e-mail addresses, with commas between several people.")
    )
    kind = forms.ChoiceField(
        label=_("They are"),
        choices=capitalised([(Kind.ALSO, Kind.ALSO.label), (Kind.LEFT_OUT, Kind.LEFT_OUT.label)]),
        initial=Kind.ALSO,
        widget=forms.RadioSelect,
    )


class GuestForm(forms.Form):
    """Somebody from outside."""

    given_name = forms.CharField(label=_("Given name"), max_length=80)
    family_name = forms.CharField(label=_("Family name"), max_length=80)
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, initial="sv")
