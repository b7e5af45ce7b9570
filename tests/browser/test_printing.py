"""What the organiser prints for the day: the seat plan, the badges, the signs for the tables, on A4."""

import io

import pytest
from pypdf import PdfReader

from accounts.models import Assignment, Person, Unit
from forums.models import Invitation, Table
from tests.cast import assign, make_cast, make_person
from tests.forums.room import E, make_room

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = ("Ann-Charlotte Margareta", "Wallenstråhle-Gyllenhammar af Österåker")
LONG_POST = "Verksamhetsutvecklare med särskilt ansvar för tillgänglighet och digitalisering"
CUT = """(elements) => elements.filter((element) => {
  const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
  return scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1;
}).map((element) => element.textContent)"""


@pytest.fixture
def room():
    """Nine tables of eight, one of each with a name and a post of a length that somebody has."""
    room = make_room(make_cast(), tables=9, each=4)
    for person in room.forum.registrations.values_list("person", flat=True):
        Person.objects.filter(pk=person).update(family_name=f"Nummer {person:04}")  # none begins another
    for number in range(1, 10):
        person = room.seated[number, E][0]
        given, family = LONG
        Person.objects.filter(pk=person.pk).update(given_name=given, family_name=f"{family} {number}")
        Assignment.objects.filter(person=person).update(title=LONG_POST)
    return room


@pytest.fixture
def print_page(room, open_browser):
    """A function that prints a page as the organiser, and returns it with the words of each sheet, without
    spaces, since a name may go over several lines."""

    def print_(path):
        page = open_browser(room.cast.fatima)
        page.goto(f"/forum/{room.forum.slug}/{path}")
        page.emulate_media(media="print")
        sheets = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
        for sheet in sheets:
            assert abs(sheet.mediabox.width - 595) < 2 and abs(sheet.mediabox.height - 842) < 2
        return page, ["".join(sheet.extract_text().split()) for sheet in sheets]

    return print_


def folded(person):
    return "".join(person.full_name.split())


def sheets_with(words, sheets):
    return [number for number, sheet in enumerate(sheets) if words in sheet]


def people_of(room):
    return {
        number: [
            Person.objects.get(pk=person.pk)
            for (table, _side), people in room.seated.items()
            if table == number
            for person in people
        ]
        for number in range(1, 10)
    }


def test_a_table_of_the_seat_plan_stands_whole_on_one_sheet(room, print_page):
    page, sheets = print_page("bordsplacering/")
    assert len(sheets) > 1
    for number, people in people_of(room).items():
        (sheet,) = sheets_with(f"Bord{number}8personer", sheets)
        for person in people:
            assert sheets_with(folded(person), sheets) == [sheet], person.full_name
    assert page.locator(".seat-name, .seat-table").evaluate_all(CUT) == []
    assert "Placeraomalla" not in "".join(sheets)


def test_the_list_by_name_holds_everybody(room, print_page):
    page, sheets = print_page("bordsplacering/?visa=namn")
    for number, people in people_of(room).items():
        for person in people:
            line = "".join(f"{person.family_name},{person.given_name}{number}".split())
            assert len(sheets_with(line, sheets)) == 1, line
    assert page.locator(".seats-by-name li").evaluate_all(CUT) == []


def test_the_list_of_participants_is_printed_as_a_list_and_not_as_a_form(room, print_page):
    page, sheets = print_page("deltagare/")
    assert page.locator(".participants > li").count() > 40
    assert len(sheets) <= 4
    assert not page.locator(".participants-search").is_visible()
    fields = page.locator(".move-form input")
    assert fields.first.input_value()
    assert fields.first.evaluate("(field) => getComputedStyle(field).borderStyle") == "none"


