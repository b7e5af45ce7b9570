"""Telling what was recognised in a file that became a draft."""

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .blocking import Kind
from .marking import MarkedPage

LONGEST = 70  # characters of a line that is told of


def recognised(page):
    """Yield (what, how many or which) for each part that a Page or MarkedPage has."""
    yield _("title"), page.title or _("none; the file's name was taken")
    yield _("lead"), shortened(page.lead) or _("none")
    yield from _marked_parts(page) if isinstance(page, MarkedPage) else _parts(page)
    yield _("date"), formats.date_format(page.updated_on, "j F Y") if page.updated_on else _("none")


def shortened(text):
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]} …"


def _marked_parts(page):
    names = {
        "headings": _("headings"),
        "lists": _("lists"),
        "tables": pgettext("in a text", "tables"),
        "quotations": _("quotations"),
        "fact_boxes": _("fact boxes"),
        "links": _("links"),
    }
    for name, count in page.counts.items():
        if count:
            yield names[name], count
    if page.pictures:
        yield _("pictures"), len(page.pictures)


def _parts(page):
    headings, lists = page.of_kind(Kind.HEADING), page.of_kind(Kind.LIST)
    captions, quotes = page.of_kind(Kind.CAPTION), page.of_kind(Kind.QUOTE)
    if headings:
        yield _("headings"), f"{len(headings)} ({'; '.join(heading.text for heading in headings)})"
    if lists:
        yield _("lists"), f"{len(lists)} ({', '.join(str(len(block.lines)) for block in lists)})"
    if quotes:
        yield _("quotations"), f"{len(quotes)} ({'; '.join(_speaker(quote) for quote in quotes)})"
    if captions:
        yield _("captions"), f"{len(captions)} ({'; '.join(_caption(block.caption) for block in captions)})"


def _speaker(quote):
    if quote.speaker is None:
        return _("speaker not named")
    return (
        quote.speaker.name
        if quote.speaker.span
        else _("%(name)s, from the text before") % {"name": quote.speaker.name}
    )


def _caption(caption):
    return shortened(" ".join(filter(None, [caption.text, caption.credit and f"Foto: {caption.credit}"])))
