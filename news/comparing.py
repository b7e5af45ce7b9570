"""What has changed between two texts, word by word, in a form that can be read aloud."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser

WORD = re.compile(r"\s+|\w+|[^\w\s]")
# Each begins a block of its own; what else there is belongs to the block around it.
BLOCKS = {"h2", "h3", "h4", "p", "li", "blockquote", "footer", "caption", "th", "td", "hr"}
# An editor may put a paragraph inside these; it is still the list item or the cell that was written.
HOLDERS = {"li", "th", "td", "blockquote"}
SAME, ADDED, REMOVED = "same", "added", "removed"


@dataclass(frozen=True)
class Part:
    """A run of words: `state` is "same", "added" or "removed"."""

    state: str
    text: str


@dataclass(frozen=True)
class Change:
    """One block of text (`tag`: title, lead, h2, p, li ...) in its parts."""

    tag: str
    parts: tuple[Part, ...]

    @property
    def is_changed(self):
        return any(part.state != SAME for part in self.parts)


class _Blocks(HTMLParser):
    """Splits a body into (tag, text). A link's address is part of its text: a changed one must show."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.blocks, self.tag, self.text, self.hrefs = [], "p", "", []

    def handle_starttag(self, tag, attrs):
        if tag == "p" and self.tag in HOLDERS and not self.text:
            return
        if tag in BLOCKS:
            self._end_block(tag)
        elif tag == "a":
            self.hrefs.append(dict(attrs).get("href") or "")
        elif tag == "br":
            self.text += " "

    def handle_endtag(self, tag):
        if tag in BLOCKS:
            self._end_block("p")
        elif tag == "a" and self.hrefs:
            self.text += f" [{self.hrefs.pop()}]"

    def handle_data(self, data):
        self.text += data

    def _end_block(self, tag):
        if text := " ".join(self.text.split()):
            self.blocks.append((self.tag, text))
        self.tag, self.text = tag, ""

    def close(self):
        super().close()
        self._end_block("p")


def blocks_of(version):
    """A version's text as (tag, text) pairs: title, lead, picture texts, then the body's blocks."""
    body = _Blocks()
    body.feed(version.body or "")
    body.close()
    around = [("title", version.title), ("lead", version.lead)]
    picture = [
        ("caption", version.picture_caption),
        ("alt", version.picture_alt),
        ("credit", version.picture_credit),
    ]
    return [(tag, " ".join(text.split())) for tag, text in around + picture if text] + body.blocks


def compare(old, new):
    """Return the Changes that lead from one version to another: every block, changed or not, in order."""
    before, after = blocks_of(old), blocks_of(new)
    changes = []
    for operation, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if operation == "equal":
            changes += [Change(tag, (Part(SAME, text),)) for tag, text in after[j1:j2]]
        else:
            changes += _replaced(before[i1:i2], after[j1:j2])
    return changes


def _replaced(before, after):
    """Blocks at the same place are compared by words; what is over on either side came or went."""
    paired = min(len(before), len(after))
    changes = [Change(after[index][0], _words(before[index][1], after[index][1])) for index in range(paired)]
    changes += [Change(tag, (Part(REMOVED, text),)) for tag, text in before[paired:]]
    changes += [Change(tag, (Part(ADDED, text),)) for tag, text in after[paired:]]
    return changes


def _words(before, after):
    old, new = WORD.findall(before), WORD.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.quick_ratio() < 0.3:
        # Two different sentences: word by word they would be a patchwork nobody can read.
        return (Part(REMOVED, before), Part(ADDED, after))
    parts = []
    for operation, i1, i2, j1, j2 in matcher.get_opcodes():
        if operation == "equal":
            parts.append(Part(SAME, "".join(new[j1:j2])))
            continue
        if i2 > i1:
            parts.append(Part(REMOVED, "".join(old[i1:i2])))
        if j2 > j1:
            parts.append(Part(ADDED, "".join(new[j1:j2])))
    return tuple(parts)
