"""What stands in a form now beside what somebody typed into it before they knew."""

from itertools import chain

from django import forms
from django.utils.translation import gettext as _


class Differences:
    """The lines of two forms of one kind that differ. False where there are none.

    Attributes:
        now: what stands there now and was not typed.
        typed: what was typed and does not stand there.
    """

    def __init__(self, now, typed):
        now, typed = list(_lines_of(now)), list(_lines_of(typed))
        self.now = [line for line in now if line not in typed]
        self.typed = [line for line in typed if line not in now]

    def __bool__(self):
        return bool(self.now or self.typed)


def _lines_of(form):
    """A form as text, a line for each field; of a formset, for each row; of several, one after the other."""
    if hasattr(form, "parts"):
        return chain.from_iterable(map(_lines_of, form.parts))
    if isinstance(form, forms.BaseFormSet):
        return (line for line in map(_line_of_row, form.forms) if line)
    return (f"{field.label}: {_text_of(field)}" for field in form.visible_fields())


def _line_of_row(row):
    """The row in one line; nothing for a row that is empty or ticked to go."""
    if row["DELETE"].value():
        return ""
    fields = [field for field in row.visible_fields() if field.name != "DELETE"]
    if not any(_text_of(field) for field in fields if field.name not in row.PRESET):
        return ""
    return ", ".join(filter(None, map(_text_of, fields)))


def _text_of(field):
    value = field.value()
    if isinstance(field.field, forms.BooleanField):
        return _("yes") if value else _("no")
    if isinstance(field.field, forms.ModelChoiceField):
        return _name_of(field.field, value)
    if isinstance(field.field, forms.ChoiceField):
        words = {str(key): str(word).strip() for key, word in field.field.choices}
        if isinstance(field.field, forms.MultipleChoiceField):
            return ", ".join(word for key, word in words.items() if key in map(str, value or ()))
        return words.get(str(value), str(value or ""))
    text = str(field.field.widget.format_value(value) or "")
    if isinstance(field.field, forms.DateTimeField):
        text = text.replace("T", " ")
    return " ".join(text.split())


def _name_of(field, value):
    try:
        chosen = field.to_python(value)
    except forms.ValidationError:
        return str(value)
    return str(chosen or "")
