"""Reading markup, a saved web page's or a Word document's, into the parts of a text.

The markup is first parsed as a browser does (nh3), so that nothing hides from us in broken tags; then
its boxes within boxes are laid out as one row of blocks. `unwrapping` takes an old site's dressing off
before that. What a text may hold in the end is `clean_html`'s to say.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import PurePath
from urllib.parse import urljoin

import lxml.html
import nh3
from django.utils.translation import gettext as _

from news.sanitising import EMPTIED, RENAMED, TAGS

from .dating import LABELS, date_line
from .decoding import BadPage
from .laying import BLOCKS, BOXES, HEADINGS, laid_out, words_in
from .shifting import SHIFTED, STRUCK, shift, without_struck
from .undressing import LeftOut, is_button, is_prose

READ = TAGS | RENAMED.keys() | BOXES | BLOCKS | {"dt", "dd", "span", "button", "label", "time"}
READ |= STRUCK | SHIFTED | {"font", "ins", "u"}
# What `unwrapping` tells dressing by, and `shifting` what is struck out; `clean_html` keeps none of it.
MARKS = {"class", "id", "role", "hidden", "style"}
# The parser that comes after nh3 gives up, without a word, on what lies deeper than this.
MOST_DEPTH = 120
NESTED = BOXES | {"span", "b", "i", "em", "strong", "font", "a", "table", "ul", "ol", "blockquote", "aside"}
NESTING = re.compile(rf"<(/?)(?:{'|'.join(sorted(NESTED))})\b", re.IGNORECASE)
LONGEST_TITLE, LONGEST_LEAD, SHORTEST_LEAD = 160, 600, 25  # characters, as Version keeps them
SCHEMES = ("http:", "https:", "mailto:", "tel:")


@dataclass
class MarkedPage:
    """What was recognised in a file with markup.

    Attributes:
        body: HTML, not sanitised yet; its pictures have the keys of `pictures` as their addresses.
        pictures: what to find each picture by in the file, in the order of the text.
        counts: how many headings, lists, tables, quotations and links the body holds.
    """

    title: str = ""
    lead: str = ""
    body: str = ""
    updated_on: date | None = None
    date_line: str = ""
    pictures: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def is_empty(self):
        return not (self.lead or self.body)


def parse(html):
    """Return the tree (an lxml element) that a browser would make of `html`, without what runs.

    Raises:
        BadPage: its boxes lie deeper within each other than any page's.
    """
    _refuse_depth(html)
    safe = nh3.clean(
        html,
        tags=READ,
        clean_content_tags=EMPTIED - READ,
        attributes={
            "*": MARKS,
            "a": {"href"},
            "img": {"src", "alt"},
            "ol": {"start"},
            "td": {"colspan", "rowspan"},
            "th": {"colspan", "rowspan", "scope"},
        },
        url_schemes={"http", "https", "mailto", "tel", "data", "file"},
        link_rel=None,
    )
    tree = lxml.html.fragment_fromstring(safe, create_parent="body")
    if len(words_in(tree)) < len(" ".join(nh3.clean(safe, tags=set()).split())) // 2:
        raise _too_deep()
    return tree


def mark(tree, *, title="", base="", is_saved=False):
    """Return the MarkedPage that a tree is.

    Args:
        title: what the file calls itself, where its text has no heading 1.
        base: the address that relative links start from.
        is_saved: it is a page of an old site, so buttons and dates of its own may stand in it.
    """
    page = MarkedPage(left_out=without_struck(tree))
    shift(tree)
    blocks = [block for block in laid_out(tree) if block.tag in ("hr", "figure") or words_in(block)]
    _join_captions(blocks)
    if is_saved:
        blocks = _without_buttons(page, _without_dates(page, blocks))
    blocks = [_with_picture_in_file(page, block) for block in blocks]
    blocks = [block for block in blocks if block is not None]
    _take_title(page, blocks, title)
    _take_lead(page, blocks)
    _level_headings(blocks)
    for block in blocks:
        _mend_links(page, block, base)
    page.counts = _counted(blocks)
    page.body = "\n".join(lxml.html.tostring(block, encoding="unicode", with_tail=False) for block in blocks)
    return page


def _refuse_depth(html):
    depth = 0
    for found in NESTING.finditer(html):
        depth = max(0, depth - 1) if found[1] else depth + 1
        if depth > MOST_DEPTH:
            raise _too_deep()


def _too_deep():
    return BadPage(_("The file is built in a way that can’t be read: its parts lie too deep in each other."))


def _join_captions(blocks):
    """Move a paragraph that Word calls a caption into the picture that it stands below."""
    for before, block in list(pairwise(blocks)):
        is_caption = block.tag == "p" and block.get("class") == "caption"
        if is_caption and before.tag == "figure" and before.find("figcaption") is None:
            block.tag = "figcaption"
            before.append(block)
            blocks.remove(block)


def _with_picture_in_file(page, block):
    """The block; of a picture that is not in the file its caption alone, or None."""
    image = block.find("img") if block.tag == "figure" else None
    if image is None:
        return block
    address = image.get("src", "")
    if address.startswith("data:"):
        if not image.get("alt", "").strip():
            image.attrib.pop("alt", None)  # that it is decoration is for its new writer to say
        page.pictures.append(address)
        return block
    name = image.get("alt") or PurePath(re.split(r"[?#]", address)[0]).name or _("Picture")
    page.left_out.append(LeftOut(name, _("a picture that is not in the file: upload it yourself")))
    caption = block.find("figcaption")
    if caption is None:
        return None
    caption.tag, block.tag = "em", "p"
    block.remove(image)
    return block


def _without_dates(page, blocks):
    """Take out the lines that date the page, and keep the day that tells most."""
    found, others = [], []
    for block in blocks:
        text = words_in(block)
        dated = date_line(text) if block.tag == "p" else None
        if dated and dated.day:
            found.append((dated.kind, dated.day, text))
        else:
            others.append(block)
    found.sort(key=lambda one: list(LABELS).index(one[0]))
    if found:
        _kind, page.updated_on, page.date_line = found[0]
        page.left_out += [LeftOut(text, _("another date of the page")) for _kind, _day, text in found[1:]]
    return others


def _without_buttons(page, blocks):
    others = []
    for block in blocks:
        items = block.findall("li") if block.tag in ("ul", "ol") else []
        texts = [words_in(part) for part in items or [block]]
        if all(is_button(text) for text in texts if text) and any(texts):
            page.left_out += [LeftOut(text, _("button of the old site")) for text in texts if text]
        elif items and all(_is_to_a_part(item) for item in items):
            page.left_out.append(LeftOut(words_in(block), _("table of contents")))
        else:
            others.append(block)
    return others


def _is_to_a_part(item):
    links = list(item.iter("a"))
    return bool(links) and all(link.get("href", "").startswith("#") for link in links)


def _take_title(page, blocks, title):
    """The first heading 1; else what the file calls itself; else a first line that reads as a title."""
    heading = next((block for block in blocks if block.tag == "h1"), None)
    first = blocks[0] if blocks else None
    if heading is None and not title and first is not None and first.tag in (*HEADINGS, "p"):
        text = words_in(first)
        heading = first if len(blocks) > 1 and not is_prose(text) and text[-1] not in ",:;." else None
    page.title = words_in(heading) if heading is not None else title
    if heading is not None and len(page.title) <= LONGEST_TITLE:
        blocks.remove(heading)
    if len(page.title) > LONGEST_TITLE:
        page.title = page.title[: LONGEST_TITLE - 2].rsplit(" ", 1)[0] + " …"


def _take_lead(page, blocks):
    """Take the first paragraph as the lead, where there is more to read after it and no link in it."""
    if len(blocks) < 2 or blocks[0].tag != "p" or blocks[0].find(".//a") is not None:
        return
    text = words_in(blocks[0])
    is_sentence = is_prose(text) or (len(text) >= SHORTEST_LEAD and text[-1] in ".!?…")
    leads_on = text.endswith(":") or blocks[1].tag in ("ul", "ol")
    if is_sentence and len(text) <= LONGEST_LEAD and not leads_on:
        page.lead = text
        del blocks[0]


def _level_headings(blocks):
    """The title is the only heading 1: the highest below it becomes a heading 2, the others follow."""
    headings = [one for block in blocks for one in block.iter(*HEADINGS)]
    levels = [int(block.tag[1]) for block in blocks if block.tag in HEADINGS]
    highest = min(levels, default=2)
    for heading in headings:
        heading.tag = f"h{max(2, min(4, int(heading.tag[1]) - highest + 2))}"


def _mend_links(page, block, base):
    """Give links their whole addresses. One to a part of the page, or whose address is nowhere in the
    file, becomes the words that it was on."""
    for link in list(block.iter("a")):
        href = link.get("href", "").strip()
        if base and href and not href.startswith("#"):
            href = _joined(base, href)
        if href.lower().startswith(SCHEMES):
            link.set("href", href)
            continue
        if href and not href.startswith("#"):
            reason = _("the words stay, the link does not: its address is not in the file")
            page.left_out.append(LeftOut(words_in(link) or href, reason))
        link.tag = "span"


def _joined(base, href):
    try:
        return urljoin(base, href)
    except ValueError:  # "//[": no address at all
        return href


def _counted(blocks):
    def count(*tags):
        return sum(1 for block in blocks for _one in block.iter(*tags))

    return {
        "headings": count("h2", "h3", "h4"),
        "lists": count("ul", "ol"),
        "tables": count("table"),
        "quotations": count("blockquote"),
        "fact_boxes": count("aside"),
        "links": count("a"),
    }
