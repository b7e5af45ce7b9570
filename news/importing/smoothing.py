"""Making a Word document readable to mammoth, which passes some wrappings by, with the words in them.

A caption's number, a date or a title that Word fills in itself (`w:fldSimple`), words whose direction
somebody has set, a text box for newer programs alone: all of it is on the page for whoever opens the document
in Word. What is hidden there is not, and would come out here.
"""

import zipfile
from io import BytesIO

from django.utils.translation import gettext as _
from lxml import etree

from .undressing import LeftOut

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CHOICES = "http://schemas.openxmlformats.org/markup-compatibility/2006"
PART = "word/document.xml"
# Most documents hold none of this, and are read as they are.
SIGNS = (b"fldSimple", b":bdo", b":dir ", b":ruby", b"AlternateContent", b":vanish", b":dstrike")
VANISH = f"{{{WORD}}}rPr/{{{WORD}}}vanish"
OFF = {"0", "false", "off", "none"}
# The parser itself refuses nothing that `converting` has not refused before: no entities, no network.
PARSER = {"resolve_entities": False, "no_network": True, "load_dtd": False, "remove_comments": True}


def smoothed(archive):
    """Return (the words of the document as XML that mammoth reads whole, the LeftOuts), or (None, []) where
    it does so already. `archive` is an open ZipFile."""
    if PART not in archive.namelist():
        return None, []
    xml = archive.read(PART)
    if not any(sign in xml for sign in SIGNS):
        return None, []
    tree = etree.fromstring(xml, etree.XMLParser(**PARSER))
    left_out = list(_without_hidden(tree))
    for name in ("fldSimple", "bdo", "dir"):
        for wrapping in list(tree.iter(_word(name))):
            _replace(wrapping, list(wrapping))
    for ruby in list(tree.iter(_word("ruby"))):
        _replace(ruby.getparent(), [run for base in ruby.findall(_word("rubyBase")) for run in base])
    for choice in list(tree.iter(f"{{{CHOICES}}}AlternateContent")):
        _open_text_boxes(choice)
    for struck in tree.iter(_word("dstrike")):
        struck.tag = _word("strike")
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True), left_out


def with_part(archive, xml):
    """A file that is the archive with this XML as the document's words."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as made:
        for name in archive.namelist():
            made.writestr(name, xml if name == PART else archive.read(name))
    file.seek(0)
    return file


def _word(name):
    return f"{{{WORD}}}{name}"


def _replace(wrapping, parts):
    """Put `parts` where the wrapping stands."""
    parent = wrapping.getparent()
    place = parent.index(wrapping)
    parent.remove(wrapping)
    for part in reversed(parts):
        parent.insert(place, part)


def _open_text_boxes(choice):
    """Let the words of text boxes that are there for newer programs only be read as older ones have them."""
    if choice.find(f"{{{CHOICES}}}Fallback") is not None:
        return
    boxes = list(choice.iter(_word("txbxContent")))
    if boxes:
        picture = etree.Element(_word("pict"))
        picture.extend(boxes)
        _replace(choice, [picture])


def _without_hidden(tree):
    """Take away the runs that Word does not show, and yield a LeftOut for those of each paragraph."""
    for paragraph in list(tree.iter(_word("p"))):
        hidden = [run for run in paragraph.iter(_word("r")) if _is_on(run.find(VANISH))]
        words = "".join(text for run in hidden for text in run.itertext(_word("t")))
        for run in hidden:
            run.getparent().remove(run)
        if words.strip():
            yield LeftOut(" ".join(words.split()), _("hidden in the document"))


def _is_on(switch):
    return switch is not None and switch.get(_word("val"), "1") not in OFF
