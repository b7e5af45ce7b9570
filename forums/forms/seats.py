"""Seats kept for some, a seat given past the queue, and a no that came by telephone."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import UnitField
from accounts.models import Side, Unit
from forums.forms.choices import capitalised
from forums.forms.people import PersonField
from forums.forms.rows import RowForm, RowsFormSet, formset_of
from forums.models import NamedPerson

ADDRESS = re.compile(r"[^\s<>]+@[^\s<>]+")


class QuotaForm(RowForm):
    side = forms.ChoiceField(
        label=_("Kept for"), choices=capitalised([("", _("both sides")), *Side.choices]), required=False
    )
    unit = UnitField(Unit.objects.all(), label=_("In the unit"), required=False, empty_label=_("Everywhere"))
    seats = forms.IntegerField(label=_("Seats"), min_value=0, max_value=10_000)

    def clean(self):
        cleaned = super().clean()
        if "seats" in cleaned and not cleaned.get("side") and not cleaned.get("unit"):
            self.add_error("side", _("Choose a side, a unit or both. What no row keeps is for everybody."))
        return cleaned


class BaseQuotaFormSet(RowsFormSet):
    @property
    def quotas(self):
        """What `apportioning.set_quotas` takes."""
        return [(row["side"], row["unit"], row["seats"]) for row in self.kept]


QuotaFormSet = formset_of(QuotaForm, formset=BaseQuotaFormSet, most=40)


def quota_rows_of(forum):
    """What the rows begin with: one for each quota."""
    return list(forum.quotas.values("side", "unit", "seats"))


class SeatedField(PersonField):
    """Somebody in service, or one of `guests` (rows of NamedPerson) by e-mail address."""

    guests = NamedPerson.objects.none()

    def clean(self, value):
        address = ADDRESS.search(value or "")
        guest = address and self.guests.filter(person__email__iexact=address.group()).first()
        return guest.person if guest else super().clean(value)


class SeatedForm(forms.Form):
    """Something about one person (the field `person`), who may be a guest of the forum."""

    def __init__(self, *args, forum, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].guests = forum.named.guests().select_related("person")


class GiveSeatForm(SeatedForm):
    """Somebody who gets a seat in the room whatever the queue says, and why."""

    person = SeatedField(label=_("Who gets the seat?"), help_text=_("Full name or e-mail address."))
    note = forms.CharField(
        label=_("Why"),
        max_length=250,
        help_text=_("Those who arrange the forum read it beside the name. Nobody else does."),
    )
    adds_seat = forms.BooleanField(label=_("Add a seat if every seat is taken or held"), required=False)


class ExcuseForm(SeatedForm):
    """Somebody who has told the organiser that they are not coming."""

    person = SeatedField(label=_("Who is not coming?"), help_text=_("Full name or e-mail address."))
    note = forms.CharField(
        label=_("Note, if you want to write one"),
        max_length=250,
        required=False,
        help_text=_("Those who arrange the forum read it beside the name. Do not write of illness."),
    )
