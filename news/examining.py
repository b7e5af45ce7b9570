"""Telling what an uploaded document is, by its content and never by its name.

Nothing is unpacked onto the disk and nothing in it is run: what is kept are the bytes as they came, so
what they are has to be sure. The packed kinds (OOXML, ODF) are looked into by `news.unpacking`.
"""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePath

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from news.refusals import BadDocument
from news.unpacking import holds_archive_at_end, kind_of_package

OOXML = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": f"{OOXML}.wordprocessingml.document",
    "xlsx": f"{OOXML}.spreadsheetml.sheet",
    "pptx": f"{OOXML}.presentationml.presentation",
    "odt": f"{ODF}.text",
    "ods": f"{ODF}.spreadsheet",
    "odp": f"{ODF}.presentation",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}
# Old Office files (doc, xls, ppt) and anything locked by newer ones: one container, where macros
# can't be told from text without a reader for each of the three formats.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A page or a drawing called a text: some programs would run it.
MARKUP = re.compile(rb"\s*<(?:!doctype|!--|\?xml|html|head|body|svg|script|iframe|meta)", re.IGNORECASE)
# ISO 32000-2, 7.5.5: how a PDF says that it is locked; such dictionaries are never compressed.
LOCKED_PDF = re.compile(rb"/Encrypt\s+\d+\s+\d+\s+R|/Encrypt\s*<<")
# In PDF: what starts another program, or brings one along. A sign, no proof: a PDF can hide it in a
# compressed stream, so browsers' own sandboxes are what protects (decisions/0110).
RUNNING_PDF = re.compile(rb"/Launch\b|/RichMedia\b")
# Names that Windows keeps for devices.
DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)
# Looks like a text, and is a program for one.
RICH_TEXT = re.compile(rb"\s*\{\\rtf")
LONGEST_NAME = 120


@dataclass(frozen=True)
class Examined:
    """What a file turned out to be: a name fit for any disk, with the extension of its content."""

    name: str
    extension: str
    size: int

    @property
    def content_type(self):
        return CONTENT_TYPES[self.extension]


def examine(file):
    """Return what an uploaded file is, as an Examined; the file is left at its beginning.

    Args:
        file: an UploadedFile or other Django File, open for reading.

    Raises:
        BadDocument: too large (settings.DOCUMENT_MAX_BYTES), empty, of no kind in CONTENT_TYPES, two
            kinds at once, locked with a password, carrying macros, damaged, or a zip bomb.
    """
    if file.size > settings.DOCUMENT_MAX_BYTES:
        raise BadDocument(
            _("The file is larger than %(most)s. Make it smaller and try again.")
            % {"most": filesizeformat(settings.DOCUMENT_MAX_BYTES)}
        )
    file.seek(0)
    try:
        extension = _kind_of(file)
    finally:
        file.seek(0)
    return Examined(_fit_name(file.name, extension), extension, file.size)


def _kind_of(file):
    start = file.read(1024)
    if not start:
        raise BadDocument(_("The file is empty."))
    if start.startswith(b"%PDF-"):
        return _examined_pdf(file)
    if start.startswith(b"PK\x03\x04"):
        return kind_of_package(file)
    if start.startswith(OLE):
        raise BadDocument(
            _(
                "The file is locked with a password, or in an old Office format. Save it as PDF, or as "
                "docx, xlsx or pptx without a password."
            )
        )
    if RICH_TEXT.match(start):
        raise BadDocument(
            _("The file is in the format RTF. Save it as a Word document (docx) or a PDF, and try again.")
        )
    if MARKUP.match(start):
        raise _unknown()
    return _examined_text(file)


def _examined_pdf(file):
    file.seek(0)
    content = file.read()
    if b"%%EOF" not in content[-1024:]:
        raise BadDocument(_("The file is damaged: it ends before it is complete."))
    if holds_archive_at_end(content):
        raise BadDocument(_("The file is two kinds of file at once. Save it anew as a PDF."))
    if LOCKED_PDF.search(content):
        raise BadDocument(_("The PDF is locked. Save it without a password and restrictions."))
    if RUNNING_PDF.search(content):
        raise BadDocument(_("The PDF starts other programs. Print it to a new PDF and upload that."))
    return "pdf"


def _examined_text(file):
    """A text has letters only; whether it is a table is said by its name alone."""
    file.seek(0)
    text = _as_text(file.read())
    if text is None or any(unicodedata.category(letter) == "Cc" for letter in set(text) - set("\t\r\n\f")):
        raise _unknown()
    return "csv" if file.name.lower().endswith(".csv") else "txt"


def _as_text(content):
    """UTF-8, or the letters of an older Windows, which Excel still writes; None if neither."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _unknown():
    return BadDocument(
        _(
            "The file is not a document that we can take in. Choose a PDF, an office file (docx, xlsx, "
            "pptx, odt, ods, odp), or a text (txt, csv)."
        )
    )


def _fit_name(name, extension):
    """The last part of a name as somebody's computer gave it, safe on any disk and in any header."""
    last = PurePath((name or "").replace("\\", "/")).name
    plain = "".join(letter for letter in unicodedata.normalize("NFC", last) if letter.isprintable())
    stem = re.sub(r'[<>:"|?*;/\\]+', " ", plain)
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", stem.strip(" ."))
    stem = " ".join(stem.split()).strip(" .")[: LONGEST_NAME - len(extension) - 1].strip(" .")
    if not stem or DEVICES.match(stem):
        stem = f"dokument {stem}".strip()
    return f"{stem}.{extension}"
