"""What forums have said over time."""

import pytest

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


def test_small_units_are_told_together(cast):
    forum = make_room(cast, each=1).forum
    forum.registrations.all().delete()
    invited = [(cast.units.schools, 12, 7), (cast.units.social, 3, 3), (cast.units.energy, 1, 0)]
    for unit, asked, came in invited:
        for number in range(asked):
            person = make_person(f"{unit.slug}{number}", "Lo", f"Person{number}")
            assign(person, unit, "Handläggare")
            forum.invitations.create(person=person)
            if number < came:
                forum.registrations.create(person=person, side=Side.OFFICIAL, state="registered")
    turnout = turnout_of(forum)
    (row,) = turnout.rows
    assert set(row.units) == {unit.name for unit, _asked, _came in invited}
    assert (row.invited, str(row.registered), str(turnout.all.registered)) == (16, "10", "10")
