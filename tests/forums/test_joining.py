"""Sitting down by a code or a link; departments and companies as groups."""

import pytest
from django.conf import settings

from accounts.models import LogEntry
from forums.grouping import NoGroups, group_by_tables, group_by_units
from forums.joining import NotRegistered, SitsInTheRoom, WritesThere, join
from forums.models import Registration
from forums.permissions import seat_of
from forums.placing import SideNeeded
from forums.views.codes import qr_of
from tests.cast import assign
from tests.forums.room import E, O, make_room, take_seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(cast):
    return make_room(cast, tables=3, each=1)


def register(room, person, side, mode="on_site"):
    table = room.forum.tables.first()
    answer = take_seat(person, table, side)
    answer.table, answer.mode = None, mode
    answer.save()
    return answer


def test_who_scans_the_code_sits_down_and_writes(room, client_as):
    register(room, room.cast.per, O)
    client, slug = client_as(room.cast.per), room.forum.slug
    assert client.get(f"/forum/{slug}/grupparbete/")["Location"] == f"/forum/{slug}/grupparbete/bord/"
    assert "grupparbete/bord/2/" in client.get(f"/forum/{slug}/grupparbete/bord/").text
    page = client.get(f"/forum/{slug}/grupparbete/bord/2/")
    assert "Tjänsteperson" not in page.context["form"].as_p()
    assert client.post(f"/forum/{slug}/grupparbete/bord/2/").status_code == 302
    assert seat_of(room.cast.per, room.forum).table == room.tables[1]
    assert client.get(f"/forum/{slug}/grupparbete/").status_code == 200
    client.post(f"/forum/{slug}/grupparbete/bord/2/")
    assert LogEntry.objects.filter(event="registration.joined").count() == 1


def test_who_is_both_sides_chooses_a_voice(room, client_as):
    elsa = room.cast.elsa
    assign(elsa, room.cast.units.schools, "Rektor")
    answer = register(room, elsa, "")
    with pytest.raises(SideNeeded):
        join(room.tables[0], by=elsa)
    address = f"/forum/{room.forum.slug}/grupparbete/bord/1/"
    refused = client_as(elsa).post(address, {})
    assert refused.status_code == 409
    client_as(elsa).post(address, {"side": O})
    answer.refresh_from_db()
    assert (answer.table, answer.side) == (room.tables[0], O)
    client_as(elsa).post(address, {"side": E})
    answer.refresh_from_db()
    assert answer.side == E


def test_nobody_moves_from_where_their_side_has_written(room, client_as):
    room.open(E)
    room.write(1, E, "En tanke")
    writer = room.seated[1, E][0]
    with pytest.raises(WritesThere):
        join(room.tables[1], by=writer)
    page = client_as(writer).post(f"/forum/{room.forum.slug}/grupparbete/bord/2/")
    assert page.status_code == 409
    assert seat_of(writer, room.forum).table == room.tables[0]
    neighbour = room.seated[1, O][0]
    assert join(room.tables[1], by=neighbour).table == room.tables[1]


def test_nobody_sits_down_who_is_not_registered(room, client_as):
    with pytest.raises(NotRegistered):
        join(room.tables[0], by=room.cast.maja)
    for path in ("bord/", "bord/1/"):
        assert (
            client_as(room.cast.maja).get(f"/forum/{room.forum.slug}/grupparbete/{path}").status_code == 403
        )
    assert not Registration.objects.filter(person=room.cast.maja).exists()


def test_who_takes_part_online_joins_what_meets_online(room):
    register(room, room.cast.per, O, mode="online")
    with pytest.raises(SitsInTheRoom):
        join(room.tables[0], by=room.cast.per)
    room.tables[1].is_online = True
    room.tables[1].save()
    assert join(room.tables[1], by=room.cast.per).table == room.tables[1]


def test_departments_and_companies_are_groups(cast, room, client_as):
    units = [cast.units.social, cast.units.energy]
    with pytest.raises(NoGroups):
        group_by_units(room.forum, units=units[:1], by=cast.fatima)
    address = f"/forum/{room.forum.slug}/redigera/grupper/"
    client_as(cast.fatima).post(address, {"units": [unit.pk for unit in units]})
    room.work.refresh_from_db()
    assert room.work.has_unit_groups
    assert [str(table) for table in room.forum.tables.all()] == ["Almvik Energi AB", "Socialförvaltningen"]
    register(room, cast.maja, O, mode="online")
    page = client_as(cast.maja).get(f"/forum/{room.forum.slug}/grupparbete/bord/")
    assert page.context["tables"][0].unit == cast.units.social
    joined = join(page.context["tables"][0], by=cast.maja)
    group_by_units(room.forum, units=[*units, cast.units.schools], by=cast.fatima)
    joined.refresh_from_db()
    assert joined.table.unit == cast.units.social
    group_by_tables(room.forum, by=cast.fatima)
    room.work.refresh_from_db()
    assert not room.work.has_unit_groups
    assert not room.forum.tables.exists()


def test_a_card_for_each_table_leads_there(room, client_as):
    page = client_as(room.cast.fatima).get(f"/forum/{room.forum.slug}/grupparbete/leda/bordskort/").text
    assert page.count("<svg") >= 3
    assert f"/forum/{room.forum.slug}/grupparbete/bord/3/" in page
    for number in (1, 2, 3):
        assert str(qr_of(f"{settings.SITE_URL}/forum/{room.forum.slug}/grupparbete/bord/{number}/")) in page


def test_the_code_on_the_wall_leads_to_the_group_work(room, client_as):
    page = client_as(room.cast.fatima).get(f"/forum/{room.forum.slug}/skarm/").text
    assert page.count(str(qr_of(f"{settings.SITE_URL}/forum/{room.forum.slug}/grupparbete/"))) == 2
    # Two addresses make two codes: the comparison tells them apart.
    assert str(qr_of(f"{settings.SITE_URL}/forum/annat/grupparbete/")) not in page
