"""Word documents and saved web pages become drafts: what is structure stays, what is not is told of."""

import base64
import re
import zipfile
from io import BytesIO

import docx
import pytest
from django.core.files.base import ContentFile
from django.utils import translation
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from news.illustrating import lacks_alternative_text
from news.importing import BadPage, Outcome, import_file
from news.importing.opening import open_page
from news.models import Article, Picture, Version
from news.sanitising import clean_html, plain_text

from . import packing
from .making import draw, encode
from .pages import words_of

WEB_PAGE = """<!DOCTYPE html>
<!-- saved from url=(0045)https://www.gamla.example/trafik/skolvagar.html -->
<html><head><title>Trygga skolvägar - Almviks kommun</title><script>var x = "<p>kod</p>";</script></head>
<body class="has-menu"><div class="cookie-banner"><p>Vi använder kakor.</p><button>Godkänn</button></div>
<header><a href="/">Almviks kommun</a><nav><ul><li><a href="/bo">Bo</a></ul></nav></header>
<main><nav class="breadcrumbs">Start / Trafik</nav><h1>Trygga sko<b>lvägar</b></h1>
<div class="intro"><p>Kommunen bygger säkrare övergångar vid fyra skolor under hösten.</p></div>
<figure><img src="x_files/o.jpg" alt="Ett övergångsställe"><figcaption>Foto: Bo Ek</figcaption></figure>
<div>Arbetet <b>börjar</b> i augusti. <a href="../barn/skjuts.html">Skolskjuts</a>, <a href="#k">karta</a>.
<h3>Det här gör vi</h3><ul><li>Nya övergångar<ul><li>vid Ekbacken</ul><li>Lägre hastighet</ul></div>
<table><tr><th>Skola</th></tr><tr><td>Ekbacken</td></tr></table>
<blockquote><p>Äntligen!</p><footer>Elsa Ängman</footer></blockquote>
<dl><dt>Telefon</dt><dd>0123-45 67 89</dd></dl>
<aside><h4>Fakta</h4><p>Fyra skolor.</p></aside>
<p>Senast uppdaterad: 14 mars 2019</p><p><a href="#">Skriv ut</a></p></main>
<footer><p>Kommunhuset, 123 45 Almvik</p></footer></body></html>"""


def a_file(content, name="sida.html"):
    return ContentFile(content.encode() if isinstance(content, str) else content, name=name)


def word_file(fill):
    made, file = docx.Document(), BytesIO()
    fill(made)
    made.save(file)
    return file.getvalue()


def school_roads(made):
    made.add_heading("Trygga skolvägar", 0)
    made.add_paragraph("Kommunen bygger säkrare övergångar vid fyra skolor under hösten.")
    made.add_heading("Det här gör vi", 1)
    made.add_paragraph("Nya övergångar", style="List Bullet")
    made.add_paragraph("Lägre hastighet", style="List Bullet")
    made.add_heading("Vid Ekbacken", 2)
    words = made.add_paragraph("Arbetet ")
    words.add_run("börjar").bold = True
    words.add_run(" i augusti.")
    made.add_picture(BytesIO(encode(draw())))
    made.inline_shapes[0]._inline.docPr.set("descr", "Ett övergångsställe")
    made.add_paragraph("Övergången vid Ekbacken", style="Caption")
    made.add_paragraph("Äntligen!", style="Quote")
    table = made.add_table(2, 1)
    table.cell(0, 0).text, table.cell(1, 0).text = "Skola", "Ekbacken"
    made.sections[0].footer.paragraphs[0].text = "Sida 1 av 2"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def whose(cast):
    return {"by": cast.karin, "unit": cast.units.office, "audience": cast.audiences.everyone}


@pytest.fixture
def bring_over(whose):
    def bring_over(content, name="sida.html", **options):
        return import_file(a_file(content, name), source=name, **whose | options)

    return bring_over


def left_out(report):
    return {str(line.text): str(line.reason) for line in report.page.left_out}


def test_a_word_document_becomes_a_draft_with_its_pictures(bring_over, cast):
    report = bring_over(word_file(school_roads), "skolvagar.docx")
    draft, picture = Version.objects.get(), Picture.objects.get()
    assert (draft.title, draft.state, draft.article.owner) == ("Trygga skolvägar", "draft", cast.karin)
    assert draft.lead == "Kommunen bygger säkrare övergångar vid fyra skolor under hösten."
    assert (
        "<h2>Det här gör vi</h2>\n<ul><li>Nya övergångar</li><li>Lägre hastighet</li></ul>\n"
        "<h3>Vid Ekbacken</h3>\n<p>Arbetet <strong>börjar</strong> i augusti.</p>\n"
        f'<figure><img alt="Ett övergångsställe" src="{picture.get_absolute_url()}">'
        "<figcaption>Övergången vid Ekbacken</figcaption></figure>\n<blockquote><p>Äntligen!</p></blockquote>"
    ) in draft.body
    assert "<td><p>Ekbacken</p></td>" in draft.body
    assert clean_html(draft.body) == draft.body
    assert list(draft.pictures_in_text.all()) == [picture]
    assert (report.outcome, report.page.counts["tables"]) == (Outcome.NEW, 1)
    assert left_out(report) == {"Sida 1 av 2": "head or foot of the paper"}


