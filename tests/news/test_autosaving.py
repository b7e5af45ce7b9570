"""Saving while one writes: never a conflict with oneself, never over somebody else."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import LogEntry
from news import penning, reviewing, writing
from news.autosaving import autosave
from news.models import Pen, SaveRun, Version
from news.refusals import NotEditable, PenHeld, StaleDraft

WINDOW, OTHER = uuid.uuid4(), uuid.uuid4()


def write(version, title, *, by, revision=None, window=WINDOW, turn=0, verb=autosave):
    revision = version.revision if revision is None else revision
    return verb(
        version, by=by, revision=revision, window=window, turn=turn, title=title, lead="", body=version.body
    )


def sent(version, **changes):
    words = {"title": version.title, "lead": version.lead, "body": version.body}
    return words | {"revision": version.revision, "window": WINDOW, "turn": 1} | changes


@pytest.fixture
def draft(start):
    return start().newest_version


def address(version):
    return reverse("news:autosave", args=[version.article_id])


def test_an_autosave_is_the_same_version_and_one_line_in_the_log(cast, draft):
    for turn, title in enumerate(("N", "Ny", "Ny titel"), start=1):
        write(draft, title, by=cast.karin, revision=turn - 1, turn=turn)
    assert Version.objects.get().title == "Ny titel"
    assert LogEntry.objects.filter(event="version.saved").count() == 1


def test_an_answer_lost_on_the_way_makes_no_conflict_with_oneself(cast, draft):
    write(draft, "Första", by=cast.karin, revision=0, turn=1)
    saved = write(draft, "Andra", by=cast.karin, revision=0, turn=2, verb=writing.save_draft)
    assert (saved.title, saved.revision) == ("Andra", 2)


def test_a_text_that_arrives_after_a_later_one_changes_nothing(cast, draft):
    write(draft, "Senare", by=cast.karin, revision=0, turn=9)
    assert write(draft, "Tidigare", by=cast.karin, revision=0, turn=5).title == "Senare"
    assert Version.objects.get().title == "Senare"


def test_a_form_without_a_clock_is_never_too_late(cast, draft):
    write(draft, "Ett", by=cast.karin, turn=9)
    assert write(draft, "Två", by=cast.karin, revision=1, turn=0).title == "Två"


def test_another_window_of_ones_own_is_somebody_else(cast, draft):
    write(draft, "Här", by=cast.karin, turn=1)
    with pytest.raises(StaleDraft) as refusal:
        write(draft, "Där", by=cast.karin, revision=0, window=OTHER, turn=2)
    assert refusal.value.current.title == "Här"


def test_what_came_between_ones_own_saves_is_not_overwritten(cast, draft):
    write(draft, "Karins", by=cast.karin, turn=1)
    theirs = write(draft, "Adas", by=cast.ada, revision=1, window=OTHER, turn=2, verb=writing.save_draft)
    with pytest.raises(StaleDraft):
        write(draft, "Karins igen", by=cast.karin, revision=1, turn=3)
    with pytest.raises(StaleDraft):
        write(draft, "Karins igen", by=cast.karin, revision=0, turn=4)
    assert Version.objects.get() == theirs


SAVES = st.lists(st.tuples(st.sampled_from([WINDOW, OTHER]), st.booleans()), max_size=12)


@settings(max_examples=40)
@given(SAVES)
def test_no_window_ever_overwrites_what_it_has_not_seen(cast, draft, saves):
    """`answered`: whether the window hears of its save. Each window's words lie on top of what it knew."""
    version = Version.objects.get()
    SaveRun.objects.all().delete()
    seen = dict.fromkeys((WINDOW, OTHER), version.revision)
    knows = {WINDOW: set(), OTHER: set()}  # titles that a window wrote, or was shown
    for number, (window, answered) in enumerate(saves, start=1):
        there = Version.objects.get().title
        title = f"{number}"
        try:
            saved = write(version, title, by=cast.karin, revision=seen[window], window=window, turn=0)
        except StaleDraft as stale:
            assert there not in knows[window]
            seen[window] = stale.current.revision
            knows[window].add(stale.current.title)
            continue
        assert number == 1 or there in knows[window] or there == version.title
        knows[window].add(title)
        if answered:
            seen[window] = saved.revision


def test_the_pen_is_with_who_writes_and_lets_go_after_15_idle_minutes(cast, draft):
    write(draft, "Karins", by=cast.karin, turn=1)
    with pytest.raises(PenHeld) as refusal:
        write(draft, "Adas", by=cast.ada, revision=1, window=OTHER)
    assert refusal.value.pen.person == cast.karin
    assert Version.objects.get().title == "Karins"  # nothing half done
    with time_machine.travel(timezone.now() + timedelta(minutes=14, seconds=50)):
        assert penning.pen_of_another(draft, by=cast.ada)
    with time_machine.travel(timezone.now() + timedelta(minutes=15, seconds=1)):
        assert write(draft, "Adas", by=cast.ada, revision=1, window=OTHER).title == "Adas"
        assert Pen.objects.get().person == cast.ada


