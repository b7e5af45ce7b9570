"""Bringing over saved pages of a municipality's old site, and Word documents.

`opening` says what a file is. Plain text: `splitting` cuts it into lines, `undressing` takes the old site's
dressing off, `dating`, `captioning`, `quoting` and `blocking` know the parts of a text, `recognising` puts a
Page together. Markup: `unwrapping` takes a web page out of its site, `converting` makes markup of a Word
document, `laying` and `marking` make a MarkedPage of either. `drafting` makes an article's draft of what was
found, `reporting` tells of it.
"""

from .decoding import BadPage, opened
from .drafting import ImportReport, Outcome, import_file, import_page

__all__ = ["BadPage", "ImportReport", "Outcome", "import_file", "import_page", "opened"]
