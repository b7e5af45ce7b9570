"""Who came, how departments took part, and the lists for other programs."""

import csv
import json
from io import BytesIO, StringIO

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Person, Side, Unit
from forums import announcing, arriving, attending, catering, exporting, registering
from forums.models import Access, Diet, ProgrammeItem
from tests.visiting import Visitor

pytestmark = pytest.mark.django_db

SECRET = "allergisk mot rödlök"


@pytest.fixture
def forum(make_forum):
    return make_forum(asks_diet=True, asks_access=True)


@pytest.fixture
def answers(cast, forum):
    """Maja came, Ulla did not, Elsa came and has needs, Folke said no."""
    taken = {
        name: registering.register(forum, person=getattr(cast, name), by=getattr(cast, name))
        for name in ("maja", "ulla", "elsa")
    }
    registering.decline(forum, person=cast.folke, by=cast.folke, reason="Sammanträde")
    catering.tell_needs(
        taken["elsa"], by=cast.elsa, diet=[Diet.values[0]], access=[Access.values[0]], diet_words=SECRET
    )
    with time_machine.travel(forum.starts_at, tick=False):
        for name in ("maja", "elsa"):
            arriving.check_in(taken[name], by=cast.fatima)
    return taken


def list_of(client, forum, what, form):
    return client.get(reverse("forums:export", args=[forum.slug, what, form]))


def test_attendance_and_who_did_not_come(cast, forum, answers):
    with time_machine.travel(forum.ends_at, tick=False):
        fatima = Visitor.signed_in(cast.fatima).go(reverse("forums:afterwards", args=[forum.slug]))
    fatima.sees("Anmälda som inte kom", "Ulla Öberg").does_not_see(SECRET)
    attendance = attending.attendance_of(forum)
    assert (attendance.expected, attendance.came, attendance.online) == (3, 2, 0)
    assert [answer.person for answer in attendance.missing] == [cast.ulla]


def test_where_nobody_is_checked_in_nobody_is_called_missing(cast, forum):
    registering.register(forum, person=cast.maja, by=cast.maja)
    attendance = attending.attendance_of(forum)
    assert not attendance.was_counted
    assert not attendance.missing.exists()


def test_departments_and_sides_add_up(cast, forum, answers):
    parts = attending.participation_of(forum)
    rows = {(part.side, str(part.home)): (part.invited, part.registered, part.came) for part in parts}
    assert rows[Side.ELECTED, "Kommunstyrelsen"] == (2, 1, 1)
    assert rows[Side.OFFICIAL, "Utbildningsförvaltningen"] == (1, 1, 0)
    assert sum(part.invited for part in parts) == forum.invitations.count()
    assert sum(part.registered for part in parts) == forum.registrations.registered().count()
    assert [part.side for part in parts] == sorted((part.side for part in parts), key=attending.SIDES.index)


def picture_and_table(forum, person):
    """What the picture says of each department, [(label, "1 of 2", part of its bar)], the heads of its table
    and the rows."""
    page = Visitor.signed_in(person).go(reverse("forums:afterwards", args=[forum.slug])).page.html

    def words(element):
        return " ".join(element.text.replace("\u00ad", "").split())  # where a long name may be parted

    [picture] = page.select("svg.chart, .chart svg")
    labels, numbers = (
        [words(text) for text in picture.select(name)] for name in (".bar-label", ".bar-number")
    )
    widths = [float(bar["width"].rstrip("%")) for bar in picture.select("rect[y]")]
    shares = [round(part / whole, 2) for whole, part in zip(widths[::2], widths[1::2], strict=True)]
    table = page.select_one(".afterwards-table")
    rows = [[words(cell) for cell in row.find_all(["th", "td"])] for row in table.select("tbody tr")]
    heads = [words(cell) for cell in table.select("thead th")]
    return list(zip(labels, numbers, shares, strict=True)), heads, [row for row in rows if len(row) > 1]