def test_what_word_holds_beside_its_text_is_told_of(bring_over):
    def fill(made):
        made.add_paragraph("Budget", style=made.styles.add_style("Kommunens egen", 1))
        formula = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"/>'
        made.add_paragraph("Summan är ")._p.append(parse_xml(formula))
        made.add_picture(BytesIO(encode(draw())))

    content = word_file(fill)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        members = [(one, archive.read(one)) for one in archive.namelist()]
    members = [(name, b"no picture" if name.endswith(".png") else data) for name, data in members]
    told = left_out(bring_over(packing.pack([*members, ("word/charts/chart1.xml", b"<c/>")]), "b.docx"))
    assert told["Kommunens egen"].startswith("a style of its own")
    assert told["a formula"] == told["a chart"] == "has to be put in by hand"
    assert "picture" in told["Picture 1"]
    assert Version.objects.get().body.strip() == "<p>Summan är </p>"


def test_a_saved_web_page_keeps_its_own_words_and_tells_of_the_rest(bring_over):
    report = bring_over(WEB_PAGE)
    draft = Version.objects.get()
    assert (draft.title, str(draft.article.source_updated_on)) == ("Trygga skolvägar", "2019-03-14")
    assert draft.lead == "Kommunen bygger säkrare övergångar vid fyra skolor under hösten."
    assert draft.body == (
        "<p><em>Foto: Bo Ek</em></p>\n"
        '<p>Arbetet <strong>börjar</strong> i augusti. <a href="https://www.gamla.example/barn/skjuts.html" '
        'rel="noopener">Skolskjuts</a>, karta.\n</p>\n<h2>Det här gör vi</h2>\n'
        "<ul><li>Nya övergångar<ul><li>vid Ekbacken</li></ul></li><li>Lägre hastighet</li></ul>\n"
        "<table><tbody><tr><th>Skola</th></tr><tr><td>Ekbacken</td></tr></tbody></table>\n"
        "<blockquote><p>Äntligen!</p><footer>Elsa Ängman</footer></blockquote>\n"
        "<p><strong>Telefon</strong></p>\n<p>0123-45 67 89</p>\n"
        '<aside class="fact-box"><h3>Fakta</h3><p>Fyra skolor.</p></aside>'
    )
    told = left_out(report)
    assert told["Almviks kommun Bo"] == "head of the old site"
    assert told["Start / Trafik"] == "menu"
    assert told["Skriv ut"] == "button of the old site"
    assert told["Ett övergångsställe"].startswith("a picture that is not in the file")


def test_a_link_whose_address_is_nowhere_becomes_words_and_is_told_of(bring_over):
    page = '<body><h1>Titel</h1><p>Ett.</p><p>Se <a href="/nyheter/">nyheter</a>.</p></body>'
    report = bring_over(page)  # "/nyheter/" was the old site's; here it would lead to our own
    assert "<a" not in Version.objects.get().body
    assert left_out(report)["nyheter"].startswith("the words stay")


def test_a_picture_within_a_page_is_taken_in(bring_over):
    bring_over(f'<body><h1>Titel</h1><p>Ord<img alt="Å" src="{data_address()}"> efter.</p></body>')
    address = Picture.objects.get().get_absolute_url()
    assert Version.objects.get().body == f'<p>Ord efter.</p>\n<figure><img alt="Å" src="{address}"></figure>'


@pytest.mark.parametrize("alt", ["", " "])
def test_that_a_picture_is_decoration_is_not_taken_from_the_old_page(bring_over, alt):
    bring_over(f'<body><h1>Titel</h1><p>Ord.</p><img alt="{alt}" src="{data_address()}"></body>')
    assert lacks_alternative_text(Version.objects.get())


@pytest.mark.parametrize("cut", range(1, 6))
def test_a_picture_cut_off_in_its_middle_is_left_out_and_told_of(bring_over, cut):
    half = data_address()[:200][:-cut]
    report = bring_over(f'<body><h1>Titel</h1><p>Ord.</p><img alt="Å" src="{half}"></body>')
    assert "img" not in Version.objects.get().body
    assert "picture" in left_out(report)["Picture 1"]
    assert not Picture.objects.exists()


@pytest.mark.parametrize(
    "head", ['<base href="http://[bad">', '<link rel="canonical" href="https://[/">', ""]
)
def test_what_is_no_address_is_left_out_and_told_of(bring_over, head):
    links = "".join(
        f'<a href="{href}">till {href}</a> ' for href in ("//[bad/x", "http://[", "https://a.example/")
    )
    images = '<img src="//[x/a.png" alt="A"><img src="http://[/b.png" alt="B">'
    report = bring_over(f"<html><head>{head}</head><body><h1>Titel</h1><p>Ord.</p><p>Mer {links}</p>{images}")
    body = Version.objects.get().body
    assert re.findall(r'href="([^"]*)"', body) == ["https://a.example/"]
    assert {"till //[bad/x", "A", "B"} <= set(left_out(report))


