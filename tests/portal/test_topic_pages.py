"""A topic's page: what has been written, held and promised about it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from forums import classifying
from forums.committing import commit, update
from forums.models import Commitment
from forums.summarising import draft_summary
from news.curating import plant_topic
from news.models import Topic
from tests.forums.room import E, make_forum, make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(cast):
    pillar = plant_topic(
        name="Trygga barn", kind=Topic.Kind.PILLAR, about="Alla barn ska klara skolan.", by=cast.ada
    )
    return plant_topic(name="Skola", parent=pillar, by=cast.ada)


def promise(cast, forum, text, *, topics, **fields):
    due_on = timezone.localdate() + timedelta(days=90)
    facts = {"owner": cast.maja, "unit": cast.units.home_care, "due_on": due_on, "by": cast.fatima}
    return commit(forum, text=text, topics=topics, **facts | fields)


def test_what_is_held_and_promised_stands_under_its_topic_and_above(cast, topic, client_as):
    forum, other = make_forum(cast), make_forum(cast, title="Ett helt annat forum")
    classifying.classify(forum, topics=[topic], by=cast.fatima)
    kept = promise(cast, forum, "Boka ett besök.", topics=[topic])
    update(kept, text="Gjort.", state="kept", by=cast.maja)
    promise(cast, forum, "Läsa för barnen.", topics=[topic])
    promise(cast, other, "Något om vägar.", topics=[])
    client = client_as(cast.per)
    for page in (topic, topic.parent):
        text = client.get(page.get_absolute_url()).content.decode()
        assert forum.title in text and other.title not in text
        assert "Något om vägar." not in text
        assert text.index("Läsa för barnen.") < text.index("Boka ett besök."), "what remains comes first"
    held = client.get(topic.get_absolute_url(), {"visa": "hallet"}).content.decode()
    assert forum.title in held and "Boka ett besök." not in held
    promised = client.get(topic.get_absolute_url(), {"visa": "lovat"}).content.decode()
    assert "Boka ett besök." in promised and "Ett helt annat forum" not in promised


def test_what_one_may_not_see_does_not_stand_there(cast, topic, client_as):
    forum = make_forum(cast, title="Slutet", restricted=True, audience=cast.audiences.social)
    classifying.classify(forum, topics=[topic], by=cast.fatima)
    promise(cast, forum, "Ett slutet löfte.", topics=[topic])
    for person, sees in ((cast.maja, True), (cast.per, False), (cast.karin, False)):
        for search in ({}, {"visa": "lovat"}):
            text = client_as(person).get(topic.get_absolute_url(), search).content.decode()
            assert ("Ett slutet löfte." in text) == sees


def test_a_forum_hands_its_topics_on(cast, topic, client_as):
    """To the form in which a promise is written down, and to its summary."""
    room = make_room(cast)
    classifying.classify(room.forum, topics=[topic], by=cast.fatima)
    address = reverse("forums:new_commitment", args=[room.forum.slug])
    page = client_as(cast.fatima).get(address)
    assert page.context["form"]["topics"].value() == [topic.pk]
    form = {
        "text": "Vi läser.",
        "owner": cast.maja.email,
        "unit": cast.units.home_care.pk,
        "due_on": (timezone.localdate() + timedelta(days=200)).isoformat(),
        "topics": [topic.pk],
    }
    client_as(cast.fatima).post(address, form)
    assert list(Commitment.objects.get().topics.all()) == [topic]
    room.open(E)
    room.write(1, E, "Vi behöver tid", "tid")
    room.close()
    assert list(draft_summary(room.forum, by=cast.karin).topics.all()) == [topic]


def test_the_page_costs_as_much_with_one_row_as_with_thirty(
    cast, topic, client_as, django_assert_max_num_queries
):
    client = client_as(cast.per)
    for rows in (range(1), range(1, 30)):
        for number in rows:
            forum = make_forum(cast, title=f"Forum {number}")
            classifying.classify(forum, topics=[topic], by=cast.fatima)
            promise(cast, forum, f"Löfte {number}", topics=[topic])
        for search in ({}, {"visa": "hallet"}, {"visa": "lovat"}):
            with django_assert_max_num_queries(10):
                assert client.get(topic.get_absolute_url(), search).status_code == 200
