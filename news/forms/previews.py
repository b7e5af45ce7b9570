"""Choosing as whom, and how wide, a text is looked at before readers see it."""

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import TextChoices
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.fields import UnitField
from accounts.models import Unit
from news.previewing import Capacity, reader_like


class Width(TextChoices):
    DESK = "dator", _("a computer")
    PHONE = "telefon", _("a phone")


class PreviewForm(forms.Form):
    som = forms.ChoiceField(
        label=_("Read as"),
        required=False,
        choices=[("", _("yourself")), *((one.value, one.label) for one in Capacity)],
    )
    enhet = UnitField(
        label=pgettext_lazy("a unit", "in"), queryset=Unit.objects.none(), required=False, empty_label=None
    )
    bredd = forms.ChoiceField(
        label=pgettext_lazy("a computer or a phone", "On"), required=False, choices=Width.choices
    )

    def __init__(self, data, *, unit):
        chosen = {"som": "", "enhet": unit.pk, "bredd": Width.DESK} | {
            name: data[name] for name in ("som", "enhet", "bredd") if data.get(name)
        }
        super().__init__(chosen)
        self.fields["enhet"].queryset = Unit.objects.all()
        self.helper = FormHelper()
        self.helper.form_tag = False

    @property
    def reader(self):
        """The reader who was chosen; None for oneself, or for what is no choice."""
        if not self.is_valid() or not self.cleaned_data["som"]:
            return None
        return reader_like(Capacity(self.cleaned_data["som"]), self.cleaned_data["enhet"])

    @property
    def called(self):
        """What the chosen reader is called in a sentence: "en chef i Socialförvaltningen"."""
        capacity, unit = Capacity(self.cleaned_data["som"]), self.cleaned_data["enhet"]
        return _("%(who)s in %(unit)s") % {"who": capacity.label, "unit": unit}

    @property
    def begins(self):
        return capfirst(self.called)

    @property
    def on_phone(self):
        return self.is_valid() and self.cleaned_data["bredd"] == Width.PHONE
