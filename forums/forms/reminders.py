"""The reminders of a forum, row by row."""

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.forms.choices import capitalised
from forums.forms.programme import TimeField
from forums.forms.rows import RowForm, RowsFormSet, formset_of
from forums.models import Reminder


class ReminderForm(RowForm):
    PRESET = ("to", "time")

    to = forms.ChoiceField(label=_("To"), choices=capitalised(Reminder.To))
    days_before = forms.IntegerField(
        label=_("Days before"),
        min_value=0,
        max_value=60,
        help_text=_("Before the last day to answer, or before the forum. 0 is the same day."),
    )
    time = TimeField(label=_("At"), initial="08:00")

    def __init__(self, *args, forum, **kwargs):
        super().__init__(*args, **kwargs)
        self.forum = forum

    def clean(self):
        cleaned = super().clean()
        if not {"to", "days_before", "time"} <= cleaned.keys() or cleaned["days_before"] is None:
            return cleaned
        names = ("to", "days_before", "time")
        reminder = Reminder(forum=self.forum, **{name: cleaned[name] for name in names})
        if reminder.due_at >= reminder.before:
            self.add_error("time", _("By then it would be too late."))
        return cleaned


class BaseReminderFormSet(RowsFormSet):
    @property
    def reminders(self):
        """What `reminding.set_reminders` takes."""
        return [(row["to"], row["days_before"], row["time"]) for row in self.kept]


ReminderFormSet = formset_of(ReminderForm, formset=BaseReminderFormSet, most=10)


def reminder_rows_of(forum):
    """What the rows begin with: one for each reminder."""
    return list(forum.reminders.values("to", "days_before", "time"))