def test_the_picture_says_what_its_table_says(cast, forum, answers):
    drawn, heads, rows = picture_and_table(forum, cast.fatima)
    assert heads == ["Förvaltning", "Inbjudna", "Anmälda", "Kom"]
    assert len(drawn) == len(rows) == len(attending.participation_of(forum))
    for (label, number, share), (department, invited, _registered, came) in zip(drawn, rows, strict=True):
        assert (label, number) == (department, f"{came} av {invited}")
        assert share == round(int(came) / int(invited), 2)
    assert ("Kommunstyrelsen", "1 av 2", 0.5) in drawn


def test_where_nobody_is_checked_in_the_picture_is_of_who_registered(cast, forum):
    registering.register(forum, person=cast.elsa, by=cast.elsa)
    drawn, heads, rows = picture_and_table(forum, cast.fatima)
    assert heads == ["Förvaltning", "Inbjudna", "Anmälda"]
    assert ("Kommunstyrelsen", "1 av 2", 0.5) in drawn
    assert ["Kommunstyrelsen", "2", "1"] in rows


def test_a_long_name_of_a_department_is_parted_where_swedish_parts_it(cast, forum, answers):
    """On a phone a browser that knows no Swedish breaks "Kommunstyrels-en" anywhere."""
    page = Visitor.signed_in(cast.fatima).go(reverse("forums:afterwards", args=[forum.slug])).page.html
    assert "Kommun\u00adstyrelsen" in [cell.text for cell in page.select(".afterwards-table th")]


def test_a_draft_that_nobody_is_invited_to_has_no_picture(cast, make_forum):
    draft = make_forum(announced=False)
    assert attending.chart_of(attending.participation_of(draft), came=False) is None
    fatima = Visitor.signed_in(cast.fatima).go(reverse("forums:afterwards", args=[draft.slug]))
    fatima.sees("Ingen har bjudits in ännu.")
    assert not fatima.page.html.select(".bar-label")


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Kultur", ["Kultur"]),
        (
            "Samhällsbyggnads- och miljöskyddsförvaltningen",
            ["Samhällsbyggnads- och", "miljöskyddsförvaltningen"],
        ),
        (
            "Nämnden för arbetsmarknadsfrågor, vuxenutbildning och etablering av nyanlända",
            ["Nämnden för arbetsmarknadsfrågor,", "vuxenutbildning och etablering av", "nyanlända"],
        ),
    ],
)
def test_a_long_name_goes_on_below_and_is_whole_in_the_picture(cast, forum, answers, name, lines):
    Unit.objects.filter(pk=cast.units.schools.pk).update(name=name)
    drawn, _heads, rows = picture_and_table(forum, cast.fatima)
    assert name in [row[0] for row in rows]
    assert name in [label for label, _number, _share in drawn]
    chart = attending.chart_of(attending.participation_of(forum), came=True)
    row = next(row for row in chart["rows"] if [line for line, _y in row["lines"]] == lines)
    steps = [y for _line, y in row["lines"]]
    assert steps == sorted(steps) and steps[-1] < row["bar_y"], "the bar stands below its name"
    after = chart["rows"].index(row) + 1
    below = chart["rows"][after]["text_y"] - 18 if after < len(chart["rows"]) else chart["height"]
    assert row["bar_y"] + 20 < below


def test_the_same_list_in_three_forms_without_needs(cast, forum, answers, client_as):
    client = client_as(cast.fatima)
    table = list(
        csv.reader(
            StringIO(list_of(client, forum, "deltagare", "csv").content.decode("utf-8-sig")), delimiter=";"
        )
    )
    book = load_workbook(BytesIO(list_of(client, forum, "deltagare", "xlsx").content))
    sheet = [list(row) for row in book.active.iter_rows(values_only=True)]
    told = list_of(client, forum, "deltagare", "json").json()
    assert (
        [row[1] for row in table[1:]] == [row[1] for row in sheet[1:]] == [row["family_name"] for row in told]
    )
    assert table[0] == sheet[0]
    assert table[0][3] == "Titel"  # of a post; the programme's own is "Rubrik", a heading
    programme = list_of(client, forum, "program", "csv").content.decode("utf-8-sig")
    assert "Rubrik" in programme.splitlines()[0] and "Titel" not in programme
    assert [row["answer"] for row in told].count("unanswered") == len(told) - 4 > 0
    everything = json.dumps([table, told], ensure_ascii=False) + str(sheet)
    for need in (SECRET, str(Diet.labels[0]), str(Access.labels[0]), "Sammanträde"):
        assert need.lower() not in everything.lower()


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_what_a_spreadsheet_would_run_is_a_text(cast, forum, client_as, begins):
    title = f'{begins}HYPERLINK("https://ond.example")'
    ProgrammeItem.objects.create(forum=forum, title=title, starts_at=forum.starts_at, ends_at=forum.ends_at)
    client = client_as(cast.fatima)
    rows = csv.reader(
        StringIO(list_of(client, forum, "program", "csv").content.decode("utf-8-sig"), newline=""),
        delimiter=";",
    )
    assert list(rows)[1][3] == f"'{title}"
    cell = load_workbook(BytesIO(list_of(client, forum, "program", "xlsx").content)).active["D2"]
    assert cell.data_type == "s"
    assert cell.value.startswith("'")
    assert list_of(client, forum, "program", "json").json()[0]["title"] == title


