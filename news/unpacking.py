"""Looking into packed documents (OOXML, ODF) without being hurt by them.

Every member is read to its end, in small pieces and never onto the disk: so one that is damaged, or says
less than it holds, is found here and not by a reader.
"""

import re
import struct
import zipfile
import zlib

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from django.utils.translation import gettext as _

from news.refusals import BadDocument, HasMacros

# A large spreadsheet has some hundred members and packs to a twentieth.
MOST_MEMBERS = 5000
MOST_UNPACKED = 400 * 1024 * 1024
MOST_RATIO = 150
# Below this size, in bytes, no ratio is dangerous.
SMALL = 8 * 1024 * 1024
# The members that say what a package is, in bytes.
LARGEST_LIST = 2 * 1024 * 1024
PIECE = 256 * 1024
END_OF_ARCHIVE = b"PK\x05\x06"
CONTENT_TYPES_PART = "[Content_Types].xml"
OOXML_MAIN = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml": "pptx",
}
ODF_MIMETYPES = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
# What the two standards allow (ECMA-376 part 2, C.5; ODF 1.3 part 2, 2.2).
OFFICE_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
MACROS = re.compile(
    r"(?:^|/)(?:vbaProject\.bin|vbaData\.xml|macrosheets/|activeX/|Basic/|Scripts/)", re.IGNORECASE
)
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, struct.error)


def holds_archive_at_end(content):
    """Return whether bytes that are something else end as a zip archive does: a polyglot."""
    at = content.rfind(END_OF_ARCHIVE, max(0, len(content) - 65_557))
    if at < 0 or at + 22 > len(content):
        return False
    comment = int.from_bytes(content[at + 20 : at + 22], "little")
    return at + 22 + comment == len(content)


def kind_of_package(file):
    """Return the extension that an office file is known by: "docx", "ods" ...

    Raises:
        BadDocument: a bomb, locked, damaged, with macros or with tricks in its names; or no office file.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            _refuse_tricks(archive, file.size)
            kind = _odf_kind(archive) or _ooxml_kind(archive)
            if kind is None:
                raise BadDocument(
                    _("The file is an archive, not an office file. Upload what is in it instead.")
                )
            _read_to_the_end(archive)
            return kind
    except (*BROKEN, ParseError, DefusedXmlException) as error:
        raise BadDocument(_("The file is damaged: it could not be read to its end.")) from error


def _refuse_tricks(archive, size):
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or packed > size:
        raise _bomb()
    if unpacked > SMALL and unpacked > size * MOST_RATIO:
        raise _bomb()
    if any(member.flag_bits & 0x1 for member in members):
        raise BadDocument(_("The file is locked with a password. Save it without one."))
    names = [member.orig_filename for member in members]
    methods = {member.compress_type for member in members}
    if len(set(names)) < len(names) or not all(map(_is_plain, names)) or methods - OFFICE_METHODS:
        raise BadDocument(_("The file is built in a way that no office program builds. Save it anew."))
    # Something stands before, or after, what the archive knows of.
    if archive.comment or min((member.header_offset for member in members), default=1):
        raise BadDocument(_("The file is two kinds of file at once. Save it anew."))
    if any(MACROS.search(name) for name in names):
        raise HasMacros


def _is_plain(name):
    """No way out of the package's own folder."""
    parts = name.split("/")
    return not (name.startswith("/") or ".." in parts or "\\" in name or ":" in name or "\0" in name)


def _odf_kind(archive):
    if "mimetype" not in archive.namelist():
        return None
    kind = ODF_MIMETYPES.get(_small_part(archive, "mimetype").strip())
    if kind and "content.xml" in archive.namelist():
        manifest = _small_part(archive, "META-INF/manifest.xml")
        if any(element.tag.endswith("}encryption-data") for element in fromstring(manifest).iter()):
            raise BadDocument(_("The file is locked with a password. Save it without one."))
        return kind
    return None


def _ooxml_kind(archive):
    names = set(archive.namelist())
    if CONTENT_TYPES_PART not in names:
        return None
    kinds = set()
    for part in fromstring(_small_part(archive, CONTENT_TYPES_PART)):
        content_type = part.get("ContentType", "")
        if "macroenabled" in content_type.lower() or "vbaproject" in content_type.lower():
            raise HasMacros
        if content_type in OOXML_MAIN and part.get("PartName", "").lstrip("/") in names:
            kinds.add(OOXML_MAIN[content_type])
    return kinds.pop() if len(kinds) == 1 else None


def _small_part(archive, name):
    if name not in archive.namelist():
        raise BadDocument(_("The file is damaged: it could not be read to its end."))
    if archive.getinfo(name).file_size > LARGEST_LIST:
        raise _bomb()
    return archive.read(name)


def _read_to_the_end(archive):
    """Every member, so that its checksum is tried."""
    for member in archive.infolist():
        with archive.open(member) as part:
            while part.read(PIECE):
                pass


def _bomb():
    return BadDocument(_("The file would become too large when it is opened."))