def test_taking_over_is_told_at_the_next_word_and_logged(cast, draft):
    write(draft, "Karins", by=cast.karin, turn=1)
    penning.take_pen(draft, by=cast.ada)
    with pytest.raises(PenHeld):
        write(draft, "Karins igen", by=cast.karin, revision=1, turn=2)
    assert LogEntry.objects.get(event="pen.taken").details["instead_of"] == cast.karin.pk
    # The lock is soft: whoever saves for good does.
    assert write(draft, "Karins", by=cast.karin, revision=1, turn=3, verb=writing.save_draft)


def test_letting_go_leaves_the_pen_of_another_alone(cast, draft):
    penning.use_pen(draft, by=cast.karin)
    penning.let_go_of_pen(draft, by=cast.ada)
    assert Pen.objects.get().person == cast.karin
    penning.let_go_of_pen(draft, by=cast.karin)
    assert not Pen.objects.exists()


def test_a_pen_is_for_drafts_only(cast, draft):
    reviewing.submit(draft, by=cast.karin)
    with pytest.raises(NotEditable):
        penning.take_pen(draft, by=cast.karin)


# Through the browser's eyes


def test_the_page_saves_and_is_told_when(cast, client_as, draft):
    answer = client_as(cast.karin).post(
        address(draft), sent(draft, title="Ny", body="<p>Hej</p><script>x</script>")
    )
    saved = Version.objects.get()
    time = timezone.localtime(saved.saved_at).strftime("%H.%M")
    assert answer.json() == {"saved": True, "revision": 1, "time": time}
    assert (saved.title, saved.body) == ("Ny", "<p>Hej</p>")


def test_sent_twice_it_is_saved_once(cast, client_as, draft):
    client, words = client_as(cast.karin), sent(draft, title="Ny")
    assert [client.post(address(draft), words).json()["revision"] for _ in range(2)] == [1, 1]


def test_who_leaves_lets_go(cast, client_as, draft):
    client = client_as(cast.karin)
    client.post(address(draft), sent(draft, title="Ny"))
    assert Pen.objects.get().person == cast.karin
    client.post(address(draft), sent(draft, title="Nyare", turn=2, leaves="1"))
    assert not Pen.objects.exists()
    assert Version.objects.get().title == "Nyare"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"title": ""}, "Rubrik: "),
        ({"title": "x" * 161}, "Rubrik: "),
        ({"body": "<div>" * 50_000}, "Text: Texten har rutor"),
        ({"body": "o" * 1_000_001}, "Text: Texten är längre"),
        ({"revision": ""}, ""),
        ({"turn": 10**20}, ""),
        ({"window": "inte en nyckel"}, ""),
        ({"window": str(OTHER), "revision": 7}, "Någon annan har sparat"),
    ],
)
def test_what_cannot_be_saved_is_told_and_changes_nothing(cast, client_as, draft, changes, told):
    answer = client_as(cast.karin).post(address(draft), sent(draft, title="Ny") | changes)
    assert answer.status_code == (409 if changes.get("revision") else 422)
    assert Version.objects.get().revision == 0
    assert answer.json()["told"].startswith(told)


def test_a_submitted_text_is_not_saved(cast, client_as, draft):
    reviewing.submit(draft, by=cast.karin)
    assert client_as(cast.karin).post(address(draft), sent(draft, title="Ny")).status_code == 409


def test_a_colleague_sees_who_writes_and_may_take_over(cast, client_as, draft):
    ada = client_as(cast.ada)
    cast.ada.assignments.get().role_grants.create(role="communicator")
    client_as(cast.karin).post(address(draft), sent(draft, title="Karins rubrik"))
    edit = reverse("news:edit", args=[draft.article_id])
    page = ada.get(edit)
    assert "Karin Berg skriver i den här texten" in page.text
    assert '<form method="post" novalidate' not in page.text
    for _ in range(2):
        assert ada.post(reverse("news:take_pen", args=[draft.article_id])).url == edit
    assert "Karins rubrik" in ada.get(edit).text
    assert Pen.objects.get().person == cast.ada
    told = client_as(cast.karin).post(address(draft), sent(draft, title="Karins till", revision=1, turn=3))
    assert told.status_code == 409
    assert "Ada Nyström skriver" in told.json()["told"]


@pytest.mark.parametrize(("part", "status"), [("employee", 404), ("approver", 403), ("former", 403)])
def test_others_neither_save_nor_take_the_pen(cast, client_as, draft, part, status):
    client = client_as(cast.by_role[part])
    assert client.post(address(draft), sent(draft, title="Ny")).status_code == status
    assert client.post(reverse("news:take_pen", args=[draft.article_id])).status_code == status
    assert Version.objects.get().revision == 0
    assert not Pen.objects.exists()
