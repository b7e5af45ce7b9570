"""Who a note is said to come from, without pointing at fewer than five people (decisions/0060)."""

import re
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from accounts.models import Side
from forums.models import Table
from forums.sitting import people_at_tables
from forums.withholding import FEWEST_PEOPLE

NUMBER_OF_TABLE = re.compile(r"(?:(?:bord|table)\s*)?(\d{1,5})", re.IGNORECASE)


def attribute(notes, *, figures, work):
    """Give each note `told_table`, `told_side` and `told_author`: what may be told of it, or "" or None.

    In a named group work all of it is told, but for the side where a split is withheld. An anonymous
    note tells its table; where its words belong to one side alone, by the figures, it tells the side
    instead: the two together would come down to the few of that side who sit at that table. Everybody
    saw whose turn it was when it was written, and may have kept the wall, so a table is told only where
    either side is five there. When the work is over, smaller tables are told together with their
    neighbours, as many as make five of either side (`Neighbours`).

    Args:
        notes: fetched with `table`, `author` and `mentions`.
        figures: as in `Result`.
        work: their GroupWork.
    """
    anonymous = work.anonymous
    places = _places(work, joined=work.state == work.State.CLOSED) if anonymous else {}
    concept_of = {term: concept for concept in figures["concepts"] for term in concept["terms"]}
    for note in notes:
        concepts = [concept_of[said.term_id] for said in note.mentions.all() if said.term_id in concept_of]
        split_told = figures["sides_shown"] and all(_is_told(concept) for concept in concepts)
        note.told_author = None if anonymous else note.author
        note.told_table = _told_of([{"number": note.table.number, "name": note.table.name}])
        note.told_side = note.side if split_told else ""
        if anonymous and any(is_one_sided(concept) for concept in concepts):
            note.told_table = None
        elif anonymous:
            note.told_table, note.told_side = places.get(note.table_id), ""
    return notes


def tables_told_as(called, *, work):
    """The ids of the tables whose notes may be told of the one `called` so. One query."""
    if work.anonymous:
        places = _places(work, joined=work.state == work.State.CLOSED)
    else:
        places = {row["pk"]: _told_of([row]) for row in _seats_of(work)}
    return [pk for pk, place in places.items() if place.is_called(called)]


@dataclass(frozen=True)
class Neighbours:
    """Groups told as one: tables by number, "3" or "3–5", units by their `names`. `first` sorts them."""

    first: int
    last: int
    names: tuple[str, ...] = ()

    @property
    def number(self):
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"

    def is_called(self, text):
        """Whether somebody who looks for `text` means it: "3", "table 3", "bord 3", or the name of a unit."""
        number = "" if self.names else NUMBER_OF_TABLE.fullmatch(text)
        in_it = number and self.first <= int(number[1]) <= self.last
        return bool(in_it) or text.casefold() in {name.casefold() for name in (str(self), *self.names)}

    def __str__(self):
        """What people call it: "Table 3", "Tables 1–2", or the names of the units."""
        table = _("Table") if self.first == self.last else _("Tables")
        return ", ".join(self.names) or f"{table} {self.number}"


def _told_of(lot):
    names = tuple(row["name"] for row in lot) if all(row["name"] for row in lot) else ()
    return Neighbours(lot[0]["number"], lot[-1]["number"], names)


def _places(work, *, joined):
    """The Neighbours that each table's notes are told of, by the table's id: tables in their order, each
    lot closed when it has five of either side (of the one side, where the other sits nowhere). What is left
    over joins the last lot. One query.

    Args:
        joined: whether tables may be told together; else only those large enough alone are here.
    """
    lots, lot = [], []
    seats = list(_seats_of(work))
    sides = [side for side in Side if any(row[side] for row in seats)] or Side
    for table in seats:
        lot.append(table)
        if min(sum(row[side] for row in lot) for side in sides) >= FEWEST_PEOPLE:
            lots.append(lot)
            lot = []
        elif not joined:
            lot = []
    if lots and joined:
        lots[-1] += lot
    return {row["pk"]: _told_of(lot) for lot in lots for row in lot}


def _seats_of(work):
    """The forum's tables by number, with how many of either side sat there."""
    sat = Q(registrations__in=people_at_tables(work.pk).order_by().values("pk"))
    by_side = {side: Count("registrations", filter=sat & Q(registrations__side=side)) for side in Side}
    tables = Table.objects.filter(forum=work.forum_id).order_by("number")
    return tables.annotate(**by_side).values("pk", "number", "name", *by_side)


def _is_told(concept):
    return concept["elected"] is not None


def is_one_sided(concept):
    """Whether the figures tell that one side alone said it."""
    return _is_told(concept) and 0 in (concept["elected"], concept["official"])


def is_shared(concept):
    """Whether the figures tell that both sides said it."""
    return bool(concept["elected"] and concept["official"])
