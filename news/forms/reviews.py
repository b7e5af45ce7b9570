"""Submitting, approving, returning."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.fields import NumberField, PersonField
from news.signing import CannotSign, could_sign


def moment(**options):
    """A field for a day and a time of the municipality's clock."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(required=False, widget=widget, **options)


class PlainForm(forms.Form):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False


class TimesForm(PlainForm):
    """When readers see a text, and until when: both to come, and in that order."""

    live_from = moment(label=_("Publish at"), help_text=_("Leave empty to publish at once."))
    live_until = moment(
        label=_("Until"),
        help_text=_("Leave empty if it is to stay. After that nobody can read it, but it is not lost."),
    )

    def tell_what_empty_gives_up(self, version):
        """Say beside each field which time of the version approved before this one no longer holds, if the
        field is left empty."""
        for name, at in zip(("live_from", "live_until"), _approved_before(version), strict=True):
            if at:
                field = self.fields[name]
                field.help_text = format_lazy("{} {}", field.help_text, _no_longer_holds(at))

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


def _approved_before(version):
    """The times to come of the newest approved version of its article, None for each that it has not."""
    approved = version.article.newest_approved
    return approved.times_to_come if approved else (None, None)


def _no_longer_holds(at):
    at = timezone.localtime(at)
    told = {"day": date_format(at, "j F Y"), "time": date_format(at, "TIME_FORMAT")}
    words = gettext("If the field is empty, the time already approved no longer holds: %(day)s at %(time)s.")
    return words % told


class SubmitForm(TimesForm):
    """A wish of the writers', for whoever gives the last yes, and the day by which they would have it."""

    live_from = moment(
        label=_("Publish at"), help_text=_("Leave empty to publish as soon as it is approved.")
    )
    due_on = forms.DateField(
        label=_("Answer needed by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leave empty for the days that its review route gives."),
    )
    # What whoever submits has read through: the draft's count of saves.
    revision = NumberField(
        min_value=0, required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"})
    )
    field_order = ["due_on", "live_from", "live_until"]

    def __init__(self, *args, version, by, to_replace=(), **kwargs):
        super().__init__(*args, initial=_still_to_come(version), **kwargs)
        self.tell_what_empty_gives_up(version)
        self.version, self.by = version, by
        self.fields["revision"].initial = version.revision
        self.to_replace = {f"instead-{one.pk}": one for one in to_replace}
        for name, one in self.to_replace.items():
            self.fields[name] = PersonField(
                label=_("Who signs it off instead of %(name)s?") % {"name": one.person},
                help_text=_("Name or e-mail address. Leave empty to ask the approvers of the unit."),
                required=False,
            )
        self.order_fields([*self.to_replace, *self.field_order])

    def clean(self):
        said = super().clean()
        for name, signatory in self.to_replace.items():
            person = said.get(name)
            if person and not could_sign(self.version, signatory, person, by=self.by):
                self.add_error(name, CannotSign.message)
        return said

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on and due_on < timezone.localdate():
            raise forms.ValidationError(_("Choose today or a day to come."))
        return due_on

    @property
    def wishes(self):
        """What `reviewing.submit` takes."""
        said = self.cleaned_data
        wished = {"wished_from": said["live_from"], "wished_until": said["live_until"]}
        instead = {one: said[name] for name, one in self.to_replace.items() if said[name]}
        return {"seen": said["revision"], "due_on": said["due_on"], "instead": instead} | wished

    def shows(self, version):
        """Say that what is read through from now on is the version as it is now."""
        self.data = self.data.copy()
        self.data["revision"] = str(version.revision)


def _still_to_come(version):
    """What was wished for a version, as far as it has not passed."""
    wishes = {"live_from": version.wished_from, "live_until": version.wished_until}
    return {name: at for name, at in wishes.items() if at and at > timezone.now()}


class ApproveForm(PlainForm):
    """A yes that is not the last: nothing to fill in."""

    prefix = "approve"

    def __init__(self, *args, version, **kwargs):
        super().__init__(*args, **kwargs)


class PublishForm(TimesForm):
    """The last yes, which decides when readers see the text; it begins with what the writers wish for."""

    prefix = "approve"

    def __init__(self, *args, version, **kwargs):
        super().__init__(*args, initial=_still_to_come(version), **kwargs)
        self.tell_what_empty_gives_up(version)


class RescheduleForm(TimesForm):
    """Other times for what has been approved. What is out already can only end at another time."""

    def __init__(self, *args, version, is_out, **kwargs):
        self.kept = {"live_from": version.live_from, "live_until": version.live_until}
        super().__init__(*args, initial=self.kept, **kwargs)
        if is_out:
            del self.fields["live_from"]

    def _to_come(self, name):
        """The field shows minutes: what was not touched keeps its seconds."""
        at, kept = super()._to_come(name), self.kept[name]
        return kept if at and kept and at == kept.replace(second=0, microsecond=0) else at


class ReturnForm(PlainForm):
    prefix = "return"

    reason = forms.CharField(
        label=_("What needs to change?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )


class RemarkForm(PlainForm):
    """A comment on a passage. Without script the passage is copied into its field by hand."""

    prefix = "remark"

    quote = forms.CharField(
        label=_("Which words is it about?"),
        help_text=_("Mark them in the text, or copy them here. Empty for the text as a whole."),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "data-passage": ""}),
    )
    part = forms.CharField(max_length=10, required=False, widget=forms.HiddenInput(attrs={"data-part": ""}))
    occurrence = forms.IntegerField(
        min_value=0, max_value=32767, required=False, widget=forms.HiddenInput(attrs={"data-occurrence": ""})
    )
    text = forms.CharField(
        label=_("Comment"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "data-remark": ""})
    )

    def clean_occurrence(self):
        return self.cleaned_data["occurrence"] or 0
