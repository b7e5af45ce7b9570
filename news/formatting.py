"""What a Word document of ours looks like: Swedish paper and language, and the portal's letters and colours.

The template that python-docx brings is American: its paper is Letter, and Word would read Swedish words as
misspelt English ones, and read them aloud so.
"""

from datetime import UTC

from django.conf import settings
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

WRITTEN_IN = "sv-SE"  # what people here write, whatever language the page is read in
GREEN, INK = RGBColor(0x14, 0x4A, 0x3E), RGBColor(0x1D, 0x26, 0x24)
# Letters that every Word has, near those of the portal.
HEADINGS, TEXT = "Georgia", "Calibri"
SIZES = {"Heading 1": 24, "Heading 2": 16, "Heading 3": 13, "Heading 4": 11}


def new_document(*, title, saved_at):
    """An empty document on A4, in Swedish. `saved_at` is when what will stand in it was written."""
    document = Document()
    _set_paper(document.sections[0])
    _set_language(document)
    _set_letters(document.styles)
    about = document.core_properties
    about.title, about.author, about.language = title, settings.MUNICIPALITY, WRITTEN_IN
    about.comments, about.last_modified_by = "", settings.MUNICIPALITY
    # The format tells moments by UTC, without saying so (ISO 29500-2).
    about.created = about.modified = saved_at.astimezone(UTC).replace(tzinfo=None)
    _forget_picture_of_template(document)
    return document


def _set_paper(section):
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.5)


def _set_language(document):
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), WRITTEN_IN)


def _set_letters(styles):
    _set_font(styles["Normal"], TEXT, 11, INK)
    for name, size in SIZES.items():
        _set_font(styles[name], HEADINGS, size, GREEN)
        styles[name].font.bold = False
        styles[name].paragraph_format.space_before = Pt(size)
        styles[name].paragraph_format.space_after = Pt(4)
    _set_font(styles["Caption"], TEXT, 9, INK)
    styles["Caption"].font.bold = False
    styles["Quote"].font.color.rgb = INK
    styles["Quote"].paragraph_format.left_indent = Cm(0.8)


def _set_font(style, name, size, colour):
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in [key for key in fonts.attrib if key.endswith("Theme")]:
        del fonts.attrib[theme]  # goes before the name
    style.font.name, style.font.size, style.font.color.rgb = name, Pt(size), colour


def _forget_picture_of_template(document):
    relations = document.part.package.rels
    for key in [key for key, one in relations.items() if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[key]


def link_in(paragraph, address):
    """Begin a link to an address in a paragraph; returns what runs are put into (`run_in`)."""
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    paragraph._p.append(link)
    return link


def run_in(link, run):
    """Move a run of the paragraph into a link of it, and let it look like one."""
    run.font.color.rgb, run.font.underline = GREEN, True
    link.append(run._r)


def head_row(row):
    """Let a table's row be its heading: told as that by screen readers, and again on the next sheet."""
    repeat = OxmlElement("w:tblHeader")
    row._tr.get_or_add_trPr().append(repeat)
    for cell in row.cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True


def align_numbers(table):
    """Let columns with nothing but numbers below their heading stand to the right."""
    for column in table.columns:
        cells = [cell.paragraphs[0] for cell in column.cells]
        if len(cells) > 1 and all(cell.text.replace("\xa0", "").isdecimal() for cell in cells[1:]):
            for cell in cells:
                cell.alignment = WD_ALIGN_PARAGRAPH.RIGHT
