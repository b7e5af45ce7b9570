"""From lines to the blocks of a text: lists, quotations, headings, captions, paragraphs."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from . import quoting
from .captioning import Caption, caption_of
from .quoting import Speaker
from .splitting import Line

LONGEST_HEADING, MOST_HEADING_WORDS = 90, 13
HEADING_MARKS = '()”"»«'
# Dashes begin a line of speech in Swedish, and in a hurry a list.
DASHES = ("–", "—", "-")
# The most paragraphs that one quotation within marks runs over.
LONGEST_QUOTE = 4
# A short line that ends with one of these leads on to what comes after it: no heading ...
LEADS_ON = re.compile(
    r"\b(?:är|var|blir|ska|kan|har|hade|sa|säger|att|och|eller|som|samt|det|den|de|en|ett|bland annat"
    r"|till exempel|följande|nedan)$",
    re.I,
)
# ... and one that ends with one of these leads on to a list, but for "Så går det till".
LEADS_ON_TO_LIST = re.compile(
    r"(?!så\b).*\b(?:för|med|om|på|i|av|till|från|vid|hos|inom|kring|mot|mellan|under|över|genom|enligt)$",
    re.I,
)
# Labels of facts and people, where a colon follows; and what people are reached by.
FACT = re.compile(
    r"(?:telefon|tel|mobil|e-?post|mejl|(?:besöks|post)?adress|plats|tid|datum|när|var|text|kontakt(?:person)?"
    r"|(?:sid)?ansvarig|webb|öppettider)\b[^:]{0,40}:|.*(?:@|\d{3,}[ -]\d{2}|https?://|www\.)",
    re.I,
)
NAMED = re.compile(rf"{quoting.NAME_WORD}\s+{quoting.PARTICLE}{quoting.NAME}(?:\s*[,–-]\s*\S.*)?$")


class Kind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    QUOTE = "quote"
    CAPTION = "caption"


@dataclass
class Block:
    """A part of the text. `lines` are the items of a list, the paragraphs of a quotation, or lines
    that stand below each other in one paragraph."""

    kind: Kind
    lines: list[str]
    mark: str = ""
    level: int = 2
    speaker: Speaker | None = None
    caption: Caption | None = None

    @property
    def text(self):
        return " ".join(self.lines)

    @property
    def starts_at(self):
        """The first number of a numbered list, otherwise None."""
        return int(self.mark) if self.mark.isdigit() else None

    @property
    def reads_as_heading(self):
        """Whether the line by itself could be a heading; what follows it decides."""
        text = self.lines[0]
        return (
            self.kind == Kind.PARAGRAPH
            and len(self.lines) == 1
            and len(text) <= LONGEST_HEADING
            and len(text.split()) <= MOST_HEADING_WORDS
            and (text.lstrip(HEADING_MARKS)[:1].isupper() or text[0].isdigit())
            and (text[-1].isalnum() or text[-1] in f"?%{HEADING_MARKS}")
            and not LEADS_ON.search(text)
            and not FACT.match(text)
        )


def blocks_of(lines):
    """Return the Blocks that Lines make; the title is among them as one that reads as a heading."""
    blocks = [_block(line) for line in lines]
    for step in (_form_lists, _form_quotes, _join_credits):
        blocks = step(blocks)
    return blocks


def find_headings(blocks):
    """Make headings of the blocks that read so and have something below them; return all blocks.

    Names below each other are people, not headings. Of two headings in a row the second is the
    smaller one.
    """
    blocks = _form_names(blocks)
    below, has_smaller = None, False
    for block in reversed(blocks):
        if block.kind == Kind.CAPTION:
            continue
        is_larger = False
        if below and block.reads_as_heading:
            if below.kind == Kind.HEADING and not has_smaller:
                block.kind, below.level, is_larger = Kind.HEADING, 3, True
            elif _heads(block, below):
                block.kind = Kind.HEADING
        below, has_smaller = block, is_larger
    return blocks


def _heads(block, below):
    """Whether a line that reads as a heading is one, over the text `below` it."""
    if below.kind == Kind.LIST:
        return not LEADS_ON_TO_LIST.match(block.text)
    return below.kind != Kind.HEADING and not below.reads_as_heading


def _block(line):
    if caption := caption_of(line.text):
        return Block(Kind.CAPTION, [line.text], caption=caption)
    if line.mark:
        return Block(Kind.LIST, [line.text], mark=line.mark)
    return Block(Kind.PARAGRAPH, [line.text])


def _form_lists(blocks):
    """Put items together; what only looks like an item becomes a quotation or a paragraph."""
    formed = []
    for run in _runs(blocks):
        if run[0].kind != Kind.LIST:
            formed += run
        elif run[0].mark in DASHES and _is_speech(run):
            formed += [Block(Kind.QUOTE, block.lines) for block in run]
        elif run[0].mark.isdigit() and len(run) == 1:
            formed.append(Block(Kind.PARAGRAPH, run[0].lines))
        else:
            formed.append(Block(Kind.LIST, [Line(block.text).words for block in run], mark=run[0].mark))
    return formed


def _runs(blocks):
    """Group list items that belong together: the same bullet, or numbers that follow each other."""
    runs = []
    for before, block in pairwise([None, *blocks]):
        if before and before.kind == block.kind == Kind.LIST and _goes_on(before.mark, block.mark):
            runs[-1].append(block)
        else:
            runs.append([block])
    return runs


def _goes_on(mark, following):
    if mark.isdigit() and following.isdigit():
        return int(following) == int(mark) + 1
    return mark == following


def _is_speech(run):
    """Whether lines that begin with a dash are said by somebody, and not a list."""
    texts = [Line(block.text).words for block in run]
    if any(quoting.is_tagged(text) for text in texts):
        return True
    if any(not text[:1].isupper() for text in texts):
        return False
    return all(text[-1] in '.!?…”"' for text in texts) and (run[0].mark != "-" or len(run) == 1)


def _form_quotes(blocks):
    """Find quotations within marks, and put the paragraphs of one quotation together."""
    formed, at = [], 0
    while at < len(blocks):
        block, used = blocks[at], 1
        if block.kind == Kind.PARAGRAPH and quoting.opens_quote(block.text):
            used = _quote_length(blocks[at : at + LONGEST_QUOTE])
            block = Block(Kind.QUOTE, [part.text for part in blocks[at : at + used]])
        elif block.kind == Kind.QUOTE:
            used = _speech_length(blocks[at : at + LONGEST_QUOTE])
            block = Block(Kind.QUOTE, [part.text for part in blocks[at : at + used]])
        formed.append(block)
        at += used
    return formed


def _quote_length(blocks):
    """How many of the blocks a quotation within marks runs over; one where it is not seen to end."""
    if quoting.is_unfinished(blocks[0].text):
        for number, block in enumerate(blocks[1:], start=2):
            if block.kind != Kind.PARAGRAPH or block.reads_as_heading:
                break
            if quoting.closes_quote(block.text):
                return number
    return 1


def _speech_length(blocks):
    """How many of the blocks one speaker says: up to the one that names the speaker, where none of
    those before it asks a question or names somebody."""
    for number, block in enumerate(blocks, start=1):
        names = quoting.is_tagged(block.text)
        if block.kind not in (Kind.QUOTE, Kind.PARAGRAPH) or block.reads_as_heading:
            break
        if names:
            return number
        if block.text.endswith(("?", ":")) or (number > 1 and block.kind == Kind.PARAGRAPH):
            break
    return 1


def _join_credits(blocks):
    """Give a caption the credit that stands on the line after it."""
    joined = []
    for block in blocks:
        above = joined[-1] if joined else None
        if (
            block.caption
            and block.caption.is_credit_only
            and above
            and above.caption
            and not above.caption.credit
        ):
            above.caption = replace(above.caption, credit=block.caption.credit)
            above.lines += block.lines
        else:
            joined.append(block)
    return joined


def _form_names(blocks):
    """Put names that stand below each other into one paragraph."""
    formed = []
    for block in blocks:
        above = formed[-1] if formed else None
        if above and _is_named(block) and _is_named(above):
            above.lines += block.lines
        else:
            formed.append(block)
    return formed


def _is_named(block):
    line = block.lines[-1]
    return (
        block.kind == Kind.PARAGRAPH
        and len(line) <= LONGEST_HEADING
        and line[-1] != "."
        and NAMED.match(line)
    )
