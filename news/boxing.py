"""Putting each table of a text in a box of its own, in which it is pushed sideways where it is too wide."""

import re

from django.utils.html import escape
from django.utils.translation import gettext as _

from news.outlining import plain

# The body is sanitised: its tables carry no attributes of their own.
TABLE = re.compile(r"<table>(?:<caption>(.*?)</caption>)?", re.DOTALL)


def box_tables(body):
    """Return a sanitised body with each table in a box that the keyboard reaches and a screen reader names
    (WCAG 2.2, 1.4.10 and 2.1.1): by the table's caption, or by its number where it has none."""
    numbers = iter(range(1, body.count("<table>") + 1))

    def boxed(table):
        number = next(numbers)
        name = plain(table[1] or "") or _("Table %(number)s") % {"number": number}
        return f'<div class="table-box" role="group" tabindex="0" aria-label="{escape(name)}">{table[0]}'

    return TABLE.sub(boxed, body).replace("</table>", "</table></div>")
