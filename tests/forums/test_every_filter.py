"""Whatever is asked for in whatever combination, a room tells no more than its figures do.

Two rooms in which a withheld word was said by the one side or by the other are told of in the same words: on
every page, under every filter, in every file, to every reader, and in the draft of the summary.
"""

import re
import uuid
from io import BytesIO
from itertools import product
from urllib.parse import urlencode
from zipfile import ZipFile

import pytest
import time_machine
from django.core.cache import cache, caches
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from forums.merging import merge
from forums.models import Concept, GroupWork
from forums.summarising import draft_summary
from forums.tallying import tally_of
from forums.wording import concept_for, terms_for

from .room import E, O, make_room, seat

pytestmark = pytest.mark.django_db

WORDS = ["tillit", "respekt", "mod", "dialog", "kunskap"]
# What takes no parameter: the pages of a table and of the wall as they follow, and the pairs that may be one.
PLAIN = ["group_work", "group_work_data", "wall_data", "proposals", "forum", "choose_table", "lead_turn"]
# What is new in every answer, whoever asks. So are the numbers of the log's entries: PostgreSQL takes none of
# its sequence back when the first world is undone.
TOKENS = re.compile(
    r'nonce="[^"]*"|/utkast-[0-9a-f]{8}/|/andring/[0-9]+/|'
    r'name="csrfmiddlewaretoken" value="[^"]*"|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}'
)


@pytest.fixture
def room(cast):
    """Two elected members and seven officials at each of three tables, and a wall that all may watch."""
    room = make_room(cast, tables=3, each=2)
    room.work.wall_for_all = True
    room.work.save()
    for table in room.tables:
        seat(cast, table, O, 5)
    terms_for(WORDS)  # their ids are the same in every world
    return room


class Undone(Exception):  # noqa: N818 - it takes a world back
    """Thrown to take back all that was written."""


def told_of(room, said, then=None, *, closes=True):
    """Write what was `said`, triples of (side, table, word), close the work unless told not to, and return
    all that anybody is told of it; then undo it."""
    cache.clear()
    caches["template_fragments"].clear()
    tally_of.cache_clear()
    try:
        with transaction.atomic():
            for side in (E, O):
                room.open(side)
                for number, (voice, table, word) in enumerate(said):
                    if voice == side:
                        # The same note in every world, whoever writes it.
                        note = uuid.uuid5(uuid.NAMESPACE_OID, str(number))
                        room.write(table, side, f"Om {word} vid bord {table}.", word, note_id=note)
            if closes:
                room.close()
            if then:
                then()
            told = everything(room)
            raise Undone
    except Undone:
        return told


def everything(room):
    """{what is asked for: the answer} for every reader, page, file and filter."""
    slug, answers = room.forum.slug, {}
    concepts = [*Concept.objects.values_list("pk", flat=True), 0, 99999]
    pages = {
        reverse("forums:result", args=[slug]): ["", *(f"?begrepp={pk}" for pk in concepts)],
        reverse("forums:wall", args=[slug]): ["", "?vy=diagram", "?vy=prickar"],
        reverse("forums:dots", args=[slug]): combined(q=WORDS[:3], bord=["eget"]),
        reverse("forums:lead", args=[slug]): combined(q=["", "bord 1", "2", "mod"], page=["2"]),
        reverse("forums:lead_notes", args=[slug]): combined(q=["mod"]),
        reverse("forums:trends"): combined(begrepp=concepts, slag=["forum"], forum=[slug]),
        reverse("forums:concepts"): combined(q=["mod", "dialog"]),
        reverse("forums:new_commitment", args=[slug]): combined(begrepp=concepts[:3]),
        reverse("portal:search"): combined(q=["mod", "dialog"]),
        **{reverse(f"forums:{name}", args=[slug]): [""] for name in PLAIN},
        **{
            reverse(f"forums:{name}", args=[slug]): [""] for name in ("result_json", "work_json", "work_xlsx")
        },
        **{reverse(f"forums:{name}"): ["", "?slag=forum"] for name in ("trends_csv", "turnout_csv")},
    }
    for person in (room.seated[1, E][0], room.cast.karin, room.cast.fatima, room.cast.per):
        client = Client()
        client.force_login(person)
        for page, filters in pages.items():
            for asked in filters:
                answers[person.email, page + asked] = words_of(client.get(page + asked))
    if not GroupWork.objects.filter(pk=room.work.pk, state="closed").exists():
        return answers
    draft = draft_summary(room.forum, by=room.cast.karin).newest_version
    for form in ("docx", "pdf"):
        client = Client()
        client.force_login(room.cast.karin)
        answers[form] = words_of(client.get(reverse(f"forums:summary_{form}", args=[slug])))
    answers["the draft"] = TOKENS.sub("", draft.lead + draft.body)
    return answers


