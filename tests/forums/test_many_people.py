"""Pages of a forum with so many people that a list of all of them would be no use."""

import pytest
from django.urls import reverse

from forums import announcing, furnishing, registering
from forums.models import Registration
from forums.views import running


@pytest.fixture
def crowd(cast, make_forum, managers):
    """A forum with 60 managers beside the cast's, of whom 56 come."""
    people = managers(60)
    forum = make_forum(announced=False)
    return forum, people


@pytest.fixture
def to_be_invited(cast, crowd, client_as):
    """A function that fetches the page on which the organiser sees who will be invited."""
    address = reverse("forums:announce", args=[crowd[0].slug])
    return lambda query="": client_as(cast.fatima).get(address + query)


def test_announcing_shows_numbers_and_everybody_by_name(cast, crowd, to_be_invited, monkeypatch):
    monkeypatch.setattr(running, "PEOPLE_ON_PAGE", 50)
    first, last = to_be_invited(), to_be_invited("?page=2")
    assert "66 personer bjuds in" in first.text and "Sida 1 av 2" in first.text
    assert first.context["figures"]["sides"] == [("official", 64), ("elected", 2)]
    assert first.context["figures"]["units"][0] == ("Utbildningsförvaltningen", 61)
    meant = set(crowd[0].people_meant())
    shown = [*first.context["page"], *last.context["page"]]
    assert len(shown) == len(meant) and set(shown) == meant
    assert all(person.full_name in first.text + last.text for person in meant)


def test_somebody_is_looked_for_among_those_who_will_be_invited(cast, crowd, to_be_invited):
    found = to_be_invited("?q=nummer007")
    assert found.text.count("<li><strong>") == 1 and "1 person hittades" in found.text
    assert "66 personer bjuds in" in found.text  # the search changes nothing of what the button does
    missing = to_be_invited(f"?q={cast.per.family_name}")
    assert "Ingen som bjuds in stämmer med det." in missing.text
    assert missing.text.count("<li><strong>") == 0


def test_the_figures_cost_as_little_for_many(cast, crowd, client_as, django_assert_max_num_queries):
    forum, _people = crowd
    client = client_as(cast.fatima)
    with django_assert_max_num_queries(16):
        client.get(reverse("forums:announce", args=[forum.slug]))


@pytest.fixture
def participants(cast, crowd, client_as):
    """A function that fetches the list of participants, with a query string."""
    forum, people = crowd
    announcing.announce(forum, by=cast.fatima)
    furnishing.set_tables(forum, count=8, by=cast.fatima)
    for person in people[:56]:
        registering.register(forum, person=person, by=person)
    return lambda query="": client_as(cast.fatima).get(
        reverse("forums:participants", args=[forum.slug]) + query
    )


def test_participants_are_some_of_each_answer_or_a_page_of_one(participants, monkeypatch):
    text = participants().text
    assert text.count('class="move-form"') == running.NAMES_SHOWN
    assert "<option" not in text[text.index("<main") :]
    assert "Visa alla 56" in text
    monkeypatch.setattr(running, "PEOPLE_ON_PAGE", 20)
    text = participants("?answer=registered&page=3").text
    assert text.count('class="move-form"') == 16
    assert "Sida 3 av 3" in text
    assert 'id="group-unanswered"' not in text


def test_somebody_is_found_by_name(participants):
    text = participants("?q=nummer007").text
    assert text.count('class="move-form"') == 1
    assert "Nummer007" in text
    assert "Ingen hittades" in participants("?answer=declined&q=nummer007").text


def test_moving_comes_back_to_the_same_list(cast, participants, client_as):
    response = participants("?answer=registered&page=1")
    forum = response.context["forum"]
    answer = Registration.objects.first()
    url = reverse("forums:move", args=[forum.slug, answer.pk]) + "?answer=registered&page=1"
    assert url.replace("&", "&amp;") in response.text
    moved = client_as(cast.fatima).post(url, {"table": "3"})
    assert moved.url.endswith("/deltagare/?answer=registered&page=1")
    answer.refresh_from_db()
    assert answer.table.number == 3
