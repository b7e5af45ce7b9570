"""Telling what a file to import is, by its content, and reading it."""

import base64
import re

from django.core.files.base import ContentFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from news.examining import examine
from news.refusals import BadDocument, HasMacros

from .converting import convert
from .decoding import LARGEST_PAGE, BadPage, text_of
from .recognising import recognise
from .unwrapping import unwrap

# A page saved with its pictures in it, as some add-ons to browsers save it.
LARGEST_WEB_PAGE = 15 * 1024 * 1024
WEB_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
PIECE_OF_PAGE = re.compile(r"\s*<(?:main|article|div|section|p|h[1-6])\b[^>]*>", re.I)
RICH_TEXT = re.compile(rb"\s*\{\\rtf")
PACKED, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
WEB_ARCHIVE = re.compile(rb"(?:From:|MIME-Version:|Subject:|Snapshot-Content-Location:)", re.I)
DATA = re.compile(r'src="(data:image/[\w.+-]+;base64,([A-Za-z0-9+/=\s]+))"')


def open_page(file, *, name):
    """Return (the Page or MarkedPage that the file is, its pictures as Files by their addresses in it).

    Raises:
        BadPage: it is of another kind, too large, locked, damaged or a bomb; `str()` says why.
    """
    file.seek(0)
    start = file.read(1024)
    if start.startswith(PACKED):
        return _open_word(file)
    if start.startswith(OLD_OFFICE):
        raise BadPage(
            _(
                "The file is in an old Office format (such as doc), or locked with a password. Open it in "
                "Word, save it as a Word document (docx) without a password, and try again."
            )
        )
    if start.startswith(b"%PDF-"):
        raise BadPage(
            _("A PDF has no text to go on writing in. Upload it among the documents and link to it instead.")
        )
    if RICH_TEXT.match(start):
        raise BadPage(
            _(
                "The file is in the format RTF. Open it in Word, save it as a Word document (docx), "
                "and try again."
            )
        )
    if WEB_ARCHIVE.match(start):
        raise BadPage(_("Save the page as “Web page, HTML only” in the browser, and try again."))
    if file.size > LARGEST_WEB_PAGE:
        raise BadPage(_("The file is larger than %(most)s.") % {"most": filesizeformat(LARGEST_WEB_PAGE)})
    file.seek(0)
    text = text_of(file.read())
    is_named = name.lower().endswith((".html", ".htm", ".xhtml"))
    if WEB_PAGE.match(text) or (is_named and PIECE_OF_PAGE.match(text)):
        page = unwrap(text)
        return page, _held_in(page)
    if file.size > LARGEST_PAGE:
        raise BadPage(_("The file is larger than %(most)s.") % {"most": filesizeformat(LARGEST_PAGE)})
    return recognise(text), {}


def _open_word(file):
    try:
        kind = examine(file).extension
    except HasMacros as bad:
        raise BadPage(
            _("The file has macros in it. Save it as a Word document without macros (docx), and try again.")
        ) from bad
    except BadDocument as bad:
        raise BadPage(str(bad)) from bad
    if kind != "docx":
        raise BadPage(_("Choose a Word document (docx), a saved web page (html) or plain text (txt)."))
    return convert(file)


def _held_in(page):
    """The pictures that a page carries in itself, as Files by their addresses."""
    held = {}
    for number, (address, data) in enumerate(DATA.findall(page.body), start=1):
        held[address] = ContentFile(_decoded(data), name=f"{_('Picture')} {number}")
    return held


def _decoded(data):
    """The bytes of base64 (RFC 4648), as far as they go: what was cut off is no picture, and
    `add_picture` says so."""
    data = re.sub(r"[\s=]", "", data)
    data = data[:-1] if len(data) % 4 == 1 else data
    return base64.b64decode(data + "=" * (-len(data) % 4))
