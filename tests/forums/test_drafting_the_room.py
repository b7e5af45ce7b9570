"""What the room has said and done, hidden or put dots on, as its summary tells it once the work is closed."""

from datetime import date

import pytest

from forums.committing import commit
from forums.models import GroupWork
from forums.moderating import hide_note
from forums.summarising import draft_summary
from news.tying import changed_figures

from .test_vouching import changed, lopsided_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(cast):
    return lopsided_room(cast)


def test_numbers_in_what_the_draft_repeats_are_no_figures_of_it(room):
    room.forum.theme, room.forum.title = "Så når vi 90 procent", "Forum med 900 deltagare"
    room.forum.save()
    room.work.questions.update(text="Vad säger era 40 grupper?")
    promise = {"owner": room.cast.maja, "unit": room.cast.units.home_care, "due_on": date.today()}
    commit(room.forum, text="Träffa 30 personer & 12 grupper.", by=room.cast.fatima, **promise)
    room.best.text = "Lita på 77 tjänstepersoner."
    room.best.save()
    room.close()
    draft = draft_summary(room.forum, by=room.cast.karin).versions.get()
    assert all(words in draft.plain_text for words in ("40 grupper", "12 grupper", "77 tjänste"))
    assert changed_figures(draft) == []
    assert len(changed_figures(changed(draft, "<h2>Grupparbetet</h2>", "<p>90 procent av 900.</p>"))) == 1


def test_a_hidden_note_is_not_among_them(room):
    room.close()
    hide_note(room.best, reason="Pekar ut någon", by=room.cast.fatima)
    draft = draft_summary(room.forum, by=room.cast.karin).versions.get()
    assert "vårt jobb" not in draft.body
    assert "mandatperiod" in draft.body


@pytest.mark.parametrize(
    ("scope", "voters", "told"), [("room", 4, False), ("table", 6, False), ("room", 6, True)]
)
def test_few_who_put_dots_are_not_told_of(room, scope, voters, told):
    ballots = list(room.work.dots.values_list("ballot", flat=True).distinct())
    room.work.dots.exclude(ballot__in=ballots[:voters]).delete()
    GroupWork.objects.filter(pk=room.work.pk).update(dots_on=scope)
    assert (room.close().figures["priorities"] is not None) is told
