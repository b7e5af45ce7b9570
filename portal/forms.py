"""The shape of what is sent to the portal's own pages."""

from django import forms
from django.conf import settings


class LanguageForm(forms.Form):
    """Which language to read in."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)
