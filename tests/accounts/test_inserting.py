"""Rows that are written by a statement made once stand there as the ORM would have put them."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Assignment, Side, insert_rows

pytestmark = pytest.mark.django_db

POSTS = (
    {"title": "Skolledare", "side": Side.OFFICIAL, "is_manager": True, "starts_on": date(2020, 2, 29)},
    {"title": "Ledamot i provet", "side": Side.ELECTED, "party": "Å", "starts_on": date(2020, 1, 1)},
    {
        "title": "%s 'citerad'",
        "side": Side.OFFICIAL,
        "starts_on": date(2021, 1, 1),
        "ends_on": date(2030, 1, 1),
    },
)
TITLES = [post["title"] for post in POSTS]


@pytest.fixture
def posts(cast):
    """A function that makes posts, unsaved, beside the cast's."""
    return lambda: [Assignment(person=cast.maja, unit=cast.units.schools, **post) for post in POSTS]


def written():
    """What stands in the table of the new posts, but for the keys."""
    fields = [field.attname for field in Assignment._meta.fields if not field.primary_key]
    return list(Assignment.objects.filter(title__in=TITLES).order_by("title").values(*fields))


def test_they_are_as_the_orm_writes_them_in_one_query(posts, django_assert_num_queries):
    Assignment.objects.bulk_create(posts())
    expected = written()
    Assignment.objects.filter(title__in=TITLES).delete()
    rows = posts()
    with django_assert_num_queries(1):
        insert_rows(rows)
    assert written() == expected and len(expected) == len(POSTS)
    assert not any(row._state.adding for row in rows)
    insert_rows(posts()[:1])
    assert len(written()) == len(POSTS) + 1


def test_what_the_database_refuses_is_written_by_nobody(posts):
    rows = posts()
    rows[0].party = "Å"  # an official with a party
    before = Assignment.objects.count()
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(rows)
    assert Assignment.objects.count() == before
