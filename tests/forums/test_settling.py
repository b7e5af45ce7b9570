"""Those who lead a room say which of its concepts are one."""

import pytest

from accounts.models import LogEntry
from forums.gathering import proposals_for
from forums.merging import rename
from forums.models import KeptApart
from forums.settling import NotProposed, settle
from forums.undoing import latest_changes
from forums.wording import concept_for

from .room import E, make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(cast):
    room = make_room(cast)
    room.open(E)
    room.write(1, E, "Dialog.", "dialog", "tillit")
    room.write(1, E, "Och.", "möjlighet till dialog", "tilit", "Dialogen")
    return room


def answer(client, room, first, second, same):
    sent = {"first": concept_for(first).pk, "second": concept_for(second).pk, "same": same}
    return client.post(address(room), sent, follow=True)


def address(room):
    return f"/forum/{room.forum.slug}/grupparbete/leda/forslag/"


def labels(forum):
    return [(first.label, second.label) for first, second in proposals_for(forum)]


def test_the_leader_answers_and_takes_it_back(room, client_as):
    client = client_as(room.cast.elsa)
    assert "tilit" in client.get(address(room)).text
    assert "forslag/" in client.get(f"/forum/{room.forum.slug}/grupparbete/leda/").text
    slip, trust = concept_for("tilit"), concept_for("tillit")
    page = answer(client, room, "tillit", "tilit", "1")
    assert concept_for("tilit") == trust
    assert "”tilit” har slagits ihop med ”tillit”." in page.text
    change = LogEntry.objects.get(event="concept.merged", by=room.cast.elsa)
    client.post(f"{address(room)}{change.pk}/angra/")
    assert concept_for("tilit") == slip


def test_what_is_kept_apart_is_asked_no_more(room, client_as):
    for _ in range(2):
        answer(client_as(room.cast.olof), room, "dialog", "möjlighet till dialog", "0")
    assert labels(room.forum) == [("tillit", "tilit")]
    assert KeptApart.objects.count() == 1
    assert LogEntry.objects.filter(event="concept.kept_apart").count() == 1


def test_what_was_kept_apart_is_asked_again_when_it_is_taken_back(room, client_as):
    client = client_as(room.cast.olof)
    page = answer(client, room, "dialog", "möjlighet till dialog", "0")
    assert "”dialog” och ”möjlighet till dialog” hålls isär." in page.text
    kept = LogEntry.objects.get(event="concept.kept_apart")
    for stranger in (room.cast.maja, room.cast.elsa):
        client_as(stranger).post(f"{address(room)}{kept.pk}/angra/")
        assert KeptApart.objects.exists()
    # A name that is chosen since then says nothing of the pair.
    rename(concept_for("dialog"), label="Dialogen", by=room.cast.karin)
    for _ in range(2):
        client.post(f"{address(room)}{kept.pk}/angra/")
    assert labels(room.forum) == [("tillit", "tilit"), ("Dialogen", "möjlighet till dialog")]
    again = LogEntry.objects.get(event="concept.proposed_again", by=room.cast.olof)
    client.post(f"{address(room)}{again.pk}/angra/")  # the undoing itself
    assert labels(room.forum) == [("tillit", "tilit")]
    assert [change.stands for change in latest_changes(5)] == [True, False, True, False]


def test_communicators_take_it_back_at_the_concept(room, client_as):
    answer(client_as(room.cast.olof), room, "dialog", "möjlighet till dialog", "0")
    kept, client = LogEntry.objects.get(event="concept.kept_apart"), client_as(room.cast.karin)
    assert f"/forum/begrepp/andring/{kept.pk}/angra/" in client.get("/forum/begrepp/?q=dialog").text
    assert client_as(room.cast.olof).post(f"/forum/begrepp/andring/{kept.pk}/angra/").status_code == 403
    client.post(f"/forum/begrepp/andring/{kept.pk}/angra/")
    assert not KeptApart.objects.exists()


def test_only_what_the_room_is_asked_is_answered(room):
    for first, second in [("tillit", "dialog"), ("tilit", "tillit")]:
        with pytest.raises(NotProposed):
            settle(
                room.forum,
                first=concept_for(first).pk,
                second=concept_for(second).pk,
                same=True,
                by=room.cast.elsa,
            )
    assert concept_for("tillit") != concept_for("dialog")


def test_others_answer_nothing(room, client_as):
    answer(client_as(room.cast.elsa), room, "tillit", "tilit", "1")
    change = LogEntry.objects.get(event="concept.merged")
    for person in (room.cast.maja, room.cast.per, room.cast.folke):
        client = client_as(person)
        assert client.get(address(room)).status_code in (403, 404)
        assert answer(client, room, "dialog", "möjlighet till dialog", "1").status_code in (403, 404)
        assert client.post(f"{address(room)}{change.pk}/angra/").status_code in (403, 404)
    # One leader does not take back what another did; a communicator does, at the concepts.
    assert client_as(room.cast.olof).post(f"{address(room)}{change.pk}/angra/").status_code == 404
    assert concept_for("tilit") == concept_for("tillit")
    assert client_as(room.cast.elsa).post(address(room), {"first": "x"}).status_code == 400
