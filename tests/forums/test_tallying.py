"""A process's tally of a room says what SQL over all the notes says, whatever has happened since."""

from collections import defaultdict
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forums.counting import Notes, figures_from, figures_of
from forums.merging import merge, unmerge
from forums.models import Concept, Note, Term
from forums.moderating import hide_note
from forums.splitting import split
from forums.tallying import Tally

from .room import E, O, make_room

WORDS = ["tillit", "Tilliten", "mod", "MOD", "respekt", "mandat", "dialog"]
OTHERS = ["edit", "hide", "show", "age", "delete", "merge", "unmerge", "split"]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["write", "write", "write", *OTHERS]),
        st.integers(0, 30),
        st.lists(st.sampled_from(WORDS), max_size=3, unique=True),
    ),
    min_size=3,
    max_size=14,
)


@pytest.fixture
def room(cast):
    """Few enough at the second table that some splits are not told."""
    room = make_room(cast, tables=3, each=3)
    room.open(E)
    room.work.rounds.filter(state="open").update(side="")
    room.work.questions.create(order=2, kind="keep", text="Vad vill vi behålla?")
    return room


@settings(max_examples=25)
@given(steps=STEPS)
def test_the_tally_is_what_the_notes_say(room, steps):
    tally = Tally(room.work.pk)
    Note.objects.all().delete()
    for step, number, words in steps:
        take(room, step, number, words)
        assert_same(room, tally)


def assert_same(room, tally):
    tally.bring_up_to_date()
    asked = Notes(room.work.pk)
    assert figures_from(tally) == figures_of(room.work)
    assert tuple(tally.room()) == tuple(asked.room())
    assert tally.groups_by_question() == groups_by_question(room.work)
    concepts = sorted(Concept.objects.values_list("pk", flat=True))
    for told in ([], concepts[:1], concepts[1:3]):
        assert tally.unbound(told) == tuple(asked.unbound(told))


def groups_by_question(work):
    """The same from every shown note, one by one."""
    tables = defaultdict(lambda: defaultdict(set))
    for note in Note.objects.shown().of_group_work(work).prefetch_related("mentions__term__concept"):
        for mention in note.mentions.all():
            concept = mention.term.concept
            while concept.merged_into:
                concept = concept.merged_into
            tables[note.question_id][concept.pk].add(note.table_id)
    return {question: {pk: len(groups) for pk, groups in said.items()} for question, said in tables.items()}


def take(room, step, number, words):
    """One thing that may happen in a room. `number` chooses among what there is."""
    notes = list(Note.objects.order_by("text", "pk"))
    note = notes[number % len(notes)] if notes else None
    concepts = list(Concept.objects.filter(merged_into=None).order_by("pk"))
    if step == "write":
        question = room.work.questions.all()[number % 5 % 2]
        room.write(number % 3 + 1, (E, O)[number % 2], f"Nr {number}", *words, question=question)
    elif step in {"merge", "unmerge", "split"}:
        change_the_dictionary(step, number, concepts, by=room.cast.karin)
    elif not note:
        return
    elif step == "edit" and not note.hidden_at:
        table = room.tables.index(note.table) + 1
        question = room.work.questions.all()[number % 2]
        room.write(table, note.side, f"Ändrad {number}", *words, note_id=note.pk, question=question)
    elif step == "hide" and not note.hidden_at:
        hide_note(note, reason="Ett namn.", by=room.cast.fatima)
    elif step == "show" and note.hidden_at:
        Note.objects.filter(pk=note.pk).update(hidden_at=None, is_held=False)
    elif step == "age":
        Note.objects.filter(pk=note.pk).update(written_at=note.written_at - timedelta(seconds=number))
    elif step == "delete":
        note.delete()


def change_the_dictionary(step, number, concepts, *, by):
    merged = Concept.objects.exclude(merged_into=None).order_by("pk").first()
    term = Term.objects.order_by("pk").first()
    if step == "merge" and len(concepts) > 1:
        merge(concepts[number % (len(concepts) - 1) + 1], into=concepts[0], by=by)
    elif step == "unmerge" and merged:
        unmerge(merged, by=by)
    elif step == "split" and term and term.concept.terms.count() > 1:
        split(term, by=by)
