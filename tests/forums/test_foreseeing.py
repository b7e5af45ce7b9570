"""Before words are put together or parted, the page tells what a recount of earlier forums would come to."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forums.merging import merge
from forums.models import Forum, GroupWork
from forums.recounting import Altered, foreseen_of
from forums.splitting import add_word
from forums.undoing import foresee, latest_changes
from forums.wording import concept_for

from .room import E, make_room

pytestmark = pytest.mark.django_db


def held(cast, *said, title="Chefsforum i våras", weeks=26):
    """A forum that is over; each of `said` holds the keywords of one table's only note."""
    room = make_room(cast, tables=len(said), each=5, title=title)
    room.open(E)
    for table, words in enumerate(said, start=1):
        room.write(table, E, f"Från bord {table}", *words)
    room.close()
    room.work.refresh_from_db()
    Forum.objects.filter(pk=room.forum.pk).update(starts_at=timezone.now() - timedelta(weeks=weeks))
    room.forum.refresh_from_db()
    return room


@pytest.fixture
def earlier(cast):
    return held(cast, ["tillit"], ["tilit"], ["tillit", "tilit"], ["mod", "tillit"])


@pytest.fixture
def room(cast, earlier):
    """The room that is asked whether "tillit" and "tilit" are one."""
    room = make_room(cast)
    room.open(E)
    room.write(1, E, "Nu", "tillit")
    room.write(1, E, "Nu igen", "tillit", "tilit")
    return room


def address(room):
    return f"/forum/{room.forum.slug}/grupparbete/leda/forslag/"


def told(page):
    """[(forum, numbers of tables)] of the only pair that the page asks about."""
    [(_first, _second, altered)] = page.context["pairs"]
    return [(one.forum, one.moved, one.others, one.together) for one in altered]


def themes(figures):
    return {one["label"]: one["tables"] for one in figures["concepts"]}


def test_the_room_is_told_before_it_answers_and_it_comes_so(room, earlier, client_as):
    client, frozen = client_as(room.cast.elsa), themes(earlier.work.result.figures)
    page = client.get(address(room))
    assert told(page) == [(earlier.forum, 2, 3, 4)]
    assert "1 avslutat forum skulle räknas om" in page.text
    assert earlier.forum.get_absolute_url() in page.text
    pair = {"first": concept_for("tillit").pk, "second": concept_for("tilit").pk, "same": "1"}
    page = client.post(address(room), pair, follow=True)
    earlier.work.result.refresh_from_db()
    assert themes(earlier.work.result.figures) == frozen == {"tillit": 3, "tilit": 2, "mod": 1}
    assert themes(earlier.work.result.recount.figures) == {"tillit": 4, "mod": 1}
    # And what taking it back would come to stands beside that button.
    [change] = page.context["changes"]
    assert change.parts
    assert change.altered == [Altered(earlier.forum, moved=2, others=3, together=4)]
    assert page.text.count("1 avslutat forum skulle räknas om") == 1


def test_a_forum_is_told_of_only_where_the_word_that_moves_was_said_and_the_latest_first(room, cast):
    held(cast, ["tillit"], title="Bara det ena")
    later = held(cast, ["tilit"], ["mod"], title="Bara det andra", weeks=2)
    other = concept_for("tilit"), concept_for("tillit")
    [altered] = foreseen_of(cast.elsa, [other])
    assert [(one.forum.title, one.moved, one.others) for one in altered] == [
        (later.forum.title, 1, 0),
        ("Chefsforum i våras", 2, 3),
    ]


def test_nothing_is_told_of_a_forum_that_the_reader_may_not_find(room, earlier, cast, client_as):
    GroupWork.objects.filter(pk=earlier.work.pk).update(leader_elected=cast.folke)
    Forum.objects.filter(pk=earlier.forum.pk).update(audience=cast.audiences.social, restricted=True)
    page = client_as(cast.elsa).get(address(room))
    assert told(page) == []
    assert earlier.forum.title not in page.text
    assert "Inget forum som har hållits skulle räknas annorlunda." in page.text
    assert told(client_as(cast.olof).get(address(room))) == [(earlier.forum, 2, 3, 4)]


def test_an_open_group_work_and_hidden_notes_are_not_told_of(room, earlier, cast):
    earlier.work.questions.first().notes.filter(table=earlier.tables[1]).update(hidden_at=timezone.now())
    [altered] = foreseen_of(cast.elsa, [(concept_for("tilit"), concept_for("tillit"))])
    assert altered == [Altered(earlier.forum, moved=1, others=3, together=3)]


