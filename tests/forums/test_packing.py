"""Taking a group work along, and thinning its notes out when their time is over."""

import json
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pypdf import PdfReader

from accounts.models import LogEntry
from forums.committing import commit
from forums.models import GroupWork, Note, Thinning
from forums.packing import describe
from forums.summarising import draft_summary
from forums.thinning import thin_out

from .room import E, O, make_room, seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(cast):
    room = make_room(cast, tables=4, each=5)
    room.open(E)
    for table in (1, 2, 3):
        room.write(table, E, f"=SUM(A1) säger bord {table}, och det är allvar.", "tillit")
    room.open(O)
    room.write(4, O, "+Lita på oss.", "tillit", "mandat")
    commit(
        room.forum,
        owner=cast.maja,
        unit=cast.units.home_care,
        text="@Bjuda in nämnden.",
        due_on=timezone.localdate() + timedelta(days=40),
        notes=[room.question.notes.first()],
        by=cast.fatima,
    )
    return room


def test_json_tells_what_the_result_page_does_and_no_writer(room, client_as):
    room.close()
    address = f"/forum/{room.forum.slug}/grupparbete.json"
    told = json.loads(client_as(room.cast.elsa).get(address).text)
    assert told["schema"] == "samspel.groupwork/1"
    assert told["figures"]["participants"] == {"elected": 15, "official": 5, "total": 20}
    assert told["questions"][0]["text"] == "Vad behöver vi av varandra?"
    assert {note["author"] for note in told["notes"]} == {None}
    mandate = next(note for note in told["notes"] if "mandat" in note["keywords"])
    assert (mandate["group"], mandate["text"]) == (None, "+Lita på oss.")
    assert {note["group"] for note in told["notes"]} == {None, "Bord 1", "Bord 2", "Bord 3"}
    ids = {str(pk) for pk in Note.objects.values_list("pk", flat=True)}
    assert not any(pk in json.dumps(told) for pk in ids)
    assert told["commitments"][0]["owner"] == "Maja Lind"
    for person in (room.cast.per, room.cast.ada):
        assert client_as(person).get(address).status_code == 403


def test_a_keyword_that_would_tell_a_side_is_left_out(cast):
    """Only officials say "mandat", that is told; whose "mod" is, is not, and so neither by their note."""
    room = make_room(cast, tables=2, each=3)
    for table in room.tables:
        seat(cast, table, O, 4)
    room.open(E)
    for table in (1, 2):
        room.write(table, E, f"De valda vid {table}.", "tillit", "dialog")
    room.open(O)
    for table in (1, 2):
        room.write(table, O, f"De anställda vid {table}.", "mandat", "respekt")
    room.write(2, O, "Mandat och mod.", "mandat", "mod")
    room.close()
    work = GroupWork.objects.select_related("forum", "result").get(pk=room.work.pk)
    note = next(note for note in describe(work)["notes"] if note["text"] == "Mandat och mod.")
    assert note["keywords"] == ["mandat"]


def test_no_cell_of_the_workbook_is_a_formula(room, client_as):
    room.close()
    answer = client_as(room.cast.karin).get(f"/forum/{room.forum.slug}/grupparbete.xlsx")
    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames == [
        "Om grupparbetet",
        "Teman",
        "Anteckningar",
        "Det som vägde tyngst",
        "Åtaganden",
    ]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert "'=SUM(A1) säger bord 1, och det är allvar." in texts
    assert not [
        cell for cell in cells if cell.data_type == "f" or str(cell.value).startswith(("=", "+", "@"))
    ]


def test_whoever_gets_the_workbook_by_mail_needs_nothing_beside_it(room, client_as):
    """Which questions were asked, what was withheld and not nought, and days that can be sorted."""
    room.close()
    answer = client_as(room.cast.karin).get(f"/forum/{room.forum.slug}/grupparbete.xlsx")
    book = load_workbook(BytesIO(answer.content))
    about = {row[0]: row[1] for row in book["Om grupparbetet"].iter_rows(min_row=2, values_only=True)}
    assert about["Forum"] == "Chefsforum i november"
    assert about["Leddes av"] == "Elsa Ängman, Olof Ek"
    assert (about["Förtroendevalda"], about["Tjänstepersoner"], about["Bord"]) == (15, 5, 4)
    assert about["Fråga 1"] == "Vad behöver vi av varandra?"
    notes = list(book["Anteckningar"].iter_rows(values_only=True))
    assert notes[0] == ("Fråga", "Anteckning", "Nyckelord", "Grupp", "Sida")
    assert {row[0] for row in notes[1:]} == {"1. Vad behöver vi av varandra?"}
    assert "redovisas inte" in {row[3] for row in notes[1:]}
    assert None not in {value for row in notes for value in row[3:]}
    assert book["Anteckningar"].auto_filter.ref == f"A1:E{len(notes)}"
    due = book["Åtaganden"]["D2"]
    assert (due.is_date, due.value.date()) == (True, room.forum.commitments.get().due_on)


