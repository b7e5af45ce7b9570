"""What docs/groupwork-json.md says of the export is what the export is, key by key, both ways."""

import json
import re
from datetime import date, datetime, timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from forums.committing import commit, update
from forums.models import GroupWork
from forums.prioritising import close_dots, open_dots, put_dot
from forums.thinning import thin_out
from forums.working import close_round

from .room import E, O, make_room

pytestmark = pytest.mark.django_db

DOCUMENT = settings.BASE_DIR / "docs/groupwork-json.md"
# What a row says in its first columns: | `key` | type | meaning |
ROW = re.compile(r"^\| `(\w+)` \| ([\w ]+) \| (.*)\|$", re.MULTILINE)
KINDS = {
    "text": lambda value: isinstance(value, str),
    "bool": lambda value: isinstance(value, bool),
    "number": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "moment": lambda value: isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None,
    "day": lambda value: isinstance(value, str) and date.fromisoformat(value).isoformat() == value,
    "object": lambda value: isinstance(value, dict),
    "list": lambda value: isinstance(value, list),
    "list of text": lambda value: isinstance(value, list) and all(isinstance(one, str) for one in value),
}


def documented():
    """{name of a part: {key: its type}} of every table of the document."""
    tables, name = {}, ""
    for part in re.split(r"^## ", DOCUMENT.read_text(), flags=re.MULTILINE)[1:]:
        name = part.partition("\n")[0].strip("` ")
        tables[name] = {key: kind for key, kind, _meaning in ROW.findall(part)}
    return tables


def assert_documented(value, name, tables, where=""):
    """Fail where an object has other keys than its table, or a value is of another kind."""
    table = tables[name]
    where = where or name
    assert value.keys() == table.keys(), where
    for key, kind in table.items():
        told, place = value[key], f"{where}.{key}"
        kinds = kind.split(" or ")
        if told is None:
            assert "null" in kinds, place
            continue
        assert any(KINDS[one](told) for one in kinds if one != "null"), (place, told)
        below = tables.get(f"{name}.{key}" if name != "the whole" else key)
        if below:
            for one in told if isinstance(told, list) else [told]:
                assert_documented(one, f"{name}.{key}" if name != "the whole" else key, tables, place)


@pytest.fixture
def room(cast):
    room = make_room(cast, tables=2, each=5)
    room.open(E)
    first = room.write(1, E, "Lita på varandra.", "tillit")
    room.write(2, E, "Utan nyckelord.")
    room.open(O)
    room.write(2, O, "Vi kan vårt arbete.", "tillit", "mandat")
    promise = commit(
        room.forum,
        owner=cast.maja,
        unit=cast.units.home_care,
        text="Bjuda in nämnden.",
        due_on=timezone.localdate() + timedelta(days=40),
        by=cast.fatima,
    )
    update(promise, text="Vi har börjat.", state="under_way", by=cast.maja)
    close_round(room.round_of(O), by=cast.fatima)
    open_dots(room.work, by=cast.fatima)
    for person in room.seated[1, E]:
        put_dot(first, key=person.email.encode(), by=person)
    close_dots(room.work, by=cast.fatima)
    return room


def exported(room, client_as):
    address = reverse("forums:work_json", args=[room.forum.slug])
    return json.loads(client_as(room.cast.karin).get(address).content)


@pytest.mark.parametrize("anonymous", [True, False])
def test_the_export_is_as_documented(room, client_as, anonymous):
    GroupWork.objects.filter(pk=room.work.pk).update(anonymous=anonymous)
    room.close()
    told, tables = exported(room, client_as), documented()
    assert_documented(told, "the whole", tables)
    # Every table was tried on something.
    assert all((told["notes"], told["questions"], told["commitments"], told["commitments"][0]["words"]))
    assert all((told["figures"]["concepts"], told["figures"]["priorities"]["notes"]))
    assert {one["note"] for one in told["figures"]["priorities"]["notes"]} <= {n["id"] for n in told["notes"]}


def test_so_it_is_where_nothing_is_told_or_all_is_erased(cast, room, client_as, settings):
    empty = make_room(cast, tables=1, each=2)
    empty.open(E)
    empty.close()
    assert_documented(exported(empty, client_as), "the whole", documented())
    room.close()
    settings.NOTES_KEPT_DAYS = 1
    GroupWork.objects.filter(pk=room.work.pk).update(closed_at=timezone.now() - timedelta(days=2))
    assert thin_out() == 1
    told = exported(room, client_as)
    assert_documented(told, "the whole", documented())
    assert told["notes"] == []
    assert told["notes_thinned"]["notes"] == 3


def test_what_is_not_documented_is_found(room, client_as):
    room.close()
    told = exported(room, client_as)
    told["figures"]["concepts"][0]["writer"] = "Elsa"
    with pytest.raises(AssertionError, match=r"figures\.concepts"):
        assert_documented(told, "the whole", documented())
