"""Forms of many rows, which grow by a button that works without scripts."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

ADD_ROW = "add_row"
# A number of rows that somebody can have made. Python refuses to read one of 4,301 digits.
ROWS = re.compile(r"[0-9]{1,4}")


def with_another_row(data, prefix):
    """What was sent, with one more empty row in the formset with this prefix."""
    data = data.copy()
    count = f"{prefix}-TOTAL_FORMS"
    data[count] = str(int(data.get(count) or 0) + 1)
    return data


def formset_of(row, *, most, formset=None, **more):
    """A class of formsets with at most `most` rows of the form `row`.

    Twice as many may be sent, since who removes rows and adds others sends both. Whoever claims more is told
    so, and gets no row for each: of Django's own end, a thousand more, a page takes seconds (decisions/0725).
    """
    return forms.formset_factory(
        row,
        formset=formset or RowsFormSet,
        extra=0,
        can_delete=True,
        max_num=most,
        absolute_max=2 * most,
        **more,
    )


class RowsFormSet(forms.BaseFormSet):
    """A formset whose rows a person adds and ticks off. `add_row` in what was sent names its prefix."""

    def __init__(self, data=None, *args, prefix, **kwargs):
        self.grows = bool(data) and data.get(ADD_ROW) == prefix
        if self.grows and ROWS.fullmatch(str(data.get(f"{prefix}-TOTAL_FORMS", "0"))):
            data = with_another_row(data, prefix)
        super().__init__(data, *args, prefix=prefix, **kwargs)

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Remove")

    def add_error(self, field, error):
        """Say something of the rows as a whole, as a form's `add_error` does."""
        self.non_form_errors().append(error)

    @property
    def kept(self):
        """The cleaned data of the rows that are filled in and not ticked to go."""
        return [
            form.cleaned_data
            for form in self.forms
            if form.cleaned_data and not form.cleaned_data.get("DELETE") and not form.is_left_empty
        ]


class RowForm(forms.Form):
    """A row that may be left empty, where it is new; one that was there is removed by ticking it off."""

    # What stands in an untouched row and does not make it filled in.
    PRESET = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.empty_permitted = not self.initial
        self.use_required_attribute = False

    def has_changed(self):
        return any(name not in (*self.PRESET, "DELETE") for name in self.changed_data)

    @property
    def is_left_empty(self):
        return not self.has_changed() and not self.initial


class FormsOfOnePage:
    """Forms that are read and checked together: `parts` are all of them, `form` the one that what is not
    about a row is said of."""

    def add_error(self, field, error):
        self.form.add_error(field, error)

    def is_valid(self):
        # All are asked, so that every error is shown at once.
        valid = [part.is_valid() for part in self.parts]
        return all(valid)
