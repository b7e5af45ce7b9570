"""What a summary says of any result: each number in it is a figure of that result, told of the right side."""

import re
from datetime import UTC, datetime
from unittest import mock

import pytest
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from forums.contrasting import THEMES_NAMED, Contrast
from forums.models import Result
from forums.phrasing import numbers_in
from forums.showing import counts_of
from forums.summarising import body_of, lead_of
from news.tying import FIGURE

from .room import make_room

pytestmark = pytest.mark.django_db

LABELS = [f"{letter}-frågan" for letter in "abcdefghijklmnopqrst"]
KINDS = ["shared", "elected", "official", "room"]
WITH_SIDES = [KINDS, KINDS[:2], KINDS[:1], KINDS[2:], KINDS[1:2]]  # all sorts, and many of one
OF_A_SIDE = re.compile(
    r'(förtroendevalda|tjänstepersonerna)(?: skrev om det)? (?:vid|i) <data value="concept\.\d+\.(\w+)"'
)
SIDES = {"förtroendevalda": "elected", "tjänstepersonerna": "official"}


@st.composite
def concepts(draw, pk, label, kind, tables):
    """A concept of one of `KINDS` in a room of so many tables."""
    elected, official = (
        draw(st.integers(1, tables)) if kind in (side, "shared") else 0 for side in ("elected", "official")
    )
    if kind == "room":
        elected = official = None
        in_all = draw(st.integers(1, tables))
    else:
        in_all = draw(st.integers(max(elected, official), min(elected + official, tables)))
    return {
        "id": pk,
        "label": label,
        "label_en": "",
        "elected": elected,
        "official": official,
        "elected_people": elected and 7 * elected,
        "official_people": official and 6 * official,
        "tables": in_all,
        "notes": in_all + draw(st.integers(0, 40)),
        "terms": [],
    }


@st.composite
def results(draw):
    """The figures of a closed group work, in the shape that is told at `Result`."""
    tables = draw(st.integers(1, 40))
    sides_shown = draw(st.booleans())
    kinds = st.sampled_from(draw(st.sampled_from(WITH_SIDES)) if sides_shown else ["room"])
    labels = LABELS[: draw(st.integers(0, len(LABELS)))]
    said = [draw(concepts(500 + at, label, draw(kinds), tables)) for at, label in enumerate(labels)]

    def by_side(least, most):
        elected, official = (draw(st.integers(least, most)) for _ in range(2))
        told = (elected, official) if sides_shown else (None, None)
        return {"elected": told[0], "official": told[1], "total": elected + official}

    return {
        "schema": 3,
        "participants": by_side(5 if sides_shown else 1, 400),
        "tables": tables,
        "notes": by_side(1, 12_000),
        "sides_shown": sides_shown,
        "concepts": sorted(said, key=lambda one: (-one["tables"], one["label"])),
        "priorities": None,
    }


@pytest.fixture
def room(cast):
    return make_room(cast, theme="Tillit", starts_at=datetime(2026, 11, 27, 9, tzinfo=UTC))


@given(figures=results(), grouping=st.sampled_from(["tables", "units"]), asked=st.integers(1, 4))
def test_every_number_in_the_text_is_a_figure_of_the_result(room, figures, grouping, asked):
    work = room.work
    work.grouped_by = grouping
    work.questions.filter(order__gt=1).delete()
    for order in range(2, asked + 1):
        work.questions.create(order=order, kind="need", text="Vad behöver vi?")
    result = Result(group_work=work, figures=figures)
    themes = [{**theme, "notes_said": []} for theme in counts_of(figures)]
    contrast = Contrast(result, themes)
    with mock.patch("forums.illustrating._figure", return_value=""):  # drawn elsewhere, and slowly
        body = body_of(room.forum, result, themes, contrast, by=room.cast.karin)
    _opening, _line, said = body.partition("\n")  # which tells the day
    told = {**known(figures), "questions": asked}
    for key, words in FIGURE.findall(said):
        assert numbers_in(strip_tags(words)) == [told[key]], (key, words)
    # What is said of a side is that side's figure, and no number stands beside the ties.
    for who, side in OF_A_SIDE.findall(said):
        assert SIDES[who] == side
    assert numbers_in(strip_tags(FIGURE.sub("", said))) == []
    lead = re.sub(r"fler än (en grupp|ett bord)", "", lead_of(room.forum, figures, contrast.places))
    assert numbers_in(lead) == [figures["tables"], figures["participants"]["total"]]


def known(figures):
    """Each figure by the key that a sentence may tie it to, read from the result itself."""
    told = {"tables": figures["tables"], "each.fewest": 5}
    for name in ("participants", "notes"):
        told |= {f"{name}.{part}": number for part, number in figures[name].items()}
    for one in figures["concepts"]:
        told |= {f"concept.{one['id']}.{part}": one[part] for part in ("tables", "elected", "official")}
    splits = [(one["elected"], one["official"]) for one in figures["concepts"]]
    sizes = {
        "shared": sum(bool(elected and official) for elected, official in splits),
        "elected": sum(official == 0 for _elected, official in splits),
        "official": sum(elected == 0 for elected, _official in splits),
        "room": sum(elected is None for elected, _official in splits),
    }
    for side, size in sizes.items():
        told |= {f"themes.{side}": size, f"themes.{side}.more": size - THEMES_NAMED}
    return told
