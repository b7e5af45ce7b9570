"""The tree of topics, and what a text is about."""

import pytest
from django.urls import reverse

from news.curating import BelowItself, TooDeep, TopicExists, change_topic, plant_topic
from news.models import Topic, Version
from news.publishing import trash
from news.refusals import NotEditable
from news.surrounding import surround

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(cast):
    """A pillar, a focus area below it and a goal below that."""
    pillar = plant_topic(name="Trygga barn", kind=Topic.Kind.PILLAR, by=cast.ada)
    focus = plant_topic(name="Skola", kind=Topic.Kind.FOCUS, parent=pillar, by=cast.ada)
    goal = plant_topic(name="Fler når målen", kind=Topic.Kind.GOAL, parent=focus, by=cast.ada)
    return pillar, focus, goal


def change(topic, *, by, **changes):
    fields = ("name", "kind", "parent", "about", "position", "retired")
    return change_topic(topic, by=by, **{field: getattr(topic, field) for field in fields} | changes)


def test_the_tree_is_short_and_has_no_loops(cast, tree):
    pillar, focus, goal = tree
    with pytest.raises(TooDeep):
        plant_topic(name="För djupt", parent=goal, by=cast.ada)
    with pytest.raises(TopicExists):
        plant_topic(name="SKOLA", by=cast.ada)
    other = plant_topic(name="Klimat", by=cast.ada)
    for topic, parent, refusal in (
        (pillar, pillar, BelowItself),
        (pillar, goal, BelowItself),
        (focus, focus.children.get(), BelowItself),
        (other, goal, TooDeep),
        (pillar, other, TooDeep),
    ):
        with pytest.raises(refusal):
            change(topic, parent=parent, by=cast.ada)
    change(focus, parent=other, by=cast.ada)
    assert [(topic.name, topic.depth) for topic in Topic.objects.in_tree()] == [
        ("Klimat", 0),
        ("Skola", 1),
        ("Fler når målen", 2),
        ("Trygga barn", 0),
    ]


def test_a_text_is_found_under_its_topic_and_all_above_it(cast, tree, published, client_as):
    pillar, _focus, goal = tree
    article = published("Läxhjälp för alla")
    published("Något annat")
    surround(article, topics=[goal], by=cast.karin)
    assert {str(version) for version in Version.objects.live().about(pillar)} == {"Läxhjälp för alla"}
    client = client_as(cast.per)
    for topic in tree:
        page = client.get(topic.get_absolute_url()).content.decode()
        assert "Läxhjälp för alla" in page and "Något annat" not in page
    text = client.get(article.get_absolute_url()).content.decode()
    assert f'href="{goal.get_absolute_url()}"' in text


def test_a_page_kept_before_is_not_shown_after_a_change(cast, tree, published, client_as):
    article, client = published(), client_as(cast.per)
    assert "Trygga barn" not in client.get(article.get_absolute_url()).content.decode()
    surround(article, topics=[tree[0]], by=cast.karin)
    assert "Trygga barn" in client.get(article.get_absolute_url()).content.decode()
    change(tree[0], name="Alla barns rätt", by=cast.ada)
    assert "Alla barns rätt" in client.get(article.get_absolute_url()).content.decode()
    trash(article, by=cast.karin)
    with pytest.raises(NotEditable):
        surround(article, topics=[], by=cast.karin)


def test_what_is_restricted_or_not_out_does_not_stand_under_its_topic(
    cast, tree, start, published, client_as
):
    secret = published("Internt", restricted=True, audience=cast.audiences.social)
    for article in (secret, start("Bara ett utkast")):
        surround(article, topics=[tree[1]], by=cast.karin)
    address = tree[1].get_absolute_url()
    assert "Internt" in client_as(cast.maja).get(address).content.decode()
    for person in (cast.per, cast.karin):
        page = client_as(person).get(address).content.decode()
        assert "Internt" not in page and "Bara ett utkast" not in page


def test_a_retired_topic_is_kept_where_it_was_chosen_and_offered_to_no_other(cast, tree, start, client_as):
    used, new = start("Använder"), start("Nytt")
    surround(used, topics=[tree[1]], by=cast.karin)
    change(tree[1], retired=True, by=cast.ada)
    client, key = client_as(cast.karin), str(tree[1].pk)
    for article, offered in ((used, True), (new, False)):
        address = reverse("news:around", args=[article.pk])
        assert ("Skola" in client.get(address).content.decode()) == offered
        answer = client.post(address, {"topics": [key], "talk": "none"})
        assert answer.status_code == (302 if offered else 409)
        assert article.topics.exists() == offered


def test_topics_are_chosen_when_the_writing_begins(cast, tree, client_as):
    form = {
        "title": "Ny text",
        "kind": "news",
        "unit": cast.units.office.pk,
        "audience": cast.audiences.everyone.pk,
        "topics": [tree[0].pk, tree[2].pk],
        "form_key": "0b9f8b5e-6f0e-4b53-9d0c-6c7b8f6f2f11",
    }
    client_as(cast.karin).post(reverse("news:new"), form)
    assert {topic.name for topic in Topic.objects.filter(articles__versions__title="Ny text")} == {
        "Trygga barn",
        "Fler når målen",
    }


def test_only_those_with_the_right_change_the_tree(cast, tree, client_as):
    """Administrators and communicators of the whole municipality; of one unit only, not."""
    form = {"name": "Klimat", "kind": "pillar", "position": "0", "form_key": str(cast.ada.pk).zfill(32)}
    cast.karin.assignments.get().role_grants.update(unit=cast.units.office)
    for person, may in ((cast.karin, False), (cast.gunnar, False), (cast.per, False), (cast.ada, True)):
        client = client_as(person)
        expected = 200 if may else 403
        assert client.get(reverse("news:topics")).status_code == expected
        assert client.get(reverse("news:edit_topic", args=[tree[0].slug])).status_code == expected
        assert client.post(reverse("news:new_topic"), form).status_code == (302 if may else 403)
    twice = client_as(cast.ada).post(reverse("news:new_topic"), form | {"form_key": "1" * 32})
    assert twice.status_code == 409
    assert "Det finns redan ett ämne som heter så" in twice.content.decode()


def test_the_topic_pages_cost_as_much_with_one_row_as_with_thirty(
    cast, tree, published, client_as, django_assert_max_num_queries
):
    client = client_as(cast.per)
    for rows in (range(1), range(1, 30)):
        for number in rows:
            surround(published(f"Nummer {number}"), topics=[tree[2]], by=cast.karin)
            plant_topic(name=f"Ämne {number}", parent=tree[1], by=cast.ada)
        for address in (tree[0].get_absolute_url(), tree[1].get_absolute_url(), reverse("portal:topics")):
            with django_assert_max_num_queries(10):
                assert client.get(address).status_code == 200
