"""Packed documents for the tests: sound ones made by the libraries that others use, and unsound ones."""

import zipfile
from functools import cache
from io import BytesIO

import docx
import openpyxl

OOXML = "application/vnd.openxmlformats-officedocument"
ODT = b"application/vnd.oasis.opendocument.text"
MANIFEST = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'


def word():
    made, file = docx.Document(), BytesIO()
    made.add_paragraph("Hej")
    made.save(file)
    return file.getvalue()


def sheet():
    made, file = openpyxl.Workbook(), BytesIO()
    made.active["A1"] = "Hej"
    made.save(file)
    return file.getvalue()


def pack(members, *, method=zipfile.ZIP_DEFLATED, comment=b""):
    """The bytes of an archive with `members`: pairs of a name and its content."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
        archive.comment = comment
    return file.getvalue()


def types(*parts):
    """The list of parts that an OOXML package begins with: pairs of a part's name and its type."""
    rows = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in parts)
    schema = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'<?xml version="1.0"?><Types xmlns="{schema}">{rows}</Types>'.encode()


def ooxml(*more, main="word/document.xml", kind=f"{OOXML}.wordprocessingml.document.main+xml"):
    """The members of an OOXML package with `more` beside the least that it needs."""
    return [("[Content_Types].xml", types((main, kind))), (main, b"<w/>"), *more]


def slides():
    kind = f"{OOXML}.presentationml.presentation.main+xml"
    return pack(ooxml(main="ppt/presentation.xml", kind=kind))


def odf(*more, mimetype=ODT, manifest=MANIFEST):
    return [
        ("mimetype", mimetype),
        ("content.xml", b"<office/>"),
        ("META-INF/manifest.xml", manifest),
        *more,
    ]


@cache
def bomb(megabytes=60):
    """Less than a hundred kilobytes that become a thousand times as much: within what a document may hold,
    but packed tighter than any is."""
    return pack(ooxml(("word/media/image1.png", bytes(megabytes * 1024 * 1024))))


def locked(content):
    """The same archive with every member said to be locked."""
    content = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(signature, at + 4)
    return bytes(content)


def damaged(content):
    """The same archive with a byte changed in the middle of its first packed member."""
    content = bytearray(content)
    content[120] ^= 0xFF
    return bytes(content)
