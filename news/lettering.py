"""A version as a Word document: its words, tables and pictures, for those who work on in a word processor."""

import re
from html.parser import HTMLParser
from io import BytesIO
from uuid import UUID

from django.conf import settings
from docx.shared import Cm
from PIL import Image

from news.formatting import align_numbers, head_row, link_in, new_document, run_in
from news.referring import ID

PICTURE = re.compile(rf"/bilder/{ID}/")
WIDTH = Cm(16)
STYLES = {"h2": "Heading 2", "h3": "Heading 3", "h4": "Heading 4", "figcaption": "Caption"}
LISTS = {"ul": "List Bullet", "ol": "List Number"}
BLOCKS = {*STYLES, "p", "li", "footer"}
# What XML 1.0 cannot hold.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def as_docx(version):
    """Return a version as a Word document, in bytes. Its pictures are as PNG, which every Word opens."""
    document = new_document(title=_plain(version.title), saved_at=version.saved_at)
    document.add_heading(_plain(version.title), level=1)
    if version.lead:
        document.add_paragraph().add_run(_plain(version.lead)).bold = True
    writer = _Writer(document, {picture.pk: picture for picture in version.pictures_in_text.all()})
    writer.feed(version.body)
    writer.close()
    file = BytesIO()
    document.save(file)
    return file.getvalue()


class _Writer(HTMLParser):
    """Writes a sanitised body into a document, block by block."""

    def __init__(self, document, pictures):
        super().__init__(convert_charrefs=True)
        self.document, self.pictures = document, pictures
        self.lists, self.marks = [], []
        self.rows = self.paragraph = self.address = None
        self.in_quote = self.has_head = False

    def handle_starttag(self, tag, attrs):
        if tag in ("strong", "em"):
            self.marks.append(tag)
        elif tag in LISTS:
            self.lists.append(LISTS[tag])
        elif tag == "a":
            self.address = dict(attrs).get("href")
        elif tag == "table":
            self.rows, self.has_head = [], False
        elif tag == "tr" and self.rows is not None:
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append("")
            self.has_head |= tag == "th" and len(self.rows) == 1
        elif tag == "img":
            self._show(dict(attrs))
        elif tag == "br" and self.paragraph is not None:
            self.paragraph.add_run().add_break()
        elif tag == "blockquote":
            self.in_quote = True
        elif tag in BLOCKS:
            self._begin(tag)

    def handle_endtag(self, tag):
        if tag in self.marks:
            self.marks.remove(tag)
        elif tag == "a":
            self.address = None
        elif tag in LISTS and self.lists:
            self.lists.pop()
        elif tag == "table":
            self._lay_out()
        elif tag == "blockquote":
            self.in_quote = False
        elif tag in BLOCKS:
            self.paragraph = None

    def handle_data(self, data):
        text = re.sub(r"\s+", " ", _plain(data))
        if self.rows is not None:
            if self.rows and self.rows[-1]:
                self.rows[-1][-1] += text
            return
        if self.paragraph is None:
            if not text.strip():
                return
            self._begin("p")
        run = self.paragraph.add_run(text)
        # Where nothing is marked, the style of the paragraph decides.
        run.bold, run.italic = "strong" in self.marks or None, "em" in self.marks or None
        if self.address:
            run_in(link_in(self.paragraph, _whole(self.address)), run)

    def _begin(self, tag):
        if self.rows is not None or (tag == "p" and self.paragraph is not None):
            return  # a paragraph inside a list item or a cell is that item or cell
        style = STYLES.get(tag) or (self.lists[-1] if tag == "li" and self.lists else None)
        self.paragraph = self.document.add_paragraph(style=style or ("Quote" if self.in_quote else None))
        if tag == "footer":
            self.paragraph.add_run("– ")  # whose words they are, as the page has it

    def _lay_out(self):
        rows, self.rows = [row for row in self.rows or [] if row], None
        if rows:
            table = self.document.add_table(len(rows), max(map(len, rows)), style="Table Grid")
            for number, row in enumerate(rows):
                for place, text in enumerate(row):
                    table.cell(number, place).text = text.strip()
            if self.has_head:
                head_row(table.rows[0])
            align_numbers(table)
            self.document.add_paragraph()  # else the next text stands against it

    def _show(self, attrs):
        found = PICTURE.match(attrs.get("src") or "")
        picture = self.pictures.get(UUID(found[1])) if found else None
        if picture is None:
            return
        content = BytesIO()
        with picture.file.open("rb") as file:
            Image.open(file).convert("RGB").save(content, "PNG")
        content.seek(0)
        shown = self.document.add_picture(content, width=WIDTH)
        shown._inline.docPr.set("descr", attrs.get("alt") or "")
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True  # its caption


def _whole(address):
    return settings.SITE_URL + address if address.startswith("/") else address


def _plain(text):
    return UNPRINTABLE.sub("", text)
