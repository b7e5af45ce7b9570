"""Reading a saved page from a file, whatever it turns out to be."""

import codecs
import re
from contextlib import contextmanager

from django.core.files import File
from django.utils.translation import gettext as _

from accounts.refusals import Refusal

# A page of a site is some thousand characters. Nobody wrote a page of a million bytes.
LARGEST_PAGE = 1_000_000
BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
BINARY_BYTES = re.compile(BINARY.pattern.encode())
# What UTF-8 read as a Western code page looks like: "Ã¥" for "å".
READ_WRONG = re.compile("[ÃÂ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")


class BadPage(Refusal):
    """The file is no page that can be imported; `str()` says why."""

    def __init__(self, message):
        super().__init__(message)
        self.message = message


@contextmanager
def opened(path):
    """Open the file at `path` (a Path) as a Django File.

    Raises:
        BadPage: missing, not a file, or unreadable.
    """
    try:
        if not path.is_file():
            raise BadPage(_("There is no such file."))
        with path.open("rb") as file:
            yield File(file, name=path.name)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadPage(_("The file could not be read: %(reason)s") % {"reason": reason}) from error


def text_of(data):
    """Return the text in `data`: UTF-8 with or without a mark, UTF-16 with one, else Windows-1252.

    Raises:
        BadPage: not text, or text in another or a damaged encoding.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = _decoded(data, "utf-16")
        if BINARY.search(text):
            raise _not_text()
        return text
    if BINARY_BYTES.search(data):
        raise _not_text()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = _decoded(data, "cp1252")
        if READ_WRONG.search(text):
            line = data[: error.start].count(b"\n") + 1
            raise BadPage(
                _("The file is damaged: line %(line)s is not the UTF-8 that the rest of it is.")
                % {"line": line}
            ) from error
        return text


def _not_text():
    return BadPage(_("The file is not plain text."))


def _decoded(data, encoding):
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadPage(
            _("The file is in an encoding that we can't read. Save it as UTF-8 and try again.")
        ) from error
