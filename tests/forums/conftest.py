from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Side
from forums.announcing import announce
from forums.models import Forum
from forums.planning import plan_forum
from tests.cast import LONG_AGO, assign, make_person


@pytest.fixture
def make_forum(cast):
    """A function that plans a forum in two weeks, announced unless `announced=False`."""

    def make(*, announced=True, **fields):
        starts_at = fields.pop("starts_at", timezone.now().replace(microsecond=0) + timedelta(days=14))
        facts = {
            "kind": Forum.Kind.FORUM,
            "title": "Chefsforum höst",
            "theme": "Tillit i vardagen",
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(hours=4),
            "registration_closes_at": starts_at - timedelta(days=3),
            "audience": cast.audiences.leaders,
            "unit": cast.units.office,
            "organiser": cast.fatima,
            "place": "Folkets hus, Almvik",
            "by": cast.fatima,
            **fields,
        }
        forum = plan_forum(**facts)
        return announce(forum, by=cast.fatima) if announced else forum

    return make


@pytest.fixture
def managers(cast):
    """A function that makes so many more managers."""

    def make(count):
        people = [make_person(f"chef{number}", "Chef", f"Nummer{number:03}") for number in range(count)]
        for person in people:
            assign(
                person, cast.units.schools, "Rektor", is_manager=True, side=Side.OFFICIAL, starts_on=LONG_AGO
            )
        return people

    return make
