"""A word for the list of insults."""

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.models import Insult


class InsultForm(forms.Form):
    text = forms.CharField(
        label=_("Word or phrase"),
        max_length=Insult._meta.get_field("text").max_length,
        widget=forms.TextInput(attrs={"autocapitalize": "none"}),
        help_text=_("In its plain form: the other forms of it are found too."),
    )
