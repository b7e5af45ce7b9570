"""Asking for what was live at a moment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from news.forms.reviews import PlainForm


class MomentForm(PlainForm):
    vid = forms.DateTimeField(
        label=_("What was shown then?"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class CompareForm(PlainForm):
    """Two versions of an article, by their numbers."""

    fran = forms.TypedChoiceField(label=_("From"), coerce=int)
    till = forms.TypedChoiceField(label=_("To"), coerce=int)

    def __init__(self, *args, versions, **kwargs):
        newest = versions[0].number
        super().__init__(*args, initial={"fran": max(newest - 1, 1), "till": newest}, **kwargs)
        choices = [(one.number, f"{one.number}: {one.get_state_display()}") for one in versions]
        self.fields["fran"].choices = self.fields["till"].choices = choices
