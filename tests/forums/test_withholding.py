"""Nobody can work out what a result does not tell: every room that could have been is tried.

Whoever attacks knows who sits where, all that is published, and how it is chosen. They list every room
that would have been told of in the same words; what holds in all of these is known to them.
"""

import json
from collections import defaultdict
from itertools import product

import pytest

from forums.counting import FEWEST_PEOPLE, figures_of
from forums.withholding import can_tell_all, is_small, tells_notes_by_side, withhold

from .room import E, O, make_room, seat

# People at each table: the elected, the officials.
SEATED = {
    "small groups everywhere": [(3, 3), (3, 3)],
    "only the officials can be few": [(5, 2), (6, 3)],
    "only at one table": [(5, 5), (6, 2)],
    "small and smaller": [(4, 1), (1, 4)],
    "three tables": [(2, 2), (3, 5), (2, 3)],
    "one table alone": [(7, 5)],
    "one table where the officials are few": [(9, 5), (1, 1)],
    "nobody is few": [(5, 5), (8, 6)],
}
SIDES = (0, 1)


def rooms(tables, concepts, most):
    """Every way to write up to `most` notes on each concept by each side at each table."""
    cells = [
        (table, side, concept) for table in range(tables) for side in SIDES for concept in range(concepts)
    ]
    for notes in product(range(most + 1), repeat=len(cells)):
        yield {cell: count for cell, count in zip(cells, notes, strict=True) if count}


def counted(notes, seated, concepts):
    """The rows that SQL would count, by other means: sets of tables."""
    for concept in range(concepts):
        at = [{table for table, side, said in notes if (side, said) == (each, concept)} for each in SIDES]
        people = [sum(seated[table][side] for table in at[side]) for side in SIDES]
        if at[0] | at[1]:
            yield {
                "id": concept,
                "label": f"begrepp {concept}",
                "elected": len(at[0]),
                "official": len(at[1]),
                "elected_people": people[0],
                "official_people": people[1],
                "tables": len(at[0] | at[1]),
                "notes": sum(count for (_, _, said), count in notes.items() if said == concept),
            }


def published(notes, seated, concepts):
    """All that `figures_of` would tell of the room, and the rows that it was made of."""
    rows = list(counted(notes, seated, concepts))
    writers = [sum(seated[table][side] for table in {t for t, s, _ in notes if s == side}) for side in SIDES]
    people = [sum(seated[table][side] for table in {t for t, _, _ in notes}) for side in SIDES]
    written = [sum(count for (_, s, _), count in notes.items() if s == side) for side in SIDES]
    people = writers if can_tell_all(min(map(min, seated))) else people
    shown = min(people) >= FEWEST_PEOPLE
    told = withhold(rows, shown=shown, smallest=min(map(min, seated)))
    split = {row["id"] for row in told if row["elected"] is not None}
    unbound = [
        sum(count for (_, s, said), count in notes.items() if s == side and said not in split)
        for side in SIDES
    ]
    notes_told = shown and min(writers) >= FEWEST_PEOPLE
    notes_told = notes_told and tells_notes_by_side(told, unbound, tables=len({t for t, _, _ in notes}))
    figures = {
        "participants": people if shown else sum(people),
        "tables": len({table for table, _, _ in notes}),
        "notes": written if notes_told else sum(written),
        "concepts": told,
    }
    return json.dumps(figures), rows, told


def possible_rooms(seated, concepts, most):
    """For each thing that can be published: the rows behind every room of which it is told."""
    behind = defaultdict(list)
    for notes in rooms(len(seated), concepts, most):
        told, rows, _ = published(notes, seated, concepts)
        behind[told].append({row["id"]: row for row in rows})
    return behind


@pytest.mark.parametrize("seated", SEATED.values(), ids=SEATED)
@pytest.mark.parametrize(("concepts", "most"), [(1, 2), (2, 2), (3, 1)])
def test_no_small_group_is_ever_worked_out(seated, concepts, most):
    if len(seated) == 3 and (concepts, most) != (1, 2):
        concepts, most = 2, 1
    for told, worlds in possible_rooms(seated, concepts, most).items():
        hidden = [concept for concept in json.loads(told)["concepts"] if concept["elected"] is None]
        if any(concept["notes"] > most for concept in hidden):
            continue  # one side of one table could have written more: the end of what is tried, no fact
        for concept, key in product(hidden, ("elected_people", "official_people")):
            known = {0 < world[concept["id"]][key] < FEWEST_PEOPLE for world in worlds}
            assert known != {True}, (told, concept, key)


def test_the_attack_finds_what_leaving_out_the_small_ones_alone_would_tell(monkeypatch):
    """The rule of before: with five elected and two officials at a table, "not told" means officials."""

    def leave_out_the_small(concepts, *, shown, smallest):
        hidden = dict.fromkeys(("elected", "official", "elected_people", "official_people"))
        return [row if shown and not is_small(row) else row | hidden for row in concepts]

    monkeypatch.setattr(f"{__name__}.withhold", leave_out_the_small)
    with pytest.raises(AssertionError):
        test_no_small_group_is_ever_worked_out([(5, 2), (6, 3)], 2, 2)


def test_what_may_be_told_is_told():
    seated = SEATED["nobody is few"]
    for notes in rooms(2, 2, 1):
        _, rows, told = published(notes, seated, 2)
        if {side for _, side, _ in notes} == {0, 1}:
            assert all(row["elected"] is not None for row in told)
            assert len(told) == len(rows)


def test_sql_withholds_the_same(cast):
    """Two elected members at each table: "mod" of one table is hidden, and takes its neighbour along."""
    room = make_room(cast, tables=3, each=2)
    for table in room.tables:
        seat(cast, table, O, 7)
    room.open(E)
    for table in (1, 2, 3):
        room.write(table, E, "a", "tillit")
    room.write(1, E, "b", "mod")
    room.open(O)
    for table in (1, 2, 3):
        room.write(table, O, "c", "tillit")
        room.write(table, O, "d", "respekt")
    room.write(1, O, "e", "dialog")
    figures = figures_of(room.work)
    told = {concept["label"]: concept["elected"] is not None for concept in figures["concepts"]}
    assert told == {"tillit": True, "respekt": True, "dialog": False, "mod": False}
    trust = figures["concepts"][0]
    assert (trust["elected_people"], trust["official_people"]) == (6, 27)
    # Two notes of either side carry nothing told: too few to hide the note of "mod" among.
    assert figures["notes"] == {"elected": None, "official": None, "total": 11}
    for table in (1, 2, 3):
        room.write(table, O, "utan ord")
    room.open(O)
    assert figures_of(room.work)["notes"]["elected"] is None


def test_notes_are_told_by_side_where_the_rest_could_be_anybodys():
    hidden = [{"elected": None, "notes": 3}, {"elected": 4, "notes": 9}]
    assert tells_notes_by_side(hidden, (13, 20), tables=10)
    assert not tells_notes_by_side(hidden, (12, 20), tables=10)
    assert tells_notes_by_side(hidden[1:], (0, 0), tables=10)
