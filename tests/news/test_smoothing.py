"""What Word shows comes over, whatever it is wrapped in; what it hides or strikes out is told of instead."""

import zipfile
from io import BytesIO

import docx
import pytest
from django.core.files.base import ContentFile
from django.utils import translation

from news.importing import BadPage
from news.importing.opening import open_page
from news.sanitising import clean_html

from . import packing

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CHOICES = "http://schemas.openxmlformats.org/markup-compatibility/2006"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def run(words, dressing=""):
    return f"<w:r><w:rPr>{dressing}</w:rPr><w:t>{words}</w:t></w:r>"


def opened(*paragraphs, method=zipfile.ZIP_DEFLATED):
    """The MarkedPage of a Word document with these paragraphs (each as WordprocessingML) below a title."""
    file = BytesIO()
    docx.Document().save(file)
    title = f"<w:p>{run('Titel')}</w:p>"
    body = "".join(f"<w:p>{words}</w:p>" for words in paragraphs)
    xml = f'<w:document xmlns:w="{WORD}" xmlns:mc="{CHOICES}"><w:body>{title}{body}</w:body></w:document>'
    with zipfile.ZipFile(file) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist() if name != "word/document.xml"]
    content = packing.pack([*members, ("word/document.xml", xml.encode())], method=method)
    return open_page(ContentFile(content, name="a.docx"), name="a.docx")[0]


def told(page):
    return {str(line.text): str(line.reason) for line in page.left_out}


@pytest.mark.parametrize(
    ("paragraph", "words"),
    [
        (
            f'{run("Tabell ")}<w:fldSimple w:instr=" SEQ Tabell ">{run("4")}</w:fldSimple>{run(" Skolor")}',
            "4",
        ),
        (
            f'<w:fldSimple w:instr="A"><w:fldSimple w:instr="B">{run("inre")}</w:fldSimple></w:fldSimple>',
            "inre",
        ),
        (f'<w:bdo w:val="rtl">{run("åt höger")}</w:bdo>', "åt höger"),
        (f'<w:dir w:val="ltr">{run("åt vänster")}</w:dir>', "åt vänster"),
        (
            f"<w:r><w:ruby><w:rt>{run('uttal')}</w:rt><w:rubyBase>{run('tecken')}</w:rubyBase></w:ruby></w:r>",
            "tecken",
        ),
        (
            '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><w:txbxContent>'
            f"<w:p>{run('i en ruta')}</w:p>"
            "</w:txbxContent></w:drawing></mc:Choice></mc:AlternateContent></w:r>",
            "i en ruta",
        ),
        (f'<w:hyperlink w:anchor="a">{run("delen")}</w:hyperlink>', "delen"),
    ],
)
def test_what_stands_on_the_page_comes_over(paragraph, words):
    page = opened(run("Ett."), paragraph, run("Två."))
    assert words in page.body
    assert page.body.count(words) == 1
    assert not page.left_out


def test_a_field_stands_where_it_stood():
    field = f'<w:fldSimple w:instr="SEQ">{run("4")}</w:fldSimple>'
    assert (
        "<p>Tabell 4: Skolor</p>"
        in opened(
            run("Ett."), f'<w:r><w:t xml:space="preserve">Tabell </w:t></w:r>{field}{run(": Skolor")}'
        ).body
    )


def test_what_word_hides_is_told_of_and_not_shown():
    hidden = run("Till handläggaren:", "<w:vanish/>") + run("ring", "<w:vanish/>")
    page = opened(run("Ett."), run("Synligt. ") + hidden)
    assert "handläggaren" not in page.body
    assert told(page) == {"Till handläggaren:ring": "hidden in the document"}


def test_hiding_that_is_switched_off_hides_nothing():
    assert "Synligt" in opened(run("Ett."), run("Synligt.", '<w:vanish w:val="0"/>')).body


@pytest.mark.parametrize("how", ["<w:strike/>", "<w:dstrike/>"])
def test_what_is_struck_out_is_told_of_and_not_shown(how):
    page = opened(run("Ett."), run("Öppet till klockan ") + run("16", how) + run("18."))
    assert clean_html(page.body) == "<p>Ett.</p>\n<p>Öppet till klockan 18.</p>"
    assert told(page) == {"16": "struck out"}


def test_words_longer_than_the_parser_takes_are_refused():
    with pytest.raises(BadPage, match="damaged"):
        opened(run("å" * 5_500_000, "<w:vanish/>"), method=zipfile.ZIP_STORED)  # packed, it would be a bomb


def test_of_a_web_page_the_same_and_what_is_shown_from_elsewhere():
    html = (
        "<html><body><main><h1>Titel</h1><p>Ett.</p><p>Gäller <s>måndag <del>och</del></s> tisdag.</p>"
        "<p>100 m<sup>2</sup>, CO<sub>2</sub>, 10<sup>-6</sup>, not<sup>a)</sup></p>"
        '<iframe title="Filmen om torget" src="https://film.example/1"></iframe></main></body></html>'
    )
    page, _pictures = open_page(ContentFile(html.encode(), name="a.html"), name="a.html")
    body = clean_html(page.body)
    assert "<p>Gäller  tisdag.</p>" in body
    assert "<p>100 m², CO₂, 10⁻⁶, nota)</p>" in body
    assert told(page)["måndag och"] == "struck out"
    assert told(page)["Filmen om torget"].startswith("shown from elsewhere")


@pytest.mark.parametrize("tag", ["span", "font", "u", "b"])
@pytest.mark.parametrize(
    "style", ["text-decoration: line-through", "color:red;TEXT-DECORATION-LINE:Line-Through"]
)
def test_what_a_web_page_strikes_out_by_its_style_is_struck_out_too(tag, style):
    html = (
        f'<html><body><main><h1>Titel</h1><p>Ett.</p><p>Till <{tag} style="{style}">16</{tag}>18.</p></main>'
    )
    page, _pictures = open_page(ContentFile(html.encode(), name="a.html"), name="a.html")
    assert "<p>Till 18.</p>" in clean_html(page.body)
    assert told(page)["16"] == "struck out"


@pytest.mark.parametrize(
    "style", ["display:none", "visibility: hidden", "margin:0; display: none !important"]
)
def test_what_a_web_page_hides_by_its_style_is_not_shown_here_either(style):
    html = (
        "<html><body><main><h1>Titel</h1><p>Ett.</p><p>Två, som syns och är lite längre.</p>"
        f'<div style="{style}"><p>Syns inte.</p></div></main></body></html>'
    )
    page, _pictures = open_page(ContentFile(html.encode(), name="a.html"), name="a.html")
    assert "Syns inte" not in clean_html(page.body)
    assert told(page)["Syns inte."] == "not shown on the page"
