"""What was live at a moment, shown again and taken along."""

import hashlib
import json
import re
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from pypdf.generic import ContentStream, PdfObject

from news import publishing, writing
from news.archiving import version_at
from news.picturing import add_picture
from news.recalling import recall
from news.typesetting import OwnFiles, typeset

from .conftest import hours
from .making import upload


def save(cast, article, **words):
    draft = writing.open_draft(article, by=cast.karin)
    words = {"title": draft.title, "lead": draft.lead, "body": draft.body, **words}
    return writing.save_draft(draft, revision=draft.revision, by=cast.karin, **words)


def at(hour):
    return time_machine.travel(hours(hour), tick=False)


@pytest.fixture
def twice(cast, published, publish):
    """An article published now and once more in two hours."""
    article = published(body="<p>Bussen går klockan tio.</p>")
    with at(2):
        save(cast, article, body="<p>Bussen går klockan elva.</p>")
        publish(article)
    return article


def vid(article, moment):
    return f"{article.get_absolute_url()}?vid={timezone.localtime(moment):%Y-%m-%dT%H:%M:%S}"


def test_what_was_live_then_is_shown_again(cast, client_as, twice):
    client = client_as(cast.karin)
    with at(5):
        assert "klockan tio" in client.get(vid(twice, hours(-4))).text
        assert "klockan elva" in client.get(vid(twice, hours(-2))).text
        assert "Då var inget publicerat här." in client.get(vid(twice, hours(-9))).text


