"""The shape of what is sent to the portal's own pages."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.fields import PersonField


class LanguageForm(forms.Form):
    """Which language to read in."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)


class LogForm(forms.Form):
    """What an administrator looks for in the log."""

    q = forms.CharField(label=_("Words"), max_length=100, required=False)
    person = PersonField(label=_("Who did it"), required=False)
    event = forms.ChoiceField(
        label=_("About"),
        required=False,
        choices=[
            ("", _("Everything")),
            ("article.", _("Texts")),
            ("version.", _("Versions and their review")),
            ("forum.", _("Forums")),
            ("registration.", _("Registrations")),
            ("role.", _("Roles")),
            ("assignment.", _("Assignments")),
        ],
    )
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("To and including"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class KeyForm(forms.Form):
    """What to do with an address of one's own; `number` tells which address was on the page."""

    do = forms.ChoiceField(choices=[(word, word) for word in ("make", "change", "turn_off")])
    number = forms.UUIDField(required=False)
