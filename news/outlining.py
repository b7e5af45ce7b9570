"""Finding one's way in a long text: headings get anchors, and a table of contents points at them."""

import re
from dataclasses import dataclass
from html import unescape

from django.utils.html import strip_tags
from django.utils.text import slugify

# The body is sanitised: its headings carry no attributes of their own.
HEADING = re.compile(r"<(h[234])>(.*?)</\1>", re.DOTALL)
LINK = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
FEWEST_FOR_CONTENTS = 3


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    anchor: str


@dataclass(frozen=True)
class Link:
    """A link of a text: where it leads, and the words that one follows, without markup."""

    href: str
    text: str


def links_of(body):
    """Return the Links of a sanitised body, in their order."""
    return [Link(unescape(href), plain(text)) for href, text in LINK.findall(body)]


def plain(html):
    """Return a piece of a sanitised body as text on one line."""
    return " ".join(unescape(strip_tags(html)).split())


def outline(body):
    """Give every heading of a sanitised body an anchor.

    Returns:
        (body, headings): headings is empty where there are fewer than three, too few for a
        table of contents. Their text is HTML, as safe as the body it came from.
    """
    headings, taken = [], set()

    def with_anchor(match):
        tag, text = match.groups()
        anchor = _free_anchor(strip_tags(text), taken)
        headings.append(Heading(int(tag[1]), strip_tags(text), anchor))
        return f'<{tag} id="{anchor}">{text}</{tag}>'

    body = HEADING.sub(with_anchor, body)
    return body, headings if len(headings) >= FEWEST_FOR_CONTENTS else []


def anchors_of(body):
    """Return the anchors that the headings of a sanitised body get, as a set."""
    return set(re.findall(r'<h[234] id="([^"]*)"', outline(body)[0]))


def _free_anchor(text, taken):
    stem = anchor = f"h-{slugify(text)[:60] or 'rubrik'}"
    number = 1
    while anchor in taken:
        number += 1
        anchor = f"{stem}-{number}"
    taken.add(anchor)
    return anchor
