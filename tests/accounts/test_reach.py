"""How far assignments and roles reach: by the day, by the tree."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Audience, Person, Reach, Role, RoleGrant, Unit

pytestmark = pytest.mark.django_db


def test_a_person_belongs_to_the_unit_and_everything_above_it(cast):
    units = cast.units
    assert cast.maja.reach.managers == {units.home_care.pk, units.social.pk, units.root.pk}
    assert cast.maja.reach.elected == frozenset()
    assert cast.elsa.reach.elected == {units.board.pk, units.council.pk, units.root.pk}


def test_reach_costs_one_query(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert cast.karin.reach.has(Role.COMMUNICATOR)
        assert cast.karin.reach.in_service


def test_the_reaches_of_many_cost_one_query_and_are_those_of_each(cast, django_assert_num_queries):
    cast.gunnar.absences.create(
        stand_in=cast.maja, starts_on=timezone.localdate(), ends_on=timezone.localdate()
    )
    people = Person.objects.in_bulk()
    with django_assert_num_queries(1):
        reaches = Reach.of_each(people)
    assert reaches == {pk: Reach.of(person) for pk, person in people.items()}
    assert reaches[cast.maja.pk].stands_in_for == {cast.gunnar.pk}
    with django_assert_num_queries(0):
        assert Reach.of_each([]) == {}


def test_nobody_stands_in_for_who_has_left_or_is_let_in_no_more(cast):
    today = timezone.localdate()
    for person in (cast.gunnar, cast.karin, cast.former):
        person.absences.create(stand_in=cast.maja, starts_on=today, ends_on=today)
    Person.objects.filter(pk=cast.karin.pk).update(is_active=False)
    assert [away.pk for away in cast.maja.away] == [cast.gunnar.pk]


def test_a_mandate_that_ended_yesterday_opens_nothing(cast):
    assert cast.former.reach == Reach()
    yesterday = timezone.localdate() - timedelta(days=1)
    assert Reach.of(cast.former, on=yesterday).has(Role.ADMINISTRATOR)


def test_a_role_for_a_unit_covers_what_is_below_it_and_nothing_else(cast):
    RoleGrant.objects.create(
        assignment=cast.per.assignments.get(), role=Role.COMMUNICATOR, unit=cast.units.social
    )
    reach = cast.per.reach
    assert reach.covers(Role.COMMUNICATOR, cast.units.home_care.pk)
    assert not reach.covers(Role.COMMUNICATOR, cast.units.schools.pk)
    assert not reach.covers(Role.APPROVER, cast.units.social.pk)


def test_an_audience_means_the_same_people_asked_from_either_end(cast):
    for audience in Audience.objects.all():
        meant = set(Person.objects.in_audience(audience))
        assert meant == {person for person in Person.objects.all() if audience.pk in person.reach.audiences}
    assert set(Person.objects.in_audience(cast.audiences.social)) == {cast.maja, cast.olof}


def test_people_are_sorted_in_swedish(cast):
    names = [person.family_name for person in Person.objects.all()]
    assert names[-4:] == ["Zetterlund", "Åkesson", "Ängman", "Öberg"]


def test_units_within_none_are_none(db):
    assert not Unit.objects.within([]).exists()
