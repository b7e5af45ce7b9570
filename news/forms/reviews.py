"""Submitting, approving, returning."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def moment(**options):
    """A field for a day and a time of the municipality's clock."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(required=False, widget=widget, **options)


class PlainForm(forms.Form):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False


class SubmitForm(PlainForm):
    due_on = forms.DateField(
        label=_("Answer wished for by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on and due_on < timezone.localdate():
            raise forms.ValidationError(_("Choose today or a day to come."))
        return due_on


class ApproveForm(PlainForm):
    """A yes that is not the last: nothing to fill in."""

    prefix = "approve"


class PublishForm(ApproveForm):
    """The last yes, which decides when readers see the text."""

    live_from = moment(label=_("Publish at"), help_text=_("Leave empty to publish at once."))
    live_until = moment(
        label=_("Until"),
        help_text=_("Leave empty if it is to stay. It then says nothing more, but is not lost."),
    )

    def clean_live_from(self):
        return self._to_come("live_from")

    def clean_live_until(self):
        return self._to_come("live_until")

    def _to_come(self, name):
        at = self.cleaned_data[name]
        if at and at <= timezone.now():
            raise forms.ValidationError(_("That time has passed. Choose a time to come, or leave it empty."))
        return at

    def clean(self):
        times = super().clean()
        live_from, live_until = times.get("live_from"), times.get("live_until")
        if live_from and live_until and live_until <= live_from:
            self.add_error("live_until", _("Choose a time after it is published."))
        return times


class ReturnForm(PlainForm):
    prefix = "return"

    reason = forms.CharField(
        label=_("What needs to change?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
