"""What the kinds of forums begin with in a new home."""

from importlib import import_module

import pytest
from django.apps import apps

from forums.models import ForumKind
from forums.patterning import shape_kind

pytestmark = pytest.mark.django_db
FIRST = ["forum", "large", "meeting", "visit"]


def fill():
    """Run the step of the migration once more."""
    import_module("forums.migrations.0023_kinds_begin_with_something").begin_with_something(apps, None)


@pytest.fixture
def empty_kinds(cast):
    """As they were before, whatever order the tests come in."""
    for kind in ForumKind.objects.all():
        kind.items.all().delete()
    ForumKind.objects.update(
        title="", description="", seats=None, asks_diet=False, asks_access=False, allows_deputies=False
    )


def test_in_a_new_home_each_kind_begins_with_something(empty_kinds):
    for _twice in range(2):
        fill()
    for kind in ForumKind.objects.filter(pk__in=FIRST):
        assert kind.seats and kind.description
        items = list(kind.items.all())
        assert [item.starts for item in items[1:]] == [item.ends for item in items[:-1]] != []
        assert kind.audience is None and kind.revision == 0


def test_what_somebody_has_said_of_a_kind_is_not_overwritten(cast, empty_kinds):
    shape_kind(ForumKind.objects.get(pk="meeting"), name="Chefsmöte", seats=20, items=[], by=cast.fatima)
    shape_kind(ForumKind.objects.get(pk="large"), name="Stora", seats=None, items=[], by=cast.fatima)
    ForumKind.objects.filter(pk="visit").update(title="Besök")  # from before saves were counted
    touched = ForumKind.objects.exclude(pk="forum")
    before = list(touched.values())
    fill()
    assert list(touched.values()) == before
    assert not any(kind.items.exists() for kind in touched)
