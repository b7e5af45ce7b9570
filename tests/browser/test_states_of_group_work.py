"""The pages of the group work in states that no walk through every address meets: on a phone and at a desk
axe finds nothing, and nothing is too wide."""

import pytest

from forums.grouping import group_by_units
from forums.merging import merge
from forums.models import GroupWork
from forums.prioritising import open_dots
from forums.splitting import add_word
from forums.wording import concept_for
from forums.working import close_round
from tests.cast import assign, make_cast
from tests.forums.room import E, O, make_room, seat, take_seat

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = 360
WIDTHS = [PHONE, 1280]


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def look(open_browser, assert_accessible):
    """A function that opens an address as a person at a width, and lets axe look at it; returns the page."""

    def open_and_check(person, address, width, ready=None):
        page = open_browser(person, width=width)
        page.goto(address)
        if ready:
            page.locator(ready).first.wait_for()
        assert_accessible(page)
        return page

    return open_and_check


def hold(cast, said, **fields):
    """A closed forum with two tables of five and five, in which `said` holds (table, side, word)."""
    room = make_room(cast, tables=2, each=5, **fields)
    for side in (E, O):
        room.open(side)
        for table, voice, word in said:
            if voice == side:
                room.write(table, side, f"Vi behöver {word}.", word)
    room.close()
    return room


def hold_two(cast):
    """Two forums in turn: what both sides say grows, one word fades, and one is new."""
    both = [(table, side, "tillit") for table in (1, 2) for side in (E, O)]
    hold(cast, [*both[:2], (1, O, "tid"), (2, O, "tid")], title="Chefsforum i maj")
    return hold(cast, [*both, (1, E, "ork"), (2, E, "ork")], title="Chefsforum i september")


@pytest.mark.parametrize("width", WIDTHS)
def test_trends_with_their_lines_drawn(cast, look, assert_accessible, width):
    hold_two(cast)
    page = look(cast.per, "/forum/trender/", width, ready=".trend-chart")
    assert page.locator(".trend-chart polyline").count() > 4
    page.evaluate("document.querySelectorAll('main details').forEach((box) => (box.open = true))")
    assert_accessible(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_dots_that_are_being_put(cast, look, assert_accessible, width):
    room = make_room(cast, tables=2, each=5)
    room.open(E)
    for number in range(4):
        room.write(1, E, f"Tanke {number}: vi behöver tid att tala med varandra.", "tid")
    close_round(room.round_of(E), by=cast.fatima)
    open_dots(room.work, by=cast.fatima)
    page = look(room.seated[1, E][0], f"/forum/{room.forum.slug}/grupparbete/prickar/", width)
    for told in ("Du har 2 prickar kvar", "Du har 1 prick kvar", "Alla dina prickar är satta"):
        page.get_by_role("button", name="Sätt en prick").first.click()
        page.get_by_role("heading", name=told).wait_for()
        assert_accessible(page)
    look(cast.fatima, f"/forum/{room.forum.slug}/grupparbete/leda/", width)


@pytest.mark.parametrize("width", WIDTHS)
def test_pairs_that_the_room_is_asked_about(cast, look, assert_accessible, width):
    said = [(1, E, "tillit"), (1, O, "tilit"), (2, O, "tillit")]
    for title in ("Chefsforum i maj", "Chefsforum i september"):
        hold(cast, said, title=title)
    room = make_room(cast)
    room.open(E)
    room.write(1, E, "Dialog.", "dialog", "tillit")
    room.write(2, E, "Och.", "möjlighet till dialog", "tilit")
    page = look(cast.elsa, f"/forum/{room.forum.slug}/grupparbete/leda/forslag/", width, ready=".proposal")
    # What the press would alter is there before it, by keyboard too, and beside the way back after it.
    page.get_by_text("2 avslutade forum skulle räknas om").focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("row").nth(1).get_by_role("cell").all_inner_texts() == ["1", "2", "2"]
    assert_accessible(page)
    page.get_by_role("button", name="Samma sak").first.click()
    page.locator(".dictionary-change").wait_for()
    assert page.locator(".proposal").count() == 1
    page.locator(".dictionary-change summary").click()
    assert page.get_by_role("row").nth(1).get_by_role("cell").all_inner_texts() == ["2", "2", "1"]
    assert_accessible(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_concepts_that_are_merged_added_to_and_named(cast, look, assert_accessible, width):
    trust = concept_for("tillit")
    add_word(trust, "förtroende", by=cast.karin)
    hold(cast, [(1, E, "tillit"), (1, O, "förtroendet"), (2, O, "tilit")], title="Chefsforum i maj")
    merge(concept_for("tilit"), into=trust, by=cast.karin)
    page = look(cast.karin, "/forum/begrepp/", width, ready=".concept")
    page.evaluate("document.querySelectorAll('main details').forEach((box) => (box.open = true))")
    assert_accessible(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_what_a_merge_would_change(cast, look, assert_accessible, width):
    hold_two(cast)
    page = look(cast.karin, "/forum/begrepp/?q=ork", width)
    page.locator("summary", has_text="Slå ihop").click()
    page.locator(f"#word-{concept_for('ork').pk}").fill("tillit")
    assert_accessible(page)
    page.get_by_role("button", name="Se vad som skulle ändras").click()
    page.get_by_role("table").wait_for()
    assert_accessible(page)


@pytest.mark.parametrize("width", [*WIDTHS, 1920])
def test_units_on_the_wall(cast, look, width):
    room = make_room(cast, tables=0)
    units = [cast.units.social, cast.units.schools, cast.units.office, cast.units.energy]
    for table in group_by_units(room.forum, units=units, by=cast.fatima):
        room.tables.append(table)
        for side in (E, O):
            room.seated[len(room.tables), side] = seat(cast, table, side, 5)
    for side in (E, O):
        room.open(side)
        for number in range(1, 5):
            room.write(number, side, "Kompetensförsörjningen är vår största fråga.", "kompetensförsörjning")
        room.write(2, side, "Tid att tala.", "tid", "mod")
    address = f"/forum/{room.forum.slug}/skarm/"
    look(cast.fatima, address, width, ready=".wall-word")
    look(cast.fatima, f"{address}?vy=diagram", width)


@pytest.mark.parametrize("width", WIDTHS)
def test_whoever_has_both_sides_chooses_a_voice(cast, look, width):
    room = make_room(cast, tables=2, each=1)
    assign(cast.elsa, cast.units.schools, "Rektor")
    take_seat(cast.elsa, room.tables[0], "")
    room.forum.registrations.filter(person=cast.elsa).update(table=None)
    GroupWork.objects.filter(pk=room.work.pk).update(state="open")
    address = f"/forum/{room.forum.slug}/grupparbete/bord/"
    look(cast.elsa, address, width, ready=".table-choices")
    page = look(cast.elsa, f"{address}2/", width, ready="input[type=radio]")
    page.get_by_role("button", name="Sätt dig här").click()
    page.locator(".invalid-feedback, .alert").first.wait_for()
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Sätt dig här").click()
    page.wait_for_url("**/grupparbete/")
