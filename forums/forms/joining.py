"""Joining a table, and choosing which departments and companies are the groups."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import UnitsField
from accounts.models import Side, Unit
from forums.forms.answers import Cards
from forums.forms.choices import capitalised


class JoinForm(forms.Form):
    """Asks for the voice, and only of somebody who holds posts on both sides."""

    side = forms.ChoiceField(label=_("You speak as"), choices=capitalised(Side), widget=Cards)

    def __init__(self, *args, person, answer, **kwargs):
        super().__init__(*args, initial={"side": answer.side}, **kwargs)
        if len(person.reach.sides) < 2:
            del self.fields["side"]


class GroupsForm(forms.Form):
    """The units that are groups."""

    units = UnitsField(
        label=_("Departments and companies"),
        queryset=Unit.objects.filter(kind__in=[Unit.Kind.DEPARTMENT, Unit.Kind.COMPANY]).order_by("name"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Each becomes a group that reports together. Its people join by the group's link or code."
        ),
    )
