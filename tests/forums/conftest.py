from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Side
from forums.announcing import announce
from forums.models import ForumKind
from forums.naming import invite_guest
from forums.planning import plan_forum
from tests.cast import PASSWORD, make_people


@pytest.fixture
def make_forum(cast):
    """A function that plans a forum in two weeks at nine, announced unless `announced=False`."""

    def make(*, announced=True, **fields):
        nine = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0)
        starts_at = fields.pop("starts_at", nine + timedelta(days=14))
        facts = {
            "kind": ForumKind.objects.get(pk="forum"),
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
        names = [(f"chef{number}", "Chef", f"Nummer{number:03}") for number in range(count)]
        return make_people(
            names, cast.units.schools, "Rektor", password=PASSWORD, is_manager=True, side=Side.OFFICIAL
        )

    return make


@pytest.fixture
def invite_gisela(cast):
    """A function that names Gisela from outside as a guest of a forum; she is invited with the next round."""

    def invite(forum):
        return invite_guest(
            forum,
            email="gisela@granne.example",
            given_name="Gisela",
            family_name="Grann",
            language="sv",
            by=cast.fatima,
        )

    return invite