def combined(**filters):
    """Every combination of these parameters, each of them left out as well."""
    choices = [[("", ""), *((name, value) for value in values)] for name, values in filters.items()]
    return [f"?{urlencode([pair for pair in pairs if pair[0]])}" for pairs in product(*choices)]


def words_of(answer):
    if answer.headers["Content-Type"].endswith("sheet"):
        book = load_workbook(BytesIO(answer.content))
        return [[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()]
    if answer.headers["Content-Type"].endswith("document"):
        return ZipFile(BytesIO(answer.content)).read("word/document.xml")
    if answer.headers["Content-Type"] == "application/pdf":
        return [TOKENS.sub("", page.extract_text()) for page in PdfReader(BytesIO(answer.content)).pages]
    return answer.status_code, TOKENS.sub("", answer.content.decode())


def swapped(said, *words):
    """The same, with these words said by the other side."""
    other = {E: O, O: E}
    return [(other[side] if word in words else side, table, word) for side, table, word in said]


BOTH = [(side, table, "tillit") for table in (1, 2, 3) for side in (E, O)]
OFFICIALS = [(O, table, "respekt") for table in (1, 2, 3)]
WITHHELD = [(E, 1, "mod"), (O, 1, "dialog")]


@pytest.mark.parametrize(
    ("said", "moved"),
    [
        (BOTH + OFFICIALS + WITHHELD, ("mod", "dialog")),
        (BOTH + OFFICIALS + [(E, 2, "mod"), (O, 3, "dialog")], ("mod", "dialog")),
        # The one that is left over is never told.
        (BOTH + OFFICIALS + [(O, 1, "dialog"), (E, 1, "kunskap"), (E, 1, "mod")], ("mod",)),
    ],
)
def test_nothing_tells_which_side_said_what_is_withheld(room, said, moved):
    with time_machine.travel(timezone.now(), tick=False):
        one, other = told_of(room, said), told_of(room, swapped(said, *moved))
    assert len(one) > 200
    assert [asked for asked in one if one[asked] != other[asked]] == []


def test_nor_while_the_room_still_writes(room):
    """Whoever watches hears whose turn it is, but no page tells afterwards what was written in it."""
    said = BOTH + OFFICIALS + WITHHELD
    with time_machine.travel(timezone.now(), tick=False):
        one = told_of(room, said, closes=False)
        other = told_of(room, swapped(said, "mod", "dialog"), closes=False)
    assert len(one) > 200
    assert [asked for asked in one if one[asked] != other[asked]] == []


def test_nor_does_a_merge_made_afterwards(room):
    def merge_them():
        merge(concept_for("dialog"), into=concept_for("mod"), by=room.cast.karin)

    said = BOTH + OFFICIALS + WITHHELD
    with time_machine.travel(timezone.now(), tick=False):
        worlds = told_of(room, said, merge_them), told_of(room, swapped(said, "mod", "dialog"), merge_them)
    assert worlds[0] == worlds[1]


def test_what_is_told_would_be_seen(room):
    """Of "respekt" the sides are told, and so the two worlds differ where it moves."""
    said = BOTH + OFFICIALS
    one, other = told_of(room, said), told_of(room, swapped(said, "respekt"))
    assert one != other
    assert not GroupWork.objects.filter(pk=room.work.pk, state="closed").exists()
