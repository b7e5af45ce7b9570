"""What those who lead the group work say with a button."""

from django import forms
from django.utils.translation import gettext_lazy as _


class HideForm(forms.Form):
    """Why a note is taken down."""

    reason = forms.CharField(label=_("Why is it hidden?"), max_length=250)


class ExtendForm(forms.Form):
    """More minutes for a round; `after` is what it had been given already when the button was shown."""

    CHOICES = (1, 5)

    minutes = forms.TypedChoiceField(choices=[(minutes, minutes) for minutes in CHOICES], coerce=int)
    after = forms.DurationField()
