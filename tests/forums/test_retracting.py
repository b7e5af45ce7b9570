"""What a draft repeats of a note that was hidden afterwards is marked, for its writer and those who sign."""

import pytest
from django.urls import reverse

from forums.moderating import hide_note, mark_for_summary
from forums.summarising import draft_summary
from news.models import ReviewStep
from news.reviewing import submit
from news.tying import changed_figures

from .room import E, O, make_room

pytestmark = pytest.mark.django_db
QUOTED = "Nisse på ekonomin & han är elak mot alla på avdelningen."


@pytest.fixture
def room(cast):
    room = make_room(cast, tables=3, each=5)
    room.open(E)
    room.named = room.write(1, E, QUOTED, "nisse i hissen")
    mark_for_summary(room.named, marked=True, by=cast.olof)
    room.write(2, E, "Vi behöver lita på varandra mer.", "tillit")
    room.open(O)
    room.write(3, O, "Vi behöver lita på er mer.", "tillit")
    room.close()
    room.draft = draft_summary(room.forum, by=cast.karin).versions.get()
    return room


def hide(room):
    hide_note(room.named, reason="Pekar ut någon", by=room.cast.fatima)


def hidden_in(version):
    return [figure.around for figure in changed_figures(version) if figure.is_hidden]


def test_nothing_is_marked_until_the_note_is_hidden(room):
    assert "Nisse på ekonomin" in room.draft.plain_text
    assert changed_figures(room.draft) == []
    hide(room)
    assert [words.lower() for words in hidden_in(room.draft)] == [QUOTED.lower(), *["nisse i hissen"] * 2]


def test_its_writer_and_those_who_sign_see_it(room, client_as):
    hide(room)
    page = client_as(room.cast.karin).get(reverse("news:edit", args=[room.draft.article_id])).text
    assert "Ord som är dolda i grupparbetet" in page
    submit(room.draft, by=room.cast.karin)
    step = ReviewStep.objects.get(version=room.draft, reviewer=room.cast.olof)
    page = client_as(room.cast.olof).get(reverse("news:review", args=[step.pk])).text
    assert "Ord som är dolda i grupparbetet" in page
    marked = page.split('<mark class="figure-changed">')[1:]
    assert [words for words in marked if words.startswith("Nisse på ekonomin &amp; han")]
    assert [words for words in marked if words.startswith("nisse i hissen</mark>")]


def test_a_quotation_that_was_shortened_is_seen_and_one_that_was_taken_out_is_not(room):
    hide(room)
    whole = room.draft.body
    room.draft.body = whole.replace("Nisse på ekonomin &amp; han är", "Nisse är")
    assert QUOTED not in hidden_in(room.draft)
    room.draft.body = whole.replace(" mot alla på avdelningen.", " …")
    assert "Nisse på ekonomin & han är elak …" in hidden_in(room.draft)
    room.draft.body = f"<p>Vi hörde att {QUOTED.replace('&', '&amp;')}</p>"
    assert hidden_in(room.draft) == [f"Vi hörde att {QUOTED}"]
    room.draft.body = "<p>Vi hörde mycket.</p>"
    assert hidden_in(room.draft) == []
    room.draft.lead = "Många skrev om nisse i hissen."
    assert hidden_in(room.draft) == ["Många skrev om nisse i hissen."]


def test_the_same_words_in_a_note_that_is_shown_are_nobodys_secret(cast):
    room = make_room(cast, tables=2, each=5)
    room.open(E)
    first = room.write(1, E, "Vi behöver lita på varandra mer.", "tillit")
    room.write(2, E, "Vi behöver lita på varandra mer.", "tillit")
    room.close()
    version = draft_summary(room.forum, by=cast.karin).versions.get()
    hide_note(first, reason="Dubblett", by=cast.fatima)
    assert changed_figures(version) == []
