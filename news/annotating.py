"""Finding passages in a text, and marking them."""

import html
import re
from operator import itemgetter

from django.utils.translation import gettext

from news.comparing import blocks_of

# A tag, or a run of text between tags, of a sanitised body.
PIECE = re.compile(r"<[^>]*>|[^<]+")
ENDS_A_BLOCK = re.compile(
    r"</?(?:p|h[2-4]|li|ul|ol|blockquote|footer|table|t[rhd]|caption|hr|br|figure|figcaption)\b"
)


def holds(version, quote):
    """Whether the words `quote`, with single spaces, stand in a version's title, lead, picture texts or
    body; they may reach from one paragraph into the next."""
    around = " ".join(block.text for block in blocks_of(version))
    return quote in around or quote in _plain(version.body)


def mark_passages(body, remarks):
    """Mark in a sanitised body the passages that remarks are about.

    Returns:
        The body with each passage, part by part, in `<mark>`, and after it a link to its remark. What
        is not found, or overlaps one marked before, is left as it is; the remark quotes it anyway.
    """
    plain, places = _with_places(body)
    spans = []
    for remark in remarks:
        start = plain.find(remark.quote) if remark.quote else -1
        end = start + len(remark.quote)
        if start >= 0 and all(end <= first or last <= start for first, last, _remark in spans):
            spans.append((start, end, remark))
    spans.sort(key=itemgetter(0))
    return _marked(body, places, spans)


def _plain(body):
    return _with_places(body)[0]


def _with_places(body):
    """The body's text with single spaces, and for each of its characters the stretch of the body that
    it stands for (start, end)."""
    characters, places = [], []
    for piece in PIECE.finditer(body):
        if piece.group().startswith("<"):
            if ENDS_A_BLOCK.match(piece.group()) and characters and characters[-1] != " ":
                characters.append(" ")
                places.append(None)
            continue
        for unit in re.finditer(r"&(?:#\d+|#x[0-9a-fA-F]+|\w+);|\s+|.", piece.group()):
            character = _character(unit.group())
            if character == " " and characters and characters[-1] == " ":
                continue
            characters.append(character)
            places.append((piece.start() + unit.start(), piece.start() + unit.end()))
    return "".join(characters), places


def _character(unit):
    """The one character that a unit of HTML text shows."""
    if unit.isspace():
        return " "
    return html.unescape(unit) if len(unit) > 1 else unit


def _marked(body, places, spans):
    made, written = [], 0
    for start, end, remark in spans:
        anchor = f' id="passage-{remark.pk}"'
        for first, last in _runs(places[start:end]):
            made += [body[written:first], f"<mark{anchor}>", body[first:last], "</mark>"]
            written, anchor = last, ""
        made.append(_link_to(remark))
    return "".join([*made, body[written:]])


def _link_to(remark):
    words = html.escape(gettext("Comment by %(name)s") % {"name": remark.by})
    link = f'<a href="#kommentar-{remark.pk}" aria-label="{words}" title="{words}">'
    return f'<sup class="remark-mark">{link}✎</a></sup>'


def _runs(places):
    """The stretches of the body, without any tag in them, that some of its characters stand for."""
    runs = []
    for place in places:
        if place is None:
            continue
        if runs and runs[-1][1] == place[0]:
            runs[-1][1] = place[1]
        else:
            runs.append([*place])
    return runs
