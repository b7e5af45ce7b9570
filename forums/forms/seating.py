"""Putting one participant at a table."""

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.models import Registration


class MoveForm(forms.Form):
    """The number of a table of the forum; empty for none. Cleans to the Table or None."""

    table = forms.IntegerField(label=_("Table"), required=False, min_value=1, max_value=300)

    def __init__(self, *args, forum, **kwargs):
        super().__init__(*args, **kwargs)
        self.forum = forum

    def clean_table(self):
        number = self.cleaned_data["table"]
        if number is None:
            return None
        table = self.forum.tables.filter(number=number).first()
        if table is None:
            raise forms.ValidationError(_("There is no table %(number)s."), params={"number": number})
        return table


class PlaceForm(MoveForm):
    """One participant in the room, chosen on the seat plan, and the table where they are put."""

    answer = forms.ModelChoiceField(
        Registration.objects.none(),
        error_messages={"required": _("Choose somebody on the plan first.")},
    )

    def __init__(self, *args, forum, **kwargs):
        super().__init__(*args, forum=forum, **kwargs)
        self.fields["answer"].queryset = forum.registrations.to_seat().select_related("person")
