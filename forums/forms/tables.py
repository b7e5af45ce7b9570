"""How many tables a forum has, and which of them meet online."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_TABLES = 300
# One number, or the first and the last of several.
SPAN = re.compile(r"(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?")


class NumbersField(forms.CharField):
    """Numbers as people write them, "3, 9–12"; cleans to a sorted list of int without repeats."""

    def __init__(self, *, most, **kwargs):
        super().__init__(max_length=200, **kwargs)
        self.most = most

    def prepare_value(self, value):
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value):
        numbers = set()
        for part in re.split(r"[,;]", super().to_python(value)):
            if not part.strip():
                continue
            span = SPAN.fullmatch(part.strip())
            first, last = (int(span[1]), int(span[2] or span[1])) if span else (0, 0)
            if not 1 <= first <= last <= self.most:
                raise forms.ValidationError(
                    _("Write the numbers of tables with commas between them: 3, 9–12."), code="invalid"
                )
            numbers |= set(range(first, last + 1))
        return sorted(numbers)


class TablesForm(forms.Form):
    """How many tables there are and, where people may join online, which of them meet there."""

    tables = forms.IntegerField(label=_("Number of tables"), min_value=0, max_value=MOST_TABLES)
    online = NumbersField(
        label=_("Tables that meet online"),
        most=MOST_TABLES,
        required=False,
        help_text=_(
            "Their numbers, such as 9, 10 or 9–12. Those who take part online join such a table by its "
            "link; people in the room are not seated there."
        ),
    )

    def __init__(self, *args, forum, **kwargs):
        now = forum.tables.all()
        numbers = [table.number for table in now if table.is_online]
        super().__init__(*args, initial={"tables": len(now), "online": numbers}, **kwargs)
        if not (forum.is_online or numbers):
            del self.fields["online"]
