"""Bringing over pages saved as plain text from a municipality's old site.

`splitting` cuts a file into lines, `undressing` takes the old site's dressing off, `dating`,
`captioning`, `quoting` and `blocking` know the parts of a text, `recognising` puts a Page together
and `drafting` makes an article's draft of it.
"""

from .decoding import BadPage, read_page
from .drafting import ImportReport, Outcome, import_page

__all__ = ["BadPage", "ImportReport", "Outcome", "import_page", "read_page"]
