"""Making a text of a Word document: its structure and its pictures, by mammoth.

`news.examining` has read the file to its end before, and refused bombs, locks and macros. What is asked
here beside that is what mammoth would stumble on: huge parts, entities, and depths.
"""

import logging
import re
import zipfile

import mammoth
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lxml.etree import XMLSyntaxError

from .decoding import BadPage
from .marking import mark, parse
from .smoothing import smoothed, with_part
from .undressing import LeftOut

logger = logging.getLogger(__name__)

# The words of a document, in bytes: a book of 200,000 words is some 10 MB.
LARGEST_TEXT = 12 * 1024 * 1024
MOST_DEPTH = 100
MOST_PICTURES = 40
# Word's own styles have English names in the file, in whichever language it was written.
STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote:fresh > p:fresh
p[style-name='Intense Quote'] => blockquote:fresh > p:fresh
p[style-name='caption'] => p.caption:fresh
p[style-name='Caption'] => p.caption:fresh
"""
UNKNOWN_STYLE = re.compile(r"Unrecognised \w+ style: '?(.*?)'? \(Style ID: ")
NOT_IN_FILE = re.compile(r"could not open external image: ?'(.*?)'|could not open external image '(.*?)',")
FORMULA = re.compile(r"An unrecognised element was ignored: \S*oMath(?:Para)?$")
# Parts that a reader would miss, and that mammoth passes by in silence.
MISSED = {
    re.compile(r"word/charts/chart\d*\.xml"): gettext_lazy("a chart"),
    re.compile(r"word/diagrams/data\d*\.xml"): gettext_lazy("a drawing (SmartArt)"),
    re.compile(r"word/embeddings/[^/]+"): gettext_lazy("an embedded file"),
    re.compile(r"word/afchunk[^/]*", re.IGNORECASE): gettext_lazy("an embedded document"),
}
NOTE_BACK = re.compile(r'<a href="#[^"]*">↑</a>')
HEADER_OR_FOOTER = re.compile(r"word/(?:header|footer)\d*\.xml")
WORDS = re.compile(rb"<w:t(?:\s[^>]*)?>([^<]*)</w:t>|</w:p>")


def convert(file):
    """Return (the MarkedPage that a Word document is, its pictures as Files by their addresses in the body).

    Args:
        file: a File that `news.examining.examine` has said to be a docx.

    Raises:
        BadPage: its words are too many, or it can't be read.
    """
    pictures = {}

    def keep(image):
        address = f"data:word:{len(pictures) + 1}"
        if len(pictures) >= MOST_PICTURES:
            return {"src": "data:word:beyond"}
        with image.open() as opened:
            pictures[address] = ContentFile(opened.read(), name=f"{_('Picture')} {len(pictures) + 1}")
        return {"src": address, **({"alt": image.alt_text} if image.alt_text else {})}

    left_out = _look_into(file)
    file, hidden = _smooth(file)
    left_out += hidden
    file.seek(0)
    try:
        converted = mammoth.convert_to_html(
            file,
            style_map=STYLES,
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(keep),
        )
    except Exception as error:
        # mammoth reads what it expects and stumbles, in its own many ways, on whatever else a file may hold.
        logger.warning("A Word document could not be converted", exc_info=error)
        raise BadPage(_("The file is damaged: Word can perhaps open it and save it anew.")) from error
    # Footnotes keep their words and numbers, without the arrow back.
    page = mark(parse(NOTE_BACK.sub("", converted.value)))
    page.left_out += [*left_out, *_told_by(converted.messages)]
    return page, pictures


def _look_into(file):
    """Refuse what mammoth would choke on; return what it never looks at: the words of heads and feet."""
    left_out = []
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            parts = [one for one in archive.infolist() if one.filename.endswith((".xml", ".rels"))]
            if sum(part.file_size for part in parts) > LARGEST_TEXT:
                raise BadPage(_("The document is too long to become one text. Divide it and try again."))
            for part in parts:
                _refuse_depth(archive, part)
                if HEADER_OR_FOOTER.fullmatch(part.filename):
                    words = _words_in(archive.read(part))
                    left_out += [LeftOut(words, _("head or foot of the paper"))] if words else []
            for name in archive.namelist():
                missed = next((what for pattern, what in MISSED.items() if pattern.fullmatch(name)), None)
                left_out += [LeftOut(str(missed), _("has to be put in by hand"))] if missed else []
    except (zipfile.BadZipFile, ParseError, DefusedXmlException) as error:
        raise BadPage(_("The file is damaged: Word can perhaps open it and save it anew.")) from error
    return left_out


def _smooth(file):
    """Return (a file that mammoth reads whole, the LeftOuts of what is hidden in it)."""
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        try:
            xml, hidden = smoothed(archive)
        except XMLSyntaxError as error:  # a word longer than any book
            raise BadPage(_("The file is damaged: Word can perhaps open it and save it anew.")) from error
        return (file if xml is None else with_part(archive, xml)), hidden


def _refuse_depth(archive, part):
    depth = 0
    with archive.open(part) as opened:
        for event, element in iterparse(opened, events=("start", "end"), forbid_dtd=True):
            depth += 1 if event == "start" else -1
            if depth > MOST_DEPTH:
                raise BadPage(
                    _("The file is built in a way that can’t be read: its parts lie too deep in each other.")
                )
            if event == "end":
                element.clear()


def _words_in(xml):
    return " ".join(b" ".join(WORDS.findall(xml)).decode(errors="replace").split())


def _told_by(messages):
    """Yield a LeftOut for each thing that mammoth did not know, once."""
    for message in dict.fromkeys(one.message for one in messages):
        if style := UNKNOWN_STYLE.match(message):
            yield LeftOut(style[1], _("a style of its own: the words stay, as ordinary text"))
        elif FORMULA.match(message):
            yield LeftOut(_("a formula"), _("has to be put in by hand"))
        elif missing := NOT_IN_FILE.match(message):
            yield LeftOut(missing[1] or missing[2], _("a picture that is not in the file"))