def test_badges_come_ten_to_a_sheet_and_cut_no_name(room, print_page):
    page, sheets = print_page("incheckning/namnskyltar/")
    assert len(sheets) == 8  # 72 people
    for people in people_of(room).values():
        for person in people:
            assert len(sheets_with(folded(person), sheets)) == 1, person.full_name
    assert page.locator(".name-badge, .name-badge-post").evaluate_all(CUT) == []
    outside = """(badges) => badges.filter((badge) => {
      const { bottom, right } = badge.getBoundingClientRect();
      return [...badge.children].some((each) => {
        const box = each.getBoundingClientRect();
        return box.bottom > bottom + 1 || box.right > right + 1;
      });
    }).length"""
    assert page.locator(".name-badge").evaluate_all(outside) == 0
    for badge in page.locator(".name-badge").all()[:3]:
        box = badge.bounding_box()
        assert [round(box[side] / 96 * 25.4) for side in ("width", "height")] == [85, 54]


def test_the_sign_of_a_table_stands_whole_on_one_sheet(room, print_page):
    page, sheets = print_page("grupparbete/leda/bordskort/")
    for number in range(1, 10):
        address = f"/forum/{room.forum.slug}/grupparbete/bord/{number}"
        (sheet,) = sheets_with(address, sheets)
        assert f"Bord{number}" in sheets[sheet]
    codes = page.locator(".table-card-qr svg")
    assert codes.count() == 9
    # A phone reads it from across the table: 40 mm at least.
    assert all(code.bounding_box()["width"] >= 40 / 25.4 * 96 for code in codes.all())


def test_a_long_name_of_a_table_takes_no_room_from_anything_else(room, print_page):
    name = "Arbetsmarknadsbordet vid fönstret mot Järnvägsgatan"
    Table.objects.filter(pk=room.tables[1].pk).update(name=name)
    unit = "Arbetsmarknads- och vuxenutbildningsförvaltningen"
    Table.objects.filter(pk=room.tables[2].pk).update(name=unit)
    person = Person.objects.get(pk=room.seated[2, E][0].pk)
    page, sheets = print_page("bordsplacering/?visa=namn")
    # Its words may be parted, as those of units are.
    line = "".join(f"{person.family_name},{person.given_name}{name}".split()).replace("-", "")
    assert len(sheets_with(line, [sheet.replace("-", "") for sheet in sheets])) == 1

    page, _sheets = print_page("incheckning/namnskyltar/")
    collide = """(badges) => badges.filter((badge) => {
      const [post, foot] = [badge.querySelector(".name-badge-post"), badge.querySelector(".name-badge-foot")];
      return post.getBoundingClientRect().bottom > foot.getBoundingClientRect().top + 1;
    }).length"""
    assert page.locator(".name-badge").evaluate_all(collide) == 0
    assert page.locator(".name-badge-table").evaluate_all(CUT) == []
    sides = page.locator(".name-badge .side-mark").all()
    assert len({side.bounding_box()["height"] for side in sides}) == 1, "a side is parted over two lines"
    assert sides[0].inner_text() in {"Förtroendevald", "Tjänsteperson"}

    page, _sheets = print_page("grupparbete/leda/bordskort/")
    widths = [code.bounding_box()["width"] for code in page.locator(".table-card-qr svg").all()]
    assert min(widths) >= 40 / 25.4 * 96
    assert page.locator(".table-card").evaluate_all(CUT) == []


def test_the_chart_of_departments_stands_below_its_heading(room, print_page):
    """A picture cannot go on on the next sheet, and left the first one empty."""
    units = room.cast.units
    for number in range(18):
        name = f"Förvaltning nummer {number:02}"
        unit = Unit.objects.create(
            name=name, slug=f"nr-{number}", kind=Unit.Kind.DEPARTMENT, parent=units.root
        )
        person = make_person(f"chef{number}", "Chef", name)
        assign(person, unit, "Chef", is_manager=True)
        Invitation.objects.create(forum=room.forum, person=person)
    _page, sheets = print_page("efterat/")
    assert "Förvaltningarochsidor" in sheets[0]
    assert sheets_with("Förvaltningnummer17", sheets)[0] == 0
