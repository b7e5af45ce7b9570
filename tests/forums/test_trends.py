"""What forums have said over time."""

import csv

import pytest
from lxml.html import fromstring

from accounts.models import Side
from forums.attending import turnout_of
from forums.merging import merge
from forums.trending import trends_for
from forums.wording import concept_for
from tests.cast import assign, make_person

from .room import E, O, make_room

pytestmark = pytest.mark.django_db

ADDRESS = "/forum/trender/"


def hold(cast, said, **fields):
    """A closed forum with two tables of five and five, in which `said` holds (table, side, word)."""
    room = make_room(cast, tables=2, each=5, **fields)
    for side in (E, O):
        room.open(side)
        for number, (table, voice, word) in enumerate(said):
            if voice == side:
                room.write(table, side, f"Anteckning {number}", word)
    room.close()
    return room.forum


@pytest.fixture
def two(cast):
    first = hold(cast, [(1, E, "tillit"), (2, E, "tillit"), (1, O, "tid"), (2, O, "tid")], title="Maj")
    said = [(1, E, "tillit"), (2, E, "ro"), (1, O, "tillit"), (2, O, "mod"), (1, E, "ork"), (2, E, "ork")]
    second = hold(cast, said, title="September")
    return first, second


def shares_of(found, label):
    trend = next(one for one in found.concepts if one.label == label)
    return [(point.room, point.elected, point.official) for point in trend.points]


def labels(trends):
    return [trend.label for trend in trends]


def test_shares_by_side_and_what_the_latest_forum_brought(cast, two):
    found = trends_for(cast.per)
    assert found.forums == list(two)
    assert shares_of(found, "tillit") == [(1, 1, 0), (0.5, 0.5, 0.5)]
    assert shares_of(found, "tid") == [(1, 0, 1), (0, 0, 0)]
    assert labels(found.new) == ["ork"]
    assert labels(found.faded) == ["tillit", "tid"]
    assert labels(found.more_shared) == ["tillit"]


def test_words_that_became_one_are_one_line(cast, two):
    merge(concept_for("mod"), into=concept_for("tillit"), by=cast.karin)
    found = trends_for(cast.per)
    assert "mod" not in labels(found.concepts)
    assert shares_of(found, "tillit") == [(1, 1, 0), (1, 0.5, 1)]
    assert labels(found.new) == ["ork"]


def test_what_one_table_alone_says_is_not_told_as_new(cast, two, client_as):
    """Nor is it with one table of two, which is a large share."""
    hold(cast, [(1, E, "tillit"), (2, O, "en egen sak"), (2, O, "en egen sak")], title="November")
    found = trends_for(cast.per)
    assert "en egen sak" in labels(found.concepts)
    assert labels(found.new) == []
    page = client_as(cast.per).get(ADDRESS).text
    assert "Inget som flera bord sa och inget bord hade sagt tidigare." in page


def test_sides_that_are_not_told_apart_break_the_line(cast, two):
    room = make_room(cast, tables=1, each=2)
    room.open(E)
    room.write(1, E, "Ja", "tillit")
    room.close()
    assert shares_of(trends_for(cast.per), "tillit")[-1] == (1, None, None)
    assert labels(trends_for(cast.per).more_shared) == []


def test_a_restricted_forum_is_counted_for_those_who_find_it(cast, two, client_as):
    hold(cast, [(1, E, "hemlighet")], title="Slutet", audience=cast.audiences.social, restricted=True)
    assert "hemlighet" in labels(trends_for(cast.maja).concepts)
    assert "hemlighet" not in labels(trends_for(cast.per).concepts)
    for path in ("", "begrepp.csv", "deltagande.csv"):
        assert "hemlighet" not in client_as(cast.per).get(f"{ADDRESS}{path}").text
        assert "Slutet" not in client_as(cast.per).get(f"{ADDRESS}{path}").text


def test_the_page_draws_what_is_asked_for_with_its_table(cast, two, client_as):
    client = client_as(cast.per)
    page = client.get(ADDRESS).text
    assert page.count('class="trend-chart"') == 5
    asked = client.get(ADDRESS, {"begrepp": str(concept_for("tid").pk)}).text
    assert asked.count('class="trend-chart"') == 1
    assert "100 %" in asked
    assert client.get(ADDRESS, {"slag": "finns-inte"}).context["trends"].forums == []
    assert client.get(ADDRESS, {"begrepp": ["x", "\0"], "forum": "y"}).status_code == 200


