"""Turning a saved page into what it says: title, lead, headings, lists, quotations, captions, date.

Whatever the page, each of its lines ends up in exactly one place: in a block, in a caption, as the
date, or among what is left out with a reason.
"""

from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from . import quoting
from .blocking import Block, Kind, blocks_of, find_headings
from .dating import LABELS, bare_day, date_line
from .splitting import lines_of
from .undressing import LeftOut, is_prose, undress

# Characters, as Version keeps them.
LONGEST_TITLE, LONGEST_LEAD = 160, 600
# "Välkommen!" below a title is no lead.
SHORTEST_LEAD = 25
# A day alone on a line dates the page only near its top; further down it is a heading of minutes.
DATE_NEAR_TOP = 3


@dataclass
class Page:
    """What was recognised in a saved page. `date_line` is the line that `updated_on` was read from."""

    title: str = ""
    lead: str = ""
    blocks: list[Block] = field(default_factory=list)
    updated_on: date | None = None
    date_line: str = ""
    left_out: list[LeftOut] = field(default_factory=list)

    def of_kind(self, kind):
        return [block for block in self.blocks if block.kind == kind]

    @property
    def speakers(self):
        """Who is quoted, a Speaker or None for each quotation, in the order of the page."""
        return [block.speaker for block in self.of_kind(Kind.QUOTE)]

    @property
    def is_empty(self):
        return not (self.title or self.lead or self.blocks)


def recognise(text):
    """Return the Page that the plain text of a saved page is."""
    page = Page()
    lines, page.left_out = undress(lines_of(text))
    blocks = blocks_of(_take_date(page, lines))
    _take_title(page, blocks)
    page.blocks = find_headings(blocks)
    _take_lead(page)
    _name_speakers(page)
    return page


def _take_date(page, lines):
    """Take out the lines that date the page and keep the day that tells most; return the other lines."""
    found, others, at = [], [], 0
    while at < len(lines):
        text = lines[at].text
        dated = date_line(text)
        following = bare_day(lines[at + 1].text) if at + 1 < len(lines) else None
        if dated and not dated.day and following:
            at += 1
            found.append((dated.kind, following, f"{text} {lines[at].text}"))
        elif dated and dated.day:
            found.append((dated.kind, dated.day, text))
        elif dated:
            page.left_out.append(LeftOut(text, _("date label without a date")))
        elif at < DATE_NEAR_TOP and bare_day(text):
            found.append(("published", bare_day(text), text))
        else:
            others.append(lines[at])
        at += 1
    found.sort(key=lambda one: list(LABELS).index(one[0]))
    if found:
        _kind, page.updated_on, page.date_line = found[0]
        page.left_out += [LeftOut(text, _("another date of the page")) for _kind, _day, text in found[1:]]
    return others


def _take_title(page, blocks):
    """Take the title out of `blocks`: the first that is not a caption, if it reads as one."""
    first = next((block for block in blocks if block.kind != Kind.CAPTION), None)
    if first is None or first.kind != Kind.PARAGRAPH:
        return
    text = first.text
    reads_as_title = len(text) <= LONGEST_TITLE and not is_prose(text) and text[-1] not in ",:;"
    if reads_as_title or (first.reads_as_heading and len(text) <= LONGEST_TITLE):
        page.title = text
        blocks.remove(first)


def _take_lead(page):
    """Take the first paragraph as the lead, where there is more to read after it."""
    rest = [block for block in page.blocks if block.kind != Kind.CAPTION]
    if len(rest) < 2 or rest[0].kind != Kind.PARAGRAPH:
        return
    text = rest[0].text
    leads_on = text.endswith(":") or rest[1].kind == Kind.LIST
    is_sentence = is_prose(text) or (len(text) >= SHORTEST_LEAD and text[-1] in ".!?…")
    if is_sentence and len(text) <= LONGEST_LEAD and len(rest[0].lines) == 1 and not leads_on:
        page.lead = text
        page.blocks.remove(rest[0])


def _name_speakers(page):
    """Give each quotation its Speaker: named in it, or where the page leaves no doubt about who it is."""
    names = quoting.full_names(" ".join([page.title, page.lead, *(block.text for block in page.blocks)]))
    for block in page.of_kind(Kind.QUOTE):
        block.speaker = next(filter(None, map(quoting.speaker_in, block.lines)), None)
        if block.speaker and len(names.get(block.speaker.name, ())) == 1:
            block.speaker = replace(block.speaker, name=next(iter(names[block.speaker.name])))
    speakers = set(filter(None, page.speakers))
    known, between = [], [page.lead]
    for block in page.blocks:
        if block.kind != Kind.QUOTE:
            between.append(block.text)
            continue
        if block.speaker is None:
            block.speaker = quoting.implied_speaker(
                block.text, between=between, known=known, speakers=speakers
            )
        if block.speaker:
            known.append(block.speaker)
            between = []
