"""What has changed between two texts, word by word, in a form that can be read aloud."""

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from html.parser import HTMLParser
from itertools import chain, groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.pairing import PICTURE, WORD, runs, walk

# Each begins a block of its own; what else there is belongs to the block around it.
BLOCKS = {"h2", "h3", "h4", "p", "li", "blockquote", "footer", "caption", "th", "td", "hr"}
BLOCKS |= {"figure", "figcaption", "aside"}
# An editor may put a paragraph inside these; it is still the list item or the cell that was written.
HOLDERS = {"li", "th", "td", "blockquote"}
LISTS = {"ul", "ol"}
AROUND = LISTS | {"aside"}
STRESS = {"strong", "em"}
# What stands for a block that has no words.
WORDLESS = {"hr": "* * *", "th": "[ ]", "td": "[ ]"}
FORMS = {
    "p": gettext_lazy("body text"),
    "h2": gettext_lazy("a heading of level 2"),
    "h3": gettext_lazy("a heading of level 3"),
    "h4": gettext_lazy("a heading of level 4"),
    "li": gettext_lazy("an item of a list"),
    "ol": gettext_lazy("an item of a numbered list"),
    "blockquote": gettext_lazy("a quotation"),
    "footer": gettext_lazy("the speaker of a quotation"),
    "th": gettext_lazy("a heading cell"),
    "td": gettext_lazy("a cell"),
    "figcaption": gettext_lazy("a caption"),
    "caption": gettext_lazy("a caption"),
}
# What is a picture, whatever is written of it.
PICTURES = {"picture", "figure"}
ADDRESS = re.compile(rf"\s*{PICTURE}")
SAME, ADDED, REMOVED = "same", "added", "removed"
# So many unchanged blocks are shown on either side of a changed one; a longer run than this is folded.
BESIDE, LONGEST_RUN = 1, 3


@dataclass(frozen=True)
class Part:
    """A run of words: `state` is "same", "added" or "removed"."""

    state: str
    text: str


class Block(NamedTuple):
    """A block of text: its element (title, lead, h2, p, li, "ol" for an item of a numbered list ...), its
    words, whether it stands in a fact box, and which words are stressed how: ("strong", "viktigt")."""

    tag: str
    text: str
    is_boxed: bool = False
    stress: tuple[tuple[str, str], ...] = ()

    @property
    def form(self):
        """What it is, to be read by a person."""
        name = FORMS.get(self.tag, self.tag)
        return _("%(form)s in a fact box") % {"form": name} if self.is_boxed else str(name)


@dataclass(frozen=True)
class Change:
    """One block of text (`tag`: title, lead, h2, p, li ...) in its parts, and what it was `before` where it
    was another block and not only other words."""

    block: Block
    parts: tuple[Part, ...]
    before: Block | None = None

    @property
    def tag(self):
        return self.block.tag

    @property
    def is_changed(self):
        return bool(self.reshaped) or any(part.state != SAME for part in self.parts)

    @property
    def label(self):
        """What stands before the words of a picture, so that nobody takes them for the text; else empty."""
        if self.tag not in PICTURES:
            return ""
        return _("Picture") if self.is_changed else _("Picture, unchanged")

    @property
    def shown(self):
        """Its Parts as they are read: of a picture that is the same its address says nothing."""
        stands_for = "" if self.tag in PICTURES else f" [{_('picture')}]"
        return [
            replace(part, text=ADDRESS.sub(stands_for, part.text)) if part.state == SAME else part
            for part in self.parts
        ]

    @property
    def reshaped(self):
        """What has changed beside the words, as a sentence; empty where nothing has."""
        if self.before is None:
            return ""
        if self.before.form != self.block.form:
            return _("Now %(now)s, before %(before)s.") % {
                "now": self.block.form,
                "before": self.before.form,
            }
        if self.before.stress == self.block.stress:
            return ""
        if self.tag == "picture":
            now = _("The picture is now only decoration.")
            return now if self.block.stress else _("The picture is no longer only decoration.")
        # Where words came or went, that is seen already.
        return _("Bold or italics are changed.") if self.before.text == self.block.text else ""


@dataclass(frozen=True)
class Stretch:
    """Changes that stand together; `is_folded` where none of them changed and the reader may skip them."""

    changes: tuple[Change, ...]
    is_folded: bool