def test_each_picture_stands_with_its_own_table(cast, two, client_as):
    page = fromstring(client_as(cast.per).get(ADDRESS, {"begrepp": [concept_for("tillit").pk]}).text)
    (figure,) = page.find_class("trend")
    (picture,) = figure.xpath(".//svg[@role='img']")
    names = [page.get_element_by_id(name) for name in picture.get("aria-labelledby").split()]
    assert words(names[0]) == "tillit" and "Samma siffror står i tabellen" in words(names[1])
    assert [words(head) for head in figure.xpath(".//thead//th")] == [
        "Forum",
        "Förtroendevalda",
        "Tjänstepersoner",
        "Bord",
    ]
    assert [[words(cell) for cell in row] for row in figure.xpath(".//tbody/tr")] == [
        ["Maj", "100 %", "0 %", "100 %"],
        ["September", "50 %", "50 %", "50 %"],
    ]
    assert "För rummet: hur stor andel av borden där någon sa det." in words(page)
    # A point of either side for each row of the table, and a line through them.
    assert len(picture.findall("circle")) == len(picture.findall("rect")) == 2
    lines = {line.get("class") for line in picture.findall("polyline")}
    assert lines == {"trend-elected", "trend-official", "trend-room"}
    page = fromstring(client_as(cast.per).get(ADDRESS).text)
    assert [len(each.xpath(".//table")) for each in page.find_class("trend")] == [1] * 5


def test_it_begins_empty(cast, client_as):
    assert "Inget forum har avslutat sitt grupparbete" in client_as(cast.per).get(ADDRESS).text


def test_the_spreadsheet_holds_no_formula(cast, client_as):
    hold(cast, [(1, E, "tillit"), (2, E, "ro"), (1, O, "ro")], title="=cmd()")
    lines = client_as(cast.per).get(f"{ADDRESS}begrepp.csv").content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith('"Forum";"Datum";"Begrepp";')
    assert {line.split(";")[0] for line in lines[1:]} == {'"\'=cmd()"'}
    assert any(line.endswith(';"tillit";50.0;50.0;0.0') for line in lines)


def test_the_page_costs_the_same_for_one_and_for_many(cast, client_as, django_assert_max_num_queries):
    hold(cast, [(1, E, "tillit")])
    client = client_as(cast.per)
    client.get(ADDRESS)
    for _ in range(2):
        with django_assert_max_num_queries(14):
            client.get(ADDRESS)
        for number in range(3):
            hold(cast, [(1, E, f"ord {number}"), (1, O, "tillit")])


@pytest.fixture
def turned_out(cast):
    """A function that closes a forum's work to which so many of each unit are invited and registered."""

    def turn_out(*units, **fields):
        forum = hold(cast, [(1, E, "tillit")], **fields)
        forum.registrations.all().delete()
        for unit, asked, came in units:
            for number in range(asked):
                person = make_person(f"{forum.slug}-{unit.slug}-{number}", "Lo", f"Person{number}")
                assign(person, unit, "Handläggare")
                forum.invitations.create(person=person)
                if number < came:
                    forum.registrations.create(person=person, side=Side.OFFICIAL, state="registered")
        return forum

    return turn_out


def test_small_units_are_told_together(cast, turned_out):
    units = cast.units
    turnout = turnout_of(turned_out((units.schools, 12, 7), (units.social, 3, 3), (units.energy, 1, 0)))
    (row,) = turnout.rows
    assert set(row.units) == {unit.name for unit in (units.schools, units.social, units.energy)}
    assert (row.invited, str(row.registered), str(turnout.all.registered)) == (16, "10", "10")


def test_page_and_spreadsheet_tell_of_units_and_point_at_nobody(cast, turned_out, client_as):
    """Two of twelve came, and eleven of twelve: told as a range. Two units are too small to be told alone."""
    units, client = cast.units, client_as(cast.per)
    first = turned_out((units.schools, 14, 8), (units.social, 12, 2), (units.office, 12, 11), title="Maj")
    small = (units.board, 6, 5), (units.energy, 5, 1)
    turned_out((units.schools, 14, 7), *small, title="September")
    schools, social, office, board, energy = (
        unit.name for unit in (units.schools, units.social, units.office, units.board, units.energy)
    )
    told = {
        "Maj": {schools: ("14", "8"), social: ("12", "0–4"), office: ("12", "8–12")},
        "September": {schools: ("14", "7"), f"{energy}, {board}": ("11", "6")},
    }
    newest = client.get(ADDRESS)
    assert units_of(newest) == told["September"]
    earlier = client.get(ADDRESS, {"forum": first.slug})
    assert units_of(earlier) == told["Maj"]
    assert "Till Maj var 20–24 av 38 inbjudna anmälda." in earlier.text
    heading, *lines = rows_of(client.get(f"{ADDRESS}deltagande.csv"))
    assert heading == ["Forum", "Enheter", "Inbjudna", "Anmälda"]
    assert {tuple(line) for line in lines} == {
        (forum, names, *numbers) for forum, rows in told.items() for names, numbers in rows.items()
    }


def units_of(page):
    """What the page's table of units says: {names: (invited, registered)}."""
    (table,) = fromstring(page.text).find_class("turnout")
    rows = [[words(cell) for cell in row] for row in table.xpath("./tbody/tr")]
    return {names: (invited, registered) for names, invited, registered, _picture in rows}


def rows_of(answer):
    return list(csv.reader(answer.content.decode("utf-8-sig").splitlines(), delimiter=";"))


def words(part):
    return " ".join(part.text_content().split())
