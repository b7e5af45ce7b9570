"""With the cache down the room goes on: notes are saved, the wall shows them, the result can be read."""

import logging
import uuid

import pytest
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse

from forums import caching
from forums.models import Note

from .room import E, make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_cache(settings, monkeypatch):
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": "tests.broken_cache.BrokenCache"}}
    monkeypatch.setitem(caching._left_alone, "until", 0.0)
    with pytest.raises(ConnectionRefusedError):
        cache.get("anything")


@pytest.fixture
def room(cast):
    room = make_room(cast, tables=2, each=5)
    room.open(E)
    room.write(1, E, "Vi behöver lita på varandra.", "tillit")
    return room


@pytest.mark.usefixtures("no_cache")
def test_the_room_writes_leads_and_watches_without_the_cache(room, client_as):
    slug = room.forum.slug
    writer, leader = client_as(room.seated[1, E][0]), client_as(room.cast.fatima)
    note = {"note_id": uuid.uuid4(), "question": room.question.pk, "text": "Sparad ändå.", "keywords": "mod"}
    assert writer.post(reverse("forums:group_work", args=[slug]), note).status_code == 302
    assert Note.objects.count() == 2
    for name in ("wall", "wall_data"):
        page = leader.get(reverse(f"forums:{name}", args=[slug]))
        assert page.status_code == 200
        assert "mod" in page.text
    for name in ("group_work", "group_work_data"):
        assert writer.get(reverse(f"forums:{name}", args=[slug])).status_code == 200
    for name in ("lead", "lead_turn", "lead_notes", "proposals"):
        assert leader.get(reverse(f"forums:{name}", args=[slug])).status_code == 200
    leader.post(reverse("forums:close_work", args=[slug]))
    for name in ("result", "result_json", "work_json", "work_xlsx", "wall"):
        assert leader.get(reverse(f"forums:{name}", args=[slug])).status_code == 200
    assert "Sparad ändå." in leader.get(reverse("forums:result", args=[slug])).text


@pytest.mark.usefixtures("no_cache")
def test_what_is_shown_is_as_fresh_as_ever_and_made_once(room, client_as, monkeypatch):
    made = []
    render = caching.recall_or_make
    monkeypatch.setattr(
        "forums.showing.recall_or_make",
        lambda key, make, seconds: render(key, lambda: (made.append(key), make())[1], seconds),
    )
    watcher, address = client_as(room.cast.fatima), reverse("forums:wall_data", args=[room.forum.slug])
    for _ in range(3):
        watcher.get(address)
    assert len(made) == len(set(made)) == 2  # the figures, and the wall
    room.write(2, E, "Något nytt.", "dialog")
    assert "dialog" in watcher.get(address).text


@pytest.mark.usefixtures("no_cache")
def test_a_cache_that_is_down_is_told_of_and_left_alone_for_a_while(caplog, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(caching, "monotonic", lambda: now[0])
    with caplog.at_level(logging.WARNING, logger="forums.caching"):
        for _ in range(10):
            caching.remember("a key", "kept here", 60)
        assert caching.recall("a key") == "kept here"
        assert len(caplog.records) == 1
        now[0] += caching.LEFT_ALONE_FOR
        caching.recall("a key")
        assert len(caplog.records) == 2


def test_where_it_answers_the_processes_share_it(monkeypatch):
    monkeypatch.setitem(caching._left_alone, "until", 0.0)
    caching.remember("shared", 5, 60)
    assert cache.get("shared") == 5
    assert caching.recall_or_make("shared", lambda: 6, 60) == 5
    assert "template_fragments" in settings.CACHES