def test_what_is_merged_moves_along_in_each_of_many_moves(room, earlier, cast):
    trust, slip, courage = map(concept_for, ("tillit", "tilit", "mod"))
    merge(courage, into=slip, by=cast.karin)
    forum = earlier.forum
    assert foreseen_of(cast.elsa, [(slip, trust), (courage, slip), (trust, courage)]) == [
        [Altered(forum, moved=3, others=3, together=4)],
        [Altered(forum, moved=1, others=2, together=3)],
        [Altered(forum, moved=3, others=3, together=4)],
    ]


def test_more_pairs_and_more_forums_cost_no_more(room, cast, client_as):
    client = client_as(cast.elsa)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            page = client.get(address(room))
        return len(captured), len(page.context["pairs"])

    queries()
    few, asked = queries()
    slips = [("kunskap", "kunskp"), ("dialog", "diaolg"), ("respekt", "respkt"), ("hållbar", "hållbr")]
    for pair in slips:
        held(cast, pair, pair[:1], title=f"Om {pair[0]}")
        room.write(2, E, f"Om {pair[0]}", *pair)
    many, asked_then = queries()
    assert (asked, asked_then) == (1, 5)
    assert many == few


def test_taking_an_added_word_back_tells_what_it_takes_along(cast, client_as):
    trust = concept_for("tillit")
    add_word(trust, "Förtroende", by=cast.karin)
    earlier = held(cast, ["tillit"], ["förtroendet"], ["tillit", "förtroende"], ["förtroenden"])
    page = client_as(cast.karin).get("/forum/begrepp/?q=tillit")
    [concept] = page.context["page"]
    [change] = concept.changes
    assert (change.moved, change.left, change.parts) == ("förtroende", "tillit", True)
    assert change.altered == [Altered(earlier.forum, moved=3, others=2, together=4)]
    # At the concept, and among the latest changes of the house.
    assert page.text.count("1 avslutat forum skulle räknas om") == 2
    client_as(cast.karin).post(f"/forum/begrepp/andring/{change.pk}/angra/")
    earlier.work.result.refresh_from_db()
    assert themes(earlier.work.result.figures) == {"tillit": 4}
    assert sorted(themes(earlier.work.result.recount.figures).values()) == [2, 3]


def test_a_merge_that_is_parted_and_a_word_that_was_taken_out_tell_it_too(cast, client_as):
    trust, slip = concept_for("tillit"), concept_for("tilit")
    earlier = held(cast, ["tillit"], ["tilit"], ["tillit", "tilit"])
    merge(slip, into=trust, by=cast.karin)
    page = client_as(cast.karin).get("/forum/begrepp/?q=tilit")
    [merged] = page.context["page"]
    assert merged.altered == [Altered(earlier.forum, moved=2, others=2, together=3)]
    assert f'id="altered-{merged.pk}-parted"' in page.text
    client_as(cast.karin).post(f"/forum/begrepp/{slip.pk}/aterstall/")
    [again] = foresee(latest_changes(1), user=cast.karin)
    assert (again.event, again.parts) == ("concept.unmerged", False)
    assert again.altered == [Altered(earlier.forum, moved=2, others=2, together=3)]


def test_a_name_and_a_pair_kept_apart_move_nothing(room, cast, client_as):
    client = client_as(cast.karin)
    client.post(f"/forum/begrepp/{concept_for('tillit').pk}/namn/", {"label": "Tillit", "label_en": "trust"})
    [change] = foresee(latest_changes(1), user=cast.karin)
    assert (change.event, change.altered) == ("concept.renamed", [])
    pair = {"first": concept_for("tillit").pk, "second": concept_for("tilit").pk, "same": "0"}
    client_as(cast.elsa).post(address(room), pair)
    [change] = foresee(latest_changes(1), user=cast.karin)
    assert (change.event, change.altered) == ("concept.kept_apart", [])


def test_the_concepts_cost_the_same_with_one_merged_and_with_many(cast, client_as):
    client = client_as(cast.karin)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get("/forum/begrepp/")
        return len(captured)

    def join(number):
        merge(concept_for(f"begrepp {number}"), into=concept_for(f"tanke {number}"), by=cast.karin)

    held(cast, [f"begrepp {number}" for number in range(3)], [f"tanke {number}" for number in range(3)])
    join(0)
    queries()
    few = queries()
    for number in range(1, 12):
        join(number)
    assert queries() == few
