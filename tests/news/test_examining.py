"""What an uploaded document is, told by its content; and what is not taken in at all."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from news.examining import CONTENT_TYPES, examine
from news.refusals import BadDocument

from . import packing
from .making import draw, encode, pdf

PDF = pdf().read()
WORD = packing.word()
LOCKED_MANIFEST = (
    b'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry>'
    b"<m:encryption-data/></m:file-entry></m:manifest>"
)
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
ODP = b"application/vnd.oasis.opendocument.presentation"
SOUND = {
    "pdf": PDF,
    "docx": WORD,
    "xlsx": packing.sheet(),
    "pptx": packing.slides(),
    "odt": packing.pack(packing.odf()),
    "ods": packing.pack(packing.odf(mimetype=ODS)),
    "odp": packing.pack(packing.odf(mimetype=ODP)),
    "csv": "namn;enhet\r\nÅsa;Öppna förskolan\r\n".encode(),
    "txt": "Hej på dig".encode("cp1252"),
}
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><Types>&a;</Types>'
BAD = {
    "nothing at all": (b"", "empty"),
    "a page called a text": (b"\n <!DOCTYPE html><script>alert(1)</script>", "not a document"),
    "a drawing with a script": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "not a doc"),
    "a program": (b"MZ\x90\x00\x03\x00\x00\x00", "not a document"),
    "a picture": (encode(draw()), "not a document"),
    "an old or locked Office file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old Office"),
    "a PDF cut short": (PDF[:-8], "ends before"),
    "a text in RTF": (b"{\\rtf1\\ansi Hej}", "RTF"),
    "a locked PDF": (PDF.replace(b"Hej", b"\ntrailer <</Encrypt 5 0 R>>"), "locked"),
    "a PDF that starts a program": (PDF.replace(b"Hej", b"<</S /Launch /F (cmd.exe)>>"), "other programs"),
    "a PDF that is an archive too": (PDF + packing.pack([("a.txt", b"%%EOF")]), "damaged|two kinds"),
    "the same, hidden better": (PDF + packing.pack([("a", b"x")], comment=b"%%EOF"), "two kinds"),
    "an archive": (packing.pack([("a.txt", b"Hej")]), "an archive"),
    "an archive called mimetype": (packing.pack([("mimetype", b"application/epub+zip")]), "an archive"),
    "an office file that lacks its text": (
        packing.pack([("[Content_Types].xml", packing.types(("word/document.xml", "x")))]),
        "an archive",
    ),
    "a locked archive": (packing.locked(WORD), "locked"),
    "a locked ODF": (packing.pack(packing.odf(manifest=LOCKED_MANIFEST)), "locked"),
    "a damaged one": (packing.damaged(WORD), "damaged"),
    "one cut short": (WORD[:-300], "damaged"),
    "macros": (packing.pack(packing.ooxml(("word/vbaProject.bin", b"x"))), "macros"),
    "macros of an old kind": (packing.pack(packing.ooxml(("xl/macrosheets/sheet1.xml", b"x"))), "macros"),
    "macros by type": (packing.pack(packing.ooxml(kind=MACRO_TYPE)), "macros"),
    "macros in ODF": (packing.pack(packing.odf(("Basic/Standard/Module1.xml", b"x"))), "macros"),
    "a bomb": (packing.bomb(), "too large"),
    "many members": (packing.pack(packing.ooxml(*((f"a{n}", b"") for n in range(5001)))), "too large"),
    "a list that is a bomb": (
        packing.pack([("[Content_Types].xml", b" " * 5_000_000), ("word/document.xml", b"")]),
        "too large",
    ),
    "entities": (packing.pack([("[Content_Types].xml", ENTITIES)]), "damaged"),
    "a way out": (packing.pack(packing.ooxml(("../../etc/passwd", b"x"))), "no office program"),
    "a way to the root": (packing.pack(packing.ooxml(("/etc/passwd", b"x"))), "no office program"),
    "another packing": (packing.pack(packing.ooxml(), method=14), "no office program"),
    "something after it": (packing.pack(packing.ooxml(), comment=b"<script>"), "two kinds"),
    "something between": (WORD[:4] + b"x" * 40 + WORD, "two kinds|damaged|no office"),
}


def sent(content, name="fil.bin"):
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize("kind", SOUND)
def test_a_document_is_known_by_its_content_whatever_it_is_called(kind):
    name = "Rapport 2026.csv" if kind == "csv" else "Rapport 2026.exe"
    file = sent(SOUND[kind], name)
    found = examine(file)
    assert (found.extension, found.name) == (kind, f"Rapport 2026.{kind}")
    assert found.content_type == CONTENT_TYPES[kind]
    assert found.size == len(SOUND[kind])
    assert file.tell() == 0


def test_every_kind_is_tried():
    assert set(SOUND) == set(CONTENT_TYPES)


@pytest.mark.parametrize("what", BAD)
def test_what_is_not_sound_is_refused_with_a_reason(what):
    content, reason = BAD[what]
    with translation.override("en"), pytest.raises(BadDocument, match=reason):
        examine(sent(content))


def test_a_heavy_file_is_refused_unread(settings):
    settings.DOCUMENT_MAX_BYTES = 10
    file = sent(PDF)
    with translation.override("en"), pytest.raises(BadDocument, match="larger than"):
        examine(file)
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("sent_name", "kept"),
    [
        ("bilaga.pdf", "bilaga.pdf"),
        ("Årsredovisning för Öppna förskolan.PDF", "Årsredovisning för Öppna förskolan.pdf"),
        ("A\u030arsplan.pdf", "Årsplan.pdf"),
        ('ra"pp*or\r\nt.pdf', "ra pp ort.pdf"),
        ("fakt\u202efdp.exe", "faktfdp.pdf"),
        ("con.pdf", "dokument con.pdf"),
        ("..", "dokument.pdf"),
        ("a" * 400 + ".pdf", "a" * 116 + ".pdf"),
    ],
)
def test_a_name_is_made_fit_for_any_disk(sent_name, kept):
    file = sent(PDF)
    file._name = sent_name
    assert examine(file).name == kept


@given(st.text(max_size=300))
def test_no_name_leads_anywhere(name):
    file = sent(PDF)
    file._name = name
    kept = examine(file).name
    assert 4 < len(kept) <= 120
    assert kept.endswith(".pdf")
    assert kept.isprintable()
    assert not set('/\\:*?"<>|;') & set(kept)
    assert not kept.startswith((".", " "))


@given(st.binary(max_size=2000))
def test_no_bytes_make_it_fail(content):
    try:
        examine(sent(content))
    except BadDocument as bad:
        assert str(bad)


@given(st.integers(min_value=4, max_value=len(WORD) - 1), st.binary(min_size=1, max_size=8))
def test_no_broken_office_file_makes_it_fail(at, noise):
    try:
        examine(sent(WORD[:at] + noise + WORD[at + len(noise) :]))
    except BadDocument as bad:
        assert str(bad)
