"""The log speaks to people: everything that is recorded has words, in both languages."""

import ast
import re
from pathlib import Path

import pytest
from django.utils import translation

from forums.models import NamedPerson
from portal.tracing import EVENTS

HOME = Path(__file__).resolve().parents[2]
NOUNS = {event.partition(".")[0] for event in EVENTS}
EVENT = re.compile(r"[a-z_]+\.[a-z_]*[a-z]")
# They begin as events do, and are figures of a summary.
FIGURES = {"notes.elected", "notes.official"}


def recorded():
    """Every event that a module of ours records, by the strings in those that do."""
    found = {f"forum.named_{kind}" for kind in NamedPerson.Kind} | {
        "forum.classified",
        "commitment.classified",
    }
    for app in ("accounts", "news", "forums", "portal"):
        for module in (HOME / app).rglob("*.py"):
            source = module.read_text()
            if "from accounts.recording import record" in source:
                strings = [
                    node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)
                ]
                found |= {
                    text for text in strings if isinstance(text, str) and text.partition(".")[0] in NOUNS
                }
    return {text for text in found if EVENT.fullmatch(text)} - FIGURES


@pytest.mark.parametrize("language", ["sv", "en"])
def test_everything_that_is_recorded_has_words(language):
    events = recorded()
    assert len(events) > 100
    assert events - EVENTS.keys() == set()
    with translation.override(language):
        assert all(str(EVENTS[event]) and "." not in str(EVENTS[event]) for event in events)
        assert language == "en" or str(EVENTS["forum.classified"]) == "valde ämnen för ett forum"
