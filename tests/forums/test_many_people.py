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


def test_announcing_shows_numbers_and_the_first_names(cast, crowd, client_as):
    forum, _people = crowd
    response = client_as(cast.fatima).get(reverse("forums:announce", args=[forum.slug]))
    text = response.text
    assert text.count("<li><strong>") == running.NAMES_SHOWN
    assert "och 16 till" in text
    assert "66 personer bjuds in" in text
    assert response.context["figures"]["sides"] == [("official", 64), ("elected", 2)]
    assert response.context["figures"]["units"][0] == ("Utbildningsförvaltningen", 61)


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
