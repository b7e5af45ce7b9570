"""Finding passages in a text, and marking them."""

import html
import re
from collections import defaultdict
from itertools import pairwise, takewhile
from operator import eq

from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from news.comparing import blocks_of

# A tag, or a run of text between tags, of a sanitised body.
PIECE = re.compile(r"<[^>]*>|[^<]+")
ENDS_A_BLOCK = re.compile(
    r"</?(?:p|h[2-4]|li|ul|ol|blockquote|footer|table|t[rhd]|caption|hr|br|figure|figcaption)\b"
)


# Characters on either side by which one place of some words is told from another.
AROUND = 200
# Places before times places after, beyond which they are told apart by their number alone.
TOO_MANY = 10_000


def parts_of(version):
    """A version's text as {part: HTML} of those parts in which words can be marked, the body first."""
    return {
        "body": version.body,
        "title": escape(version.title),
        "lead": escape(version.lead),
        "caption": escape(version.picture_caption),
        "alt": escape(version.picture_alt),
        "credit": escape(version.picture_credit),
    }


def holds(version, quote):
    """Whether the words `quote`, with single spaces, stand in a version's title, lead, picture texts or
    body; they may reach from one paragraph into the next."""
    around = " ".join(block.text for block in blocks_of(version))
    return quote in around or quote in _plain(version.body)


def holds_in(version, part, quote):
    """Whether the words `quote` stand in this part of a version."""
    return part in parts_of(version) and quote in _plain(parts_of(version)[part])


def mended(remarks, version):
    """Those of some remarks on earlier versions whose words are gone from this one, as a list: they stand
    there no more, or fewer times, and not where they were marked."""
    texts, seen, gone = _texts(version), {}, []
    for remark in remarks:
        if remark.quote and not _place(remark, version, texts, seen):
            before = _texts_before(remark, seen)
            fewer = _count(texts, remark.quote) < _count(before, remark.quote)
            if fewer or not holds(version, remark.quote):
                gone.append(remark)
    return gone


def mark_passages(version, body, remarks):
    """Mark in a version, its sanitised `body` as it is shown, the passages that remarks are about.

    Returns:
        {part: HTML} with each passage, piece by piece, in `<mark>`, and after it a link to its remark.
        Passages that overlap are marked within each other. What is not found is left as it is; the remark
        quotes it anyway.
    """
    parts = parts_of(version) | {"body": body}
    places = {part: _with_places(shown) for part, shown in parts.items()}
    texts = {part: plain for part, (plain, _places) in places.items()}
    spans, seen = defaultdict(list), {}
    for remark in remarks:
        if place := _place(remark, version, texts, seen):
            part, start = place
            spans[part].append((start, start + len(remark.quote), remark))
    return {part: mark_safe(_marked(parts[part], places[part][1], spans[part])) for part in parts}


def _place(remark, version, texts, seen):
    """Where in the `texts` of a version the words stand that a remark is about: (part, place), or None.
    `seen` holds the texts of earlier versions, once they were asked for."""
    part = remark.part or next((name for name in texts if remark.quote in texts[name]), None)
    found = _hits(texts[part], remark.quote) if part else []
    if not found:
        return None
    if remark.version_id in (None, version.pk):
        return part, found[min(remark.occurrence, len(found) - 1)]
    start = _found_again(_texts_before(remark, seen)[part], texts[part], remark)
    return None if start is None else (part, start)


def _found_again(before, after, remark):
    """Where in a part of a later version those words stand that were marked in it before: the place that
    has more around it in common with theirs than with any other place of the same words; None if none."""
    old, new = (_hits(text, remark.quote) for text in (before, after))
    if len(old) * len(new) > TOO_MANY or len(old) <= remark.occurrence:
        return new[min(remark.occurrence, len(new) - 1)]
    length, own = len(remark.quote), []
    for number, start in enumerate(new):
        alike = [
            (_in_common(before, place, after, start, length), -abs(number - other), other)
            for other, place in enumerate(old)
        ]
        likeness, _near, other = max(alike)
        if other == remark.occurrence:
            own.append((likeness, -number, start))
    return max(own)[-1] if own else None


def _in_common(before, old, after, new, length):
    """How many characters on both sides of two places of the same words are the same, one by one."""
    left = (before[max(old - AROUND, 0) : old][::-1], after[max(new - AROUND, 0) : new][::-1])
    right = (before[old + length :][:AROUND], after[new + length :][:AROUND])
    return sum(sum(takewhile(bool, map(eq, *pair))) for pair in (left, right))


def _hits(text, quote):
    """The places in `text` where `quote` begins."""
    return [found.start() for found in re.finditer(f"(?={re.escape(quote)})", text)] if quote else []


def _count(texts, quote):
    return sum(len(_hits(text, quote)) for text in texts.values())


def _texts(version):
    return {part: _plain(shown) for part, shown in parts_of(version).items()}


def _texts_before(remark, seen):
    if remark.version_id not in seen:
        seen[remark.version_id] = _texts(remark.version)
    return seen[remark.version_id]


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
    """The body with the spans of characters marked: cut where any of them begins or ends."""
    made, written, begun = [], 0, set()
    for start, end in pairwise(sorted({edge for first, last, _remark in spans for edge in (first, last)})):
        inside = [remark for first, last, remark in spans if first <= start and end <= last]
        for first, last in _runs(places[start:end]) if inside else ():
            opened = [_opened(remark, is_first=remark.pk not in begun) for remark in inside]
            begun.update(remark.pk for remark in inside)
            made += [body[written:first], *opened, body[first:last], "</mark>" * len(inside)]
            written = last
        made += [_link_to(remark) for _first, last, remark in spans if last == end]
    return "".join([*made, body[written:]])


def _opened(remark, *, is_first):
    return f'<mark id="passage-{remark.pk}">' if is_first else "<mark>"


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