class _Blocks(HTMLParser):
    """Splits a body into Blocks. The address of a link or a picture is part of its text: a changed one
    must show. So must a rule and an empty cell, which have no words."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.blocks, self.around = [], []
        self.tag, self.text, self.hrefs, self.stress, self.stressed_from = "p", "", [], [], {}

    def handle_starttag(self, tag, attrs):
        if tag == "p" and self.tag in HOLDERS and not self.text:
            return
        if tag in BLOCKS:
            self._end_block(tag)
        if tag in AROUND:
            self.around.append(tag)
        elif tag == "a":
            self.hrefs.append(dict(attrs).get("href") or "")
        elif tag in STRESS:
            self.stressed_from[tag] = len(self.text)
        elif tag == "br":
            self.text += " "
        elif tag == "img":
            shown = dict(attrs)
            self.text += f" {shown.get('alt') or ''} [{shown.get('src') or ''}]"

    def handle_endtag(self, tag):
        if tag in BLOCKS:
            self._end_block("p")
        if tag in AROUND and self.around:
            self.around.pop()
        elif tag == "a" and self.hrefs:
            self.text += f" [{self.hrefs.pop()}]"
        elif tag in self.stressed_from:
            self.stress.append((tag, _one_line(self.text[self.stressed_from.pop(tag) :])))

    def handle_data(self, data):
        self.text += data

    def _end_block(self, tag):
        text = _one_line(self.text) or WORDLESS.get(self.tag, "")
        if text:
            lists = [each for each in self.around if each in LISTS]
            name = "ol" if self.tag == "li" and lists[-1:] == ["ol"] else self.tag
            self.blocks.append(Block(name, text, "aside" in self.around, tuple(self.stress)))
        self.tag, self.text, self.stress, self.stressed_from = tag, "", [], {}

    def close(self):
        super().close()
        self._end_block("p")


def blocks_of(version):
    """A version's text as Blocks: title, lead, picture texts, then the body's."""
    body = _Blocks()
    body.feed(version.body or "")
    body.close()
    around = [Block("title", version.title), Block("lead", version.lead)]
    shown = f"{version.picture.name} [{version.picture.get_absolute_url()}]" if version.picture else ""
    decoration = (("decoration", ""),) if version.picture_is_decoration else ()
    picture = [
        Block("picture", shown, stress=decoration),
        Block("caption", version.picture_caption),
        Block("alt", version.picture_alt),
        Block("credit", version.picture_credit),
    ]
    return [
        block._replace(text=_one_line(block.text)) for block in around + picture if block.text
    ] + body.blocks


def compare(old, new):
    """Return the Changes that lead from one version to another: every block, changed or not, in order."""
    return _blocks_between(blocks_of(old), blocks_of(new))


def fold(changes):
    """Return changes as Stretches: long runs without any change are folded, but for what stands beside
    a changed block."""
    stretches, place = [], 0
    for is_changed, group in groupby(changes, key=attrgetter("is_changed")):
        run = tuple(group)
        before = BESIDE if place else 0
        after = BESIDE if place + len(run) < len(changes) else 0
        place += len(run)
        hidden = run[before : len(run) - after]
        if is_changed or len(hidden) <= LONGEST_RUN:
            stretches.append(Stretch(run, is_folded=False))
            continue
        parts = [(run[:before], False), (hidden, True), (run[len(run) - after :], False)]
        stretches += [Stretch(part, is_folded) for part, is_folded in parts if part]
    return stretches


def count_words(changes):
    """Return how many words came, and how many went."""
    counts = {SAME: 0, ADDED: 0, REMOVED: 0}
    for part in chain.from_iterable(change.parts for change in changes):
        counts[part.state] += sum(1 for word in WORD.findall(part.text) if word[0].isalnum())
    return counts[ADDED], counts[REMOVED]


def is_reshaped(changes):
    """Whether anything has changed, be it a word or the form of one."""
    return any(change.is_changed for change in changes)


def _blocks_between(before, after):
    changes = []
    for operation, i1, i2, j1, j2 in SequenceMatcher(None, before, after).get_opcodes():
        if operation == "equal":
            changes += [Change(block, (Part(SAME, block.text),)) for block in after[j1:j2]]
        else:
            changes += _replaced(before[i1:i2], after[j1:j2])
    return changes


def _replaced(before, after):
    changes = []
    for old, new in walk([block.text for block in before], [block.text for block in after]):
        if new is None:
            changes.append(Change(before[old], (Part(REMOVED, before[old].text),)))
        elif old is None:
            changes.append(Change(after[new], (Part(ADDED, after[new].text),)))
        else:
            changes.append(Change(after[new], _parts(before[old].text, after[new].text), before[old]))
    return changes


def _parts(before, after):
    """The Parts that lead from one text to another, neighbours of the same state as one."""
    grouped = groupby(runs(before, after), key=itemgetter(0))
    parts = [Part(state, "".join(text for _state, text in group)) for state, group in grouped]
    return tuple(part for part in parts if part.text)


def _one_line(text):
    return " ".join(text.split())
