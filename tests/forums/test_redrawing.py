"""Once a note is hidden, no picture and no file of a summary has its words."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader

from accounts.models import LogEntry
from forums.moderating import hide_note
from forums.prioritising import close_dots, open_dots, put_dot
from forums.redrawing import draw_anew
from forums.summarising import draft_summary
from forums.working import close_round
from news.drawing import drawing_of
from news.models import Picture
from news.tying import changed_figures

from .room import E, O, make_room

pytestmark = pytest.mark.django_db
WORDS, THEME = "Nisse på ekonomin & hans chef säger aldrig hej till oss.", "nisse i hissen"
SECRETS = ("Nisse på ekonomin", "nisse i hissen", "Nisse i hissen")


@pytest.fixture
def room(cast):
    """Eight notes; that about a person has most dots, and a theme of its own. All splits are told."""
    room = make_room(cast, tables=4, each=5)
    room.open(E)
    room.named = room.write(1, E, WORDS, THEME)
    notes = [room.write(2, E, f"Vi behöver lita på varandra, {number}.", "tillit") for number in range(6)]
    room.open(O)
    room.write(3, O, "Vi behöver våga mer tillsammans.", "tillit", "mod")
    close_round(room.round_of(O), by=cast.fatima)
    open_dots(room.work, by=cast.fatima)
    for place, person in enumerate([*room.seated[1, E], *room.seated[2, E]]):
        for note in [room.named, *notes[: 2 if place < 5 else 1]][:3]:
            put_dot(note, key=person.email.encode(), by=person)
    for note, person in zip(notes, room.seated[3, O], strict=False):
        put_dot(note, key=person.email.encode(), by=person)
    close_dots(room.work, by=cast.fatima)
    room.close()
    return room


@pytest.fixture
def draft(room):
    """The summary, from before the note is hidden."""
    return draft_summary(room.forum, by=room.cast.karin).versions.get()


def hide(room):
    hide_note(room.named, reason="Pekar ut någon", by=room.cast.fatima)


def drawn(version):
    """The two-sided chart and the picture of the dots."""
    return list(version.pictures_in_text.order_by("uploaded_at"))


def files_of(picture):
    """Every file that is kept of a picture: {name: bytes}."""
    storage, folder = picture.file.storage, f"pictures/{picture.pk}"
    return {name: storage.open(f"{folder}/{name}").read() for name in storage.listdir(folder)[1]}


def mend(version):
    """What a writer does who is shown what is hidden in the text."""
    for figure in [one for one in changed_figures(version) if one.is_hidden]:
        version.body = version.body.replace(figure.text, "…")
        version.lead = version.lead.replace(figure.text, "…")
    version.save()


def test_the_pictures_that_are_there_lose_the_words(room, draft):
    sides, dots = drawn(draft)
    before = {picture: files_of(picture) for picture in (sides, dots)}
    assert "Nisse på ekonomin &amp; hans" in drawing_of(dots)
    assert THEME in drawing_of(sides)
    hide(room)
    for picture in drawn(draft):
        svg, after = drawing_of(picture), files_of(picture)
        assert not [secret for secret in SECRETS if secret in svg]
        # As SVG, as PNG for mails, and in every width and form.
        assert after.keys() == before[picture].keys()
        assert len(after) >= 8
        assert [name for name, content in after.items() if content == before[picture][name]] == []
        image = Image.open(BytesIO(after["original.webp"]))
        assert (picture.width, picture.height) == image.size
    assert "tillit: 1 och 1" in drawing_of(sides)
    assert "Vi behöver lita på varandra, 0" in drawing_of(dots)
    assert LogEntry.objects.filter(event="picture.redrawn").count() == 2


def test_no_row_comes_in_that_was_not_there_before(room, draft):
    _sides, dots = drawn(draft)
    before = drawing_of(dots).count('font-weight="600"')
    hide(room)
    assert before == 5
    assert drawing_of(dots).count('font-weight="600"') == 4


def test_a_note_that_is_in_no_picture_draws_nothing_anew(room, draft):
    before = [files_of(picture) for picture in drawn(draft)]
    hide_note(room.question.notes.get(text__contains="varandra, 5"), reason="Dubblett", by=room.cast.fatima)
    assert [files_of(picture) for picture in drawn(draft)] == before
    assert not LogEntry.objects.filter(event="picture.redrawn").exists()
    for picture in drawn(draft):
        draw_anew.call(str(picture.pk), room.work.result.pk)
    assert not LogEntry.objects.filter(event="picture.redrawn").exists()


def test_when_everything_is_hidden_the_pictures_say_so(room, draft):
    for note in room.question.notes.all():
        hide_note(note, reason="Fel frågor", by=room.cast.fatima)
    for picture in drawn(draft):
        assert "Det som bilden visade är dolt." in drawing_of(picture)


def test_a_browser_that_has_the_picture_gets_the_new_one(room, draft, client_as):
    client = client_as(room.cast.karin)
    for picture in drawn(draft):
        address = picture.url_at(480)
        first = client.get(address)
        seen = {"if-none-match": first["ETag"]}
        assert client.get(address, headers=seen).status_code == 304
        assert "immutable" not in first["Cache-Control"]
    hide(room)
    for picture in drawn(draft):
        answer = client.get(picture.url_at(480), headers=seen)
        assert answer.status_code == 200
        assert "Nisse" not in b"".join(client.get(picture.drawing_url)).decode()


def words_of_docx(content):
    with ZipFile(BytesIO(content)) as parts:
        pictures = [parts.read(name) for name in parts.namelist() if name.startswith("word/media/")]
        xml = " ".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join([xml, *(one.text for one in document.paragraphs), *cells]), pictures


@pytest.mark.parametrize("is_drafted_before", [True, False])
def test_no_export_has_the_words(room, client_as, is_drafted_before):
    if is_drafted_before:
        version = draft_summary(room.forum, by=room.cast.karin).versions.get()
        writer = client_as(room.cast.karin)
        word, before = words_of_docx(writer.get(f"/forum/{room.forum.slug}/sammanfattning.docx").content)
        assert "Nisse på ekonomin" in word
        hide(room)
        mend(version)
    else:
        hide(room)
        version, before = draft_summary(room.forum, by=room.cast.karin).versions.get(), []
    writer, here = client_as(room.cast.karin), f"/forum/{room.forum.slug}"
    word, pictures = words_of_docx(writer.get(f"{here}/sammanfattning.docx").content)
    assert "tillit" in word
    assert pictures
    assert not set(pictures) & set(before)
    pdf = PdfReader(BytesIO(writer.get(f"{here}/sammanfattning.pdf").content))
    typeset = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert "tillit" in typeset
    book = load_workbook(BytesIO(writer.get(f"{here}/grupparbete.xlsx").content))
    cells = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    files = [writer.get(f"{here}/{name}").text for name in ("grupparbete.json", "resultat.json")]
    drawings = [drawing_of(picture) for picture in Picture.objects.filter(is_drawn=True)]
    assert len(drawings) == 2
    for told in (word, typeset, cells, *files, *drawings):
        assert "tillit" in told or "Vi behöver lita" in told
        assert [secret for secret in SECRETS if secret in told] == []
