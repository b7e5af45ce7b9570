"""Whatever is asked for in whatever combination, a room tells no more than its figures do.

Two rooms in which a withheld word was said by the one side or by the other are told of in the same words: on
every page, under every filter, in every file, to every reader, and in the draft of the summary.
"""

import logging
import re
import uuid
from functools import partial
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from django.core.cache import cache, caches
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from accounts.keying import key_of
from accounts.models import PersonalKey
from forums.committing import commit
from forums.evaluating import close_evaluation, give_verdict
from forums.merging import merge
from forums.models import GroupWork, Note
from forums.naming import invite_guest
from forums.summarising import draft_summary
from forums.tallying import tally_of
from forums.wording import concept_for, terms_for

from .attacked import HARMLESS, OF_A_PROMISE, attacked, every_name
from .room import E, O, make_room, seat

pytestmark = pytest.mark.django_db

REFUSED = {403, 404}
WORDS = ["tillit", "respekt", "mod", "dialog", "kunskap"]
# What is new in every answer, whoever asks. So are the numbers of the log's entries and of promises:
# PostgreSQL takes none of its sequences back when the first world is undone.
TOKENS = re.compile(
    r'nonce="[^"]*"|/utkast-[0-9a-f]{8}/|/(?:andring|ataganden)/[0-9]+/|"altered-[0-9]+-latest"|'
    r'name="csrfmiddlewaretoken" value="[^"]*"|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}'
)


@pytest.fixture
def room(cast, caplog):
    """Two elected members and seven officials at each of three tables, a guest, and a wall that all may
    watch."""
    caplog.set_level(logging.CRITICAL, logger="django.request")  # refusals are what is tried there
    room = make_room(cast, tables=3, each=2)
    room.work.wall_for_all = True
    room.work.save()
    for table in room.tables:
        seat(cast, table, O, 5)
    invite_guest(
        room.forum,
        email="gisela@granne.example",
        given_name="Gisela",
        family_name="Gäst",
        language="sv",
        by=cast.fatima,
    )
    # The same in every world.
    terms_for(WORDS)
    key_of(cast.elsa, PersonalKey.Purpose.CALENDAR)
    return room


class Undone(Exception):  # noqa: N818 - it takes a world back
    """Thrown to take back all that was written."""


def told_of(room, said, then=None, *, closes=True, people=None):
    """Write what was `said`, triples of (side, table, word), close the work unless told not to, and return
    all that anybody, or those `people` alone, is told of it; then undo it."""
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
                promise(room)
            if then:
                then()
            told = everything(room, people or readers_of(room))
            raise Undone
    except Undone:
        return told


def promise(room):
    """Promise something that answers the notes about what is withheld."""
    commit(
        room.forum,
        owner=room.cast.maja,
        unit=room.cast.units.social,
        text="Vi bjuder in till samtal.",
        due_on=timezone.localdate(room.forum.ends_at),
        notes=Note.objects.filter(terms__text="mod"),
        by=room.cast.fatima,
    )


def readers_of(room):
    return room.seated[1, E][0], room.cast.karin, room.cast.fatima, room.cast.per


def everything(room, people):
    """{what is asked for: the answer} for every reader, page, file and filter."""
    answers, addresses = {}, attacked(room)
    for person in people:
        client = Client()
        client.force_login(person)
        for address, filters in addresses.items():
            for asked, told in answers_at(client, address, filters):
                answers[person.email, TOKENS.sub("", address) + asked] = told
    if not GroupWork.objects.filter(pk=room.work.pk, state="closed").exists():
        return answers
    draft = draft_summary(room.forum, by=room.cast.karin).newest_version
    for form in ("docx", "pdf"):
        client = Client()
        client.force_login(room.cast.karin)
        answers[form] = words_of(client.get(reverse(f"forums:summary_{form}", args=[room.forum.slug])))
    answers["the draft"] = TOKENS.sub("", draft.lead + draft.body)
    return answers


def answers_at(client, address, filters):
    """(filter, answer) of an address. The first filter is none; whoever is refused with that is asked once
    more, with all of them, for who may is asked before what is asked for."""
    first = client.get(address)
    yield "", words_of(first)
    further = filters[1:]
    for asked in further[-1:] if first.status_code in REFUSED else further:
        yield asked, words_of(client.get(address + asked))


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
    assert len(one) > 500
    assert [asked for asked in one if one[asked] != other[asked]] == []


def test_nor_while_the_room_still_writes(room):
    """Whoever watches hears whose turn it is, but no page tells afterwards what was written in it."""
    said = BOTH + OFFICIALS + WITHHELD
    with time_machine.travel(timezone.now(), tick=False):
        one = told_of(room, said, closes=False)
        other = told_of(room, swapped(said, "mod", "dialog"), closes=False)
    assert len(one) > 500
    assert [asked for asked in one if one[asked] != other[asked]] == []


def test_nor_does_a_merge_made_afterwards(room):
    def merge_them():
        merge(concept_for("dialog"), into=concept_for("mod"), by=room.cast.karin)

    said = BOTH + OFFICIALS + WITHHELD
    with time_machine.travel(timezone.now(), tick=False):
        worlds = told_of(room, said, merge_them), told_of(room, swapped(said, "mod", "dialog"), merge_them)
    assert worlds[0] == worlds[1]


def test_nor_what_a_few_thought(room):
    """Four of them; of five it is told (test_evaluating.py)."""

    def think(worth):
        for person in room.seated[2, O][:4]:
            give_verdict(room.forum, by=person, worth=worth, heard=3, useful=3, words=f"Värt {worth}.")
        close_evaluation(room.forum, by=room.cast.fatima)

    with time_machine.travel(room.forum.ends_at, tick=False):
        one, other = (told_of(room, BOTH, partial(think, worth)) for worth in (1, 5))
    assert [asked for asked in one if one[asked] != other[asked]] == []


def test_what_is_told_would_be_seen(room):
    """Of "respekt" the sides are told, and so the two worlds differ where it moves."""
    said, karin = BOTH + OFFICIALS, room.cast.karin
    one, other = (told_of(room, each, people=[karin]) for each in (said, swapped(said, "respekt")))
    result = karin.email, reverse("forums:result", args=[room.forum.slug])
    assert one[result] != other[result]
    assert one["the draft"] != other["the draft"]
    assert not GroupWork.objects.filter(pk=room.work.pk, state="closed").exists()


def test_no_address_is_forgotten(room):
    """Each that the table of addresses knows is asked for, or is said to be harmless."""
    asked_for = {resolve(address).view_name for address in attacked(room)}
    unmade = {f"forums:{name}" for name in OF_A_PROMISE}
    assert set(every_name()) == asked_for | unmade | set(HARMLESS)
    promise(room)
    assert unmade <= {resolve(address).view_name for address in attacked(room)}