def test_the_summary_in_word_and_as_pdf(room, client_as):
    room.close()
    address = f"/forum/{room.forum.slug}/sammanfattning"
    writer = client_as(room.cast.karin)
    assert writer.get(f"{address}.docx").status_code == 404
    draft_summary(room.forum, by=room.cast.karin)
    document = Document(BytesIO(writer.get(f"{address}.docx").content))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "I det deltog 15 förtroendevalda och fem tjänstepersoner." in words
    assert "@Bjuda in nämnden. Maja Lind, " in words
    assert [cell.text for cell in document.tables[0].rows[1].cells] == ["Tillit", "3", "1"]
    assert len(document.inline_shapes) == 1
    pdf = PdfReader(BytesIO(writer.get(f"{address}.pdf").content))
    assert "15 förtroendevalda" in " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    # Not out yet: nobody but the desk has it.
    assert client_as(room.cast.per).get(f"{address}.docx").status_code == 404


def test_the_word_document_is_swedish_on_swedish_paper(room, client_as, settings):
    room.close()
    draft_summary(room.forum, by=room.cast.karin)
    file = client_as(room.cast.karin).get(f"/forum/{room.forum.slug}/sammanfattning.docx").content
    document = Document(BytesIO(file))
    paper, about = document.sections[0], document.core_properties
    assert (round(paper.page_width.cm), round(paper.page_height.cm)) == (21, 30)
    languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    assert (languages, about.language, about.comments) == ({"sv-SE"}, "sv-SE", "")
    assert timezone.now() - about.created < timedelta(minutes=5)
    assert not any("thumbnail" in each.reltype for each in document.part.package.rels.values())
    # The theme leads to its notes, the promise to its page; their addresses are whole.
    links = [each.address for paragraph in document.paragraphs for each in paragraph.hyperlinks]
    promise = room.forum.commitments.get()
    assert f"{settings.SITE_URL}/ataganden/{promise.pk}/" in links
    assert any(link.startswith(f"{settings.SITE_URL}/forum/{room.forum.slug}/resultat/#") for link in links)
    # The first row of the table is its heading, and numbers stand to the right.
    [heading, *rows] = document.tables[0].rows
    assert heading._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row.cells[1].paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.RIGHT for row in rows)
    # Nothing in a heading goes before its style.
    headings = [each for each in document.paragraphs if each.style.name == "Heading 2"]
    assert headings
    assert {run.bold for each in headings for run in each.runs} == {None}


def test_raw_notes_go_when_their_time_is_over_and_the_result_stays(room, client_as, settings):
    settings.NOTES_KEPT_DAYS, settings.NOTES_THINNING_DECISION = 30, "Dokumenthanteringsplan 4.2"
    figures = room.close().figures
    assert thin_out() == 0
    page = client_as(room.cast.elsa).get(f"/forum/{room.forum.slug}/resultat/").text
    assert "Anteckningarna sparas till" in page
    old = timezone.now() - timedelta(days=31)
    GroupWork.objects.filter(pk=room.work.pk).update(closed_at=old)
    call_command("daily", stdout=(said := StringIO()))
    assert "1 group works had their notes thinned out" in said.getvalue()
    assert thin_out() == 0
    assert not Note.objects.exists()
    work = GroupWork.objects.select_related("forum", "result").get(pk=room.work.pk)
    assert work.result.figures == figures
    thinning = Thinning.objects.get()
    assert (thinning.notes, thinning.decision) == (4, "Dokumenthanteringsplan 4.2")
    entry = LogEntry.objects.get(event="notes.thinned")
    assert (entry.details["notes"], entry.by) == (4, None)
    page = client_as(room.cast.elsa).get(f"/forum/{room.forum.slug}/resultat/").text
    assert "4 anteckningar gallrades" in page
    assert "Dokumenthanteringsplan 4.2" in page
    assert "SUM(A1)" not in page
    assert room.forum.commitments.get().notes.count() == 0
    assert describe(work)["notes_thinned"]["notes"] == 4
    assert "15 förtroendevalda" in draft_summary(room.forum, by=room.cast.karin).versions.get().plain_text


def test_an_open_work_and_a_house_that_keeps_its_notes_are_left_alone(room, settings):
    old = timezone.now() - timedelta(days=5000)
    GroupWork.objects.filter(pk=room.work.pk).update(closed_at=old)
    assert thin_out() == 0
    room.close()
    GroupWork.objects.filter(pk=room.work.pk).update(closed_at=old)
    settings.NOTES_KEPT_DAYS = 0
    assert thin_out() == 0
    assert Note.objects.count() == 4
