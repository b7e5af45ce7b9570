"""Tables that meet online: marked by the organiser, joined by a link, left out of the seat plan."""

import pytest
from django.urls import reverse

from forums import furnishing, planning, registering, seating
from forums.joining import join
from forums.models import Registration
from forums.patterning import plan_after
from tests.cast import assign
from tests.forums.room import E, make_room, take_seat

pytestmark = pytest.mark.django_db

MEETING = "https://mote.example/forum"


@pytest.fixture
def forum(cast, make_forum, managers):
    """Three tables; four people in the room, and Maja online."""
    forum = make_forum(join_url=MEETING)
    furnishing.set_tables(forum, count=3, by=cast.fatima)
    for person in managers(4):
        registering.register(forum, person=person, by=person)
    registering.register(forum, person=cast.maja, mode=Registration.Mode.ONLINE, by=cast.maja)
    return forum


@pytest.fixture
def save(cast, forum, client_as):
    """A function that sends the page of the tables as it was opened now."""

    def send(**fields):
        forum.refresh_from_db()
        data = {"tables": "3", "revision": forum.revision_of("tables"), **fields}
        return client_as(cast.fatima).post(reverse("forums:edit_tables", args=[forum.slug]), data)

    return send


def online(forum):
    return list(forum.tables.online().values_list("number", flat=True))


@pytest.mark.parametrize(
    ("typed", "numbers"), [("3", [3]), ("2, 3", [2, 3]), ("1–3", [1, 2, 3]), ("3; 1-2 ", [1, 2, 3]), ("", [])]
)
def test_the_organiser_says_which_tables_meet_online(forum, save, typed, numbers):
    assert save(online=typed).status_code == 302
    assert online(forum) == numbers


@pytest.mark.parametrize("typed", ["tre", "3-1", "0", "4", "1, x", "999999", "1--2"])
def test_what_is_no_table_is_told_beside_the_field_and_kept(forum, save, typed):
    save(online="2")
    answer = save(tables="3", online=typed)
    assert list(answer.context["form"].errors) == ["online"]
    assert f'value="{typed}"' in answer.text
    assert online(forum) == [2]


def test_a_forum_that_nobody_joins_online_is_not_asked(cast, make_forum, client_as):
    forum = make_forum(title="Bara i salen")
    page = client_as(cast.fatima).get(reverse("forums:edit_tables", args=[forum.slug]))
    assert list(page.context["form"].fields) == ["tables"]


def test_the_others_are_seated_in_the_room_and_who_takes_part_online_chooses_an_online_table(
    cast, forum, save, client_as
):
    planning.plan_group_work(
        forum, leader_official=cast.olof, leader_elected=cast.elsa, anonymous=True, by=cast.fatima
    )
    save(online="3")
    assert seating.seat_everyone(forum, by=cast.fatima) == 4
    assert set(forum.registrations.to_seat().values_list("table__number", flat=True)) == {1, 2}
    page = client_as(cast.maja).get(reverse("forums:choose_table", args=[forum.slug]))
    assert [table.number for table in page.context["tables"]] == [3]
    join(page.context["tables"][0], by=cast.maja)
    plan = client_as(cast.fatima).get(reverse("forums:seat_plan", args=[forum.slug]))
    assert [table.number for table, *_shown in plan.context["tables"]] == [1, 2]
    assert [(table.number, table.people) for table in plan.context["online"]] == [(3, 1)]
    answer = forum.registrations.to_seat().first()
    with pytest.raises(seating.MeetsOnline):
        seating.move(answer, table=forum.tables.get(number=3), by=cast.fatima)


def test_who_has_gone_over_to_the_call_is_not_fetched_back_to_the_room(cast, forum, save):
    save(online="3")
    ill = forum.registrations.to_seat().first()
    join(forum.tables.get(number=3), by=ill.person)
    assert seating.seat_everyone(forum, by=cast.fatima) == 3
    ill.refresh_from_db()
    assert ill.table.number == 3


def test_who_sits_there_the_other_way_is_left_without_a_table(cast, forum, save):
    seating.seat_everyone(forum, by=cast.fatima)
    assert save(online="1, 2, 3").status_code == 302
    assert not forum.registrations.filter(table__isnull=False).exists()
    join(forum.tables.get(number=1), by=cast.maja)
    assert save(online="2, 3").status_code == 302
    assert not forum.registrations.filter(table__isnull=False).exists()


def test_no_table_changes_while_people_write_nor_with_notes(cast, client_as):
    room = make_room(cast, tables=2, each=1, join_url=MEETING)
    room.open(E)
    with pytest.raises(furnishing.RoomAtWork):
        furnishing.set_tables(room.forum, count=2, online=[2], by=cast.fatima)
    room.write(2, E, "Något sagt")
    room.close()
    with pytest.raises(furnishing.OnlineTableInUse):
        furnishing.set_tables(room.forum, count=2, online=[2], by=cast.fatima)
    assert online(room.forum) == []
    assert room.tables[1].registrations.count() == 2


def test_a_link_to_copy_stands_in_place_of_a_card(cast, client_as):
    room = make_room(cast, tables=2, each=1, join_url=MEETING)
    furnishing.set_tables(room.forum, count=2, online=[2], by=cast.fatima)
    page = client_as(cast.fatima).get(reverse("forums:table_codes", args=[room.forum.slug])).text
    path = reverse("forums:join_table", args=[room.forum.slug, 2])
    assert page.count('class="table-card"') == 1
    assert f'{path}">' in page[page.index("<input") :]
    assert 'data-copy="table-2"' in page


def test_where_no_table_meets_online_it_is_said(cast, client_as):
    room = make_room(cast, tables=1, each=1, join_url=MEETING)
    assign(cast.per, cast.units.schools, "Lärare")
    answer = take_seat(cast.per, room.tables[0], "official")
    answer.table, answer.mode = None, Registration.Mode.ONLINE
    answer.save()
    page = client_as(cast.per).get(reverse("forums:choose_table", args=[room.forum.slug]))
    assert "Inget bord träffas på distans än" in page.text


def test_a_forum_made_after_another_has_its_online_tables_and_its_dots(cast, forum, save):
    save(online="3")
    planning.plan_group_work(
        forum,
        leader_official=cast.olof,
        leader_elected=cast.elsa,
        anonymous=True,
        dots_on="table",
        by=cast.fatima,
    )
    facts = {
        name: getattr(forum, name)
        for name in [
            "kind",
            "title",
            "theme",
            "starts_at",
            "ends_at",
            "registration_closes_at",
            "audience",
            "unit",
            "organiser",
            "place",
            "join_url",
        ]
    }
    new = plan_after(forum, **facts, by=cast.fatima)
    assert online(new) == [3]
    assert new.group_work.dots_on == "table"
