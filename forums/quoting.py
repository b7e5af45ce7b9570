"""Choosing what the tables are quoted with: the notes that those who lead have marked, else some of the
largest themes."""

from django.utils import translation
from django.utils.html import format_html, format_html_join

from accounts.models import Side
from forums.disclosing import attribute
from forums.models import Note
from forums.showing import notes_of

QUOTATIONS = 4
MOST_MARKED = 12
# Shorter says little, longer is no quotation; in characters. Not asked of what somebody has marked.
QUOTABLE = range(25, 301)
BY_SIDE = {Side.ELECTED: "De förtroendevalda", Side.OFFICIAL: "Tjänstepersonerna"}


def quotations(result, themes):
    """Return a section of quotations as HTML, each with the group that wrote it as far as that may be told;
    "" where there is nothing to quote.

    Args:
        themes: as `showing.themes_of` returns them.
    """
    chosen = marked_notes(result)[:MOST_MARKED] or _of_the_largest(themes)
    if not chosen:
        return ""
    quotes = ((note.text, told_by(note)) for note in chosen)
    return format_html(
        "<h2>Röster från {}</h2>{}",
        "grupperna" if result.group_work.has_unit_groups else "borden",
        format_html_join("", "<blockquote><p>{}</p><footer>{}</footer></blockquote>", quotes),
    )


def told_by(note):
    """Whom a note is said to come from, in Swedish, as `disclosing.attribute` lets it be told."""
    if note.told_table:
        with translation.override("sv"):
            return str(note.told_table)
    return BY_SIDE.get(note.told_side, "Ur grupparbetet")


def marked_notes(result):
    """The notes that are marked for the summary, each with what may be told of it. The first `MOST_MARKED`
    are quoted."""
    work = result.group_work
    marked = list(notes_of(work, Note.objects.for_summary()).order_by("table__number", "pk"))
    return attribute(marked, figures=result.figures, work=work) if marked else []


def _of_the_largest(themes):
    """One for each of the largest themes, rather from a table not heard yet."""
    chosen = {}
    for theme in themes:
        fitting = [
            note
            for note in theme["notes_said"]
            if note.told_table and len(note.text) in QUOTABLE and note.text not in chosen
        ]
        heard = {note.told_table for note in chosen.values()}
        fitting.sort(key=lambda note: note.told_table in heard)
        if fitting and len(chosen) < QUOTATIONS:
            chosen[fitting[0].text] = fitting[0]
    return list(chosen.values())
