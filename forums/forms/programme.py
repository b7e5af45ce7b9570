"""The programme, row by row."""

from datetime import datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from forums.forms.choices import capitalised
from forums.forms.people import PeopleField
from forums.forms.rows import RowForm, RowsFormSet, formset_of
from forums.models import ProgrammeItem


class TimeField(forms.TimeField):
    def __init__(self, **kwargs):
        super().__init__(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **kwargs)


class ItemField(forms.ModelChoiceField):
    """The item that a row changes. One that a colleague has removed is None: the row is then a new one."""

    def clean(self, value):
        try:
            return super().clean(value)
        except forms.ValidationError:
            return None


class ProgrammeItemForm(RowForm):
    """One item. Times are of the forum's day; where there are several, the day is asked too."""

    PRESET = ("kind", "day")

    item = ItemField(ProgrammeItem.objects.none(), required=False, widget=forms.HiddenInput)
    day = forms.TypedChoiceField(label=_("Day"), coerce=datetime.fromisoformat)
    starts = TimeField(label=_("From"))
    ends = TimeField(label=_("To"))
    kind = forms.ChoiceField(
        label=_("Kind"), choices=capitalised(ProgrammeItem.Kind), initial=ProgrammeItem.Kind.TALK
    )
    title = forms.CharField(label=_("Title"), max_length=160)
    speakers = PeopleField(
        label=_("Speakers from here"), required=False, help_text=_("Names or e-mail addresses, with commas.")
    )
    guests = forms.CharField(label=_("Guest speakers"), max_length=250, required=False)
    text = forms.CharField(
        label=_("About it"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, forum, **kwargs):
        super().__init__(*args, **kwargs)
        self.forum = forum
        self.fields["item"].queryset = forum.programme.all()
        days = _days_of(forum)
        self.fields["day"].choices = [(day.isoformat(), date_format(day, "l j F")) for day in days]
        self.fields["day"].initial = days[0].isoformat()
        if len(days) == 1:
            self.fields["day"].widget = forms.HiddenInput()
            self.fields["day"].required = False
            self.fields["day"].empty_value = datetime.combine(days[0], datetime.min.time())

    def clean(self):
        cleaned = super().clean()
        day, starts, ends = (cleaned.get(name) for name in ("day", "starts", "ends"))
        if not (day and starts and ends):
            return cleaned
        starts_at = timezone.make_aware(datetime.combine(day, starts))
        ends_at = timezone.make_aware(datetime.combine(day, ends))
        if ends_at <= starts_at:
            self.add_error("ends", _("The item has to end after it starts."))
        if starts_at < self.forum.starts_at or ends_at > self.forum.ends_at:
            self.add_error("starts", _("The item is outside the time of the forum."))
        return cleaned | {"starts_at": starts_at, "ends_at": ends_at}


def _days_of(forum):
    first, last = timezone.localdate(forum.starts_at), timezone.localdate(forum.ends_at)
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


class BaseProgrammeFormSet(RowsFormSet):
    @property
    def items(self):
        """What `planning.set_programme` takes."""
        names = (
            "item",
            "kind",
            "starts_at",
            "ends_at",
            "title",
            "text",
            "speakers",
            "guests",
        )
        return [{name: row[name] for name in names} for row in self.kept]

    @property
    def removed(self):
        ticked = (form.cleaned_data.get("item") for form in self.deleted_forms)
        return [item for item in ticked if item]


ProgrammeFormSet = formset_of(ProgrammeItemForm, formset=BaseProgrammeFormSet, most=100)


def rows_of(forum):
    """What the rows of the programme form begin with: one row per item."""
    return [
        {
            "item": item,
            "day": timezone.localdate(item.starts_at).isoformat(),
            "starts": timezone.localtime(item.starts_at).time(),
            "ends": timezone.localtime(item.ends_at).time(),
            "kind": item.kind,
            "title": item.title,
            "speakers": list(item.speakers.all()),
            "guests": item.guests,
            "text": item.text,
        }
        for item in forum.programme.with_speakers()
    ]