@pytest.mark.parametrize("part", ["employee", "manager", "administrator", "outsider"])
def test_for_others_the_address_is_as_one_that_is_not_there(cast, client_as, twice, part):
    assert client_as(cast.by_role[part]).get(vid(twice, hours(1))).status_code == 404
    assert client_as(cast.by_role[part]).get(twice.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("text", ["i+går", "", "2026-13-01", "9999-12-31T23:59+14:00", "0001-01-01T00:00"])
def test_a_moment_that_is_none_is_told_so(cast, client_as, twice, text):
    page = client_as(cast.karin).get(f"{twice.get_absolute_url()}?vid={text}")
    assert page.status_code == 400 or "Då var inget publicerat" in page.text
    assert page.status_code < 500


def test_withdrawn_scheduled_and_trashed_are_as_they_were(cast, start, publish):
    article = start()
    publish(article, live_from=hours(1), live_until=hours(6))
    with at(2):
        publishing.trash(article, by=cast.karin)
    with at(3):
        publishing.restore(article, by=cast.karin)
    with at(4):
        publishing.withdraw(article, by=cast.karin)
    with at(8):
        publishing.trash(article, by=cast.karin)
    shown = {hour: version_at(article, hours(hour)) is not None for hour in (0.5, 1.5, 2.5, 3.5, 4.5, 6.5, 9)}
    assert shown == {0.5: False, 1.5: True, 2.5: False, 3.5: True, 4.5: False, 6.5: False, 9: False}


def test_a_version_is_taken_along_with_its_files(cast, client_as, start, publish):
    article = start()
    picture = add_picture(upload(), by=cast.karin)
    save(cast, article, picture=picture, picture_alt="En tavla")
    publish(article)
    answer = client_as(cast.gunnar).get(reverse("news:archive", args=[article.pk, 1]))
    with ZipFile(BytesIO(answer.content)) as archive:
        described = json.loads(archive.read("artikel.json"))
        (file,) = described["files"]
        assert hashlib.sha256(archive.read(file["name"])).hexdigest() == file["sha256"]
    assert described["title"] == "Nya lekplatser i höst"
    assert described["writers"] == ["Karin Berg"]
    assert described["review"][0]["by"] == "Gunnar Holm"
    assert described["live_from"] == timezone.localtime(article.live_version().live_from).isoformat()


def test_a_version_is_set_as_pdf_a(cast, client_as, start, publish):
    article = start(
        body="<h2>Åtgärder</h2><p>Älvsjö får en <a href='https://www.almvik.example/'>ny lekplats</a>.</p>"
        "<p>Se <a href='#h-atgarder'>åtgärder</a>.</p>"
        "<p><strong>Łódź</strong> <em>jublar</em>: 🎉️ 中\u202f→ e\u0301</p>"
        "<ul><li>Ett<ul><li>Två<ul><li>Tre</li></ul></li></ul></li></ul>"
    )
    save(cast, article, picture=add_picture(upload(), by=cast.karin), picture_alt="En tavla")
    publish(article)
    answer = client_as(cast.gunnar).get(reverse("news:pdf", args=[article.pk, 1]))
    document = PdfReader(BytesIO(answer.content))
    text = " ".join(page.extract_text() for page in document.pages)
    assert "Älvsjö får en ny lekplats." in text and "Gunnar Holm" in text
    assert document.metadata.title == "Nya lekplatser i höst"
    assert "Łódź jublar: [party popper] [cjk unified ideograph-4e2d] [rightwards arrow] é" in text
    assert len(document.pages[0].images) == 1
    fonts = {font for page in document.pages for font in fonts_of(page)}
    assert {re.sub(r"^/[A-Z]{6}\+|-.*", "", font) for font in fonts} == {"Hedvig", "Source"}
    links = [one.get_object() for page in document.pages for one in page.get("/Annots", ())]
    assert [link["/A"]["/URI"] for link in links if "/A" in link] == ["https://www.almvik.example/"]
    assert [link["/Dest"] for link in links if "/Dest" in link] == list(document.named_destinations)
    assert_is_pdf_a_2u(document)


def fonts_of(page):
    return [font.get_object()["/BaseFont"] for font in page["/Resources"]["/Font"].values()]


def glyphs_of(page, document):
    """The number of each glyph that a page draws, in fonts of two bytes a glyph."""
    for operands, operator in ContentStream(page.get_contents(), document).operations:
        for drawn in operands[0] if operator == b"TJ" else operands if operator == b"Tj" else ():
            if hasattr(drawn, "original_bytes"):
                letters = drawn.original_bytes
                yield from (int.from_bytes(letters[at : at + 2]) for at in range(0, len(letters), 2))


def assert_is_pdf_a_2u(document):
    """What ISO 19005-2 asks of a document of text, links and pictures, clause by clause."""
    root, said = document.trailer["/Root"], document.trailer["/Root"]["/Metadata"].get_data().decode()
    assert not document.is_encrypted and len(document.trailer["/ID"]) == 2  # 6.1.3
    (intent,) = root["/OutputIntents"]  # 6.2.3: what its colours mean
    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"].get_data()[36:40] == b"acsp"  # ICC.1, 7.2.11
    assert 'pdfaid:part="2"' in said and 'pdfaid:conformance="U"' in said  # 6.6.4
    for name, value in document.metadata.items():  # 6.6.2.3.2: the two say the same
        assert value in said, name
    assert not {"/AA", "/OpenAction", "/AcroForm"} & root.keys()  # 6.4, 6.5
    assert root.get("/Names", {}).keys() <= {"/Dests"}  # 6.8, 6.10: no files, no scripts
    for page in document.pages:
        assert "/AA" not in page
        for annotation in map(PdfObject.get_object, page.get("/Annots", ())):
            flags = annotation["/F"]
            assert flags & 4 and not flags & (1 | 2 | 32)  # 6.3.2: printed, never hidden
            assert "/Dest" in annotation or annotation["/A"]["/S"] in ("/URI", "/GoTo")  # 6.5.1
        for font in page["/Resources"]["/Font"].values():
            assert "/ToUnicode" in font.get_object()  # 6.2.11.7: its letters can be read out
            for part in font.get_object()["/DescendantFonts"]:
                assert {"/FontFile2", "/FontFile3"} & part["/FontDescriptor"].keys()  # 6.2.11.4
        assert 0 not in set(glyphs_of(page, document)) != set()  # 6.2.11.8: no letter without a form
        for drawn in map(PdfObject.get_object, page["/Resources"].get("/XObject", {}).values()):
            assert not {"/OPI", "/Alternates", "/PS", "/Ref"} & drawn.keys()  # 6.2.8, 6.2.9
            assert drawn.get("/Interpolate", False) == False  # noqa: E712 - pypdf's own kind of no
            assert drawn.get("/ColorSpace") in (None, "/DeviceRGB", "/DeviceGray")  # 6.2.4.3


def test_typesetting_opens_neither_the_network_nor_the_disk(cast, start):
    body = '<p>Text <img src="https://example.com/spion.png"><img src="file:///etc/passwd"></p>'
    version = start(body="<p>x</p>").newest_version
    version.body = body  # past the sanitiser, which would not let it through
    fetcher = OwnFiles(version)
    for address in (
        "https://example.com/spion.png",
        "file:///etc/passwd",
        "data:text/plain,hej",
        "https://samspel.invalid/vendor/fonts/../../settings.py",
        "https://samspel.invalid/bilder/00000000-0000-0000-0000-000000000000/480.webp",
    ):
        with pytest.raises(ValueError, match="own files"):
            fetcher.fetch(address)
    assert typeset(version, recall(version.article, timezone.now())).startswith(b"%PDF")