def data_address():
    return f"data:image/png;base64,{base64.b64encode(encode(draw())).decode()}"


@pytest.mark.parametrize("content", [WEB_PAGE, word_file(school_roads)], ids=["web page", "word"])
def test_nothing_is_brought_over_twice(bring_over, cast, content):
    first = bring_over(content, "a")
    again = bring_over(content, "b")
    assert (again.outcome, again.article) == (Outcome.SAME, first.article)
    assert Picture.objects.count() <= 1


def test_somebody_elses_secret_draft_is_not_told_of(bring_over, cast):
    secret = bring_over(WEB_PAGE, embargoed=True).article
    cast.ada.assignments.get().role_grants.create(role="communicator")
    for _time in range(2):
        report = bring_over(WEB_PAGE, by=cast.ada)
        assert report.article != secret
    assert (report.outcome, Article.objects.count()) == (Outcome.SAME, 2)


DEEP = "<div>" * 3000 + "ord" + "</div>" * 3000
WORD = packing.word()
ENTITIES = b'<!DOCTYPE w [<!ENTITY a "aaaa">]><w>&a;</w>'
BAD = {
    "a bomb": (packing.bomb(), "too large"),
    "a locked one": (packing.locked(WORD), "locked"),
    "an old or locked one": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Office"),
    "a damaged one": (packing.damaged(WORD), "damaged"),
    "one cut short": (WORD[:-300], "damaged"),
    "macros": (packing.pack(packing.ooxml(("word/vbaProject.bin", b"x"))), "macros"),
    "a way out": (packing.pack(packing.ooxml(("../../etc/cron.d/x", b"x"))), "no office program"),
    "a page that is an archive too": (b"<html>" + WORD, "plain text"),
    "entities": (packing.pack(packing.ooxml(("word/styles.xml", ENTITIES))), "damaged"),
    "no XML": (packing.pack(packing.ooxml(("word/styles.xml", b"<w>"))), "damaged"),
    "no document": (packing.pack(packing.ooxml()), "no text|damaged"),
    "depths": (packing.pack(packing.ooxml(("word/x.xml", b"<a>" * 500 + b"</a>" * 500))), "too deep"),
    "a spreadsheet": (packing.sheet(), "Word document"),
    "a PDF": (b"%PDF-1.7\n%%EOF", "PDF"),
    "a text in RTF": (rb"{\rtf1\ansi\b Hej}", "RTF"),
    "a picture": (encode(draw()), "not plain text"),
    "a web archive": (b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n", "HTML only"),
    "a deep page": (f"<html>{DEEP}", "too deep"),
    "an empty page": ("<html><body><nav>Meny</nav></body></html>", "no text"),
    "nothing": (b"", "no text"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_cannot_be_brought_over_is_refused_with_a_reason(bring_over, what):
    content, reason = BAD[what]
    with pytest.raises(BadPage, match=reason) as refused:
        bring_over(content, "sida.html" if what.endswith("page") else "fil.docx")
    # Nor is any format named to save it in that this page refuses.
    assert what == "a PDF" or not re.search(r"PDF|xlsx|pptx|od[tsp]\b|csv", str(refused.value))
    assert not Article.objects.exists()


def test_a_document_of_a_library_of_words_is_refused(bring_over, monkeypatch):
    monkeypatch.setattr("news.importing.converting.LARGEST_TEXT", 10_000)
    with pytest.raises(BadPage, match="too long"):
        bring_over(WORD, "fil.docx")


PARTS = """
    <p> </p> <div> </div> <ul><li> </li></ul> <table><tr><td> </table> <a\thref=x> </a> <nav> </nav>
    <main> </main> <h1> </h1> <h3> </h3> <dl><dt> <dd> </dl>
    <figure><img\tsrc=x><figcaption> </figcaption></figure>
    <span\tclass=share> </span> <b> </b> <article> </article> <aside> </aside>
    <blockquote> </blockquote> <header> </header> <footer> </footer>
""".replace("\n", " ").split(" ")
PARTS = st.sampled_from([part.replace("\t", " ") for part in PARTS if part])


@settings(max_examples=60)
@given(st.lists(PARTS, max_size=16))
def test_no_word_of_a_page_is_lost(parts):
    words = [f" ord{number} " for number in range(len(parts) + 1)]
    html = (
        "<html><body>" + words[0] + "".join(part + word for part, word in zip(parts, words[1:], strict=True))
    )
    page, _pictures = open_page(a_file(html), name="sida.html")
    told = " ".join(line.text for line in page.left_out)
    found = words_of(
        " ".join([page.title, page.lead, plain_text(clean_html(page.body)), told, page.date_line])
    )
    assert [word for word in words if f" {word.strip()} " not in found] == []