def test_nor_does_a_name_that_somebody_gave_a_guest(cast, forum, client_as, invite_gisela):
    Person.objects.filter(pk=invite_gisela(forum).person_id).update(family_name='=cmd|"/c calc"!A1')
    announcing.invite_newcomers(forum, by=cast.fatima)
    client = client_as(cast.fatima)
    told = list_of(client, forum, "deltagare", "csv").content.decode("utf-8-sig")
    names = {row[1] for row in csv.reader(StringIO(told, newline=""), delimiter=";")}
    page = load_workbook(BytesIO(list_of(client, forum, "deltagare", "xlsx").content)).active
    cells = [row[1] for row in page.iter_rows() if "cmd" in row[1].value]
    assert '\'=cmd|"/c calc"!A1' in names
    assert [(cell.data_type, cell.value[0]) for cell in cells] == [("s", "'")]


def test_no_text_stands_bare_where_a_spreadsheet_may_part_it_at_a_comma(cast, forum, client_as):
    title = "Fika,=1+1"
    ProgrammeItem.objects.create(forum=forum, title=title, starts_at=forum.starts_at, ends_at=forum.ends_at)
    told = list_of(client_as(cast.fatima), forum, "program", "csv").content.decode("utf-8-sig")
    assert f';"{title}";' in told


def test_every_time_fits_its_column_in_a_spreadsheet(cast, forum, answers, client_as):
    """One that does not is shown as "####", and whoever opens the list widens columns by hand."""
    cast.maja.family_name = "Lind" * 20  # as long as a name may be
    cast.maja.save()
    sheet = load_workbook(BytesIO(list_of(client_as(cast.fatima), forum, "deltagare", "xlsx").content)).active
    widths = {
        column[0].value: sheet.column_dimensions[column[0].column_letter].width for column in sheet.columns
    }
    times = [cell for row in sheet for cell in row if cell.is_date]
    assert {cell.number_format for cell in times} == {"yyyy-mm-dd hh:mm"}
    assert widths["Svarade"] == widths["Kom"] == len("2026-12-24 09:00") + 2
    assert widths["Efternamn"] == exporting.WIDEST_COLUMN
    assert widths["Sida"] == len("förtroendevald") + 2


def test_what_is_no_list_is_not_found(cast, forum, client_as):
    client = client_as(cast.fatima)
    for what, form in (("behov", "csv"), ("deltagare", "pdf")):
        assert list_of(client, forum, what, form).status_code == 404


def test_the_page_costs_the_same_for_few_and_for_many(
    cast, forum, managers, client_as, django_assert_max_num_queries
):
    client = client_as(cast.fatima)
    people = managers(30)
    for number in (1, 30):
        for person in people[:number]:
            answer = registering.register(forum, person=person, by=person)
        with time_machine.travel(forum.starts_at, tick=False):
            arriving.check_in(answer, by=cast.fatima)
        for address in (
            reverse("forums:afterwards", args=[forum.slug]),
            reverse("forums:export", args=[forum.slug, "deltagare", "csv"]),
        ):
            with django_assert_max_num_queries(22):
                assert client.get(address).status_code == 200
