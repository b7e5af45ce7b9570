"""Prepared questions answer as the QuerySets that they are made of."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Prepared, Reach
from news.models import Version

pytestmark = pytest.mark.django_db


def build(reach, at, *, text, kinds):
    live = Version.objects.live(at).open_to(reach).of_kinds(*kinds)
    return live.filter(article__slug=text).values_list("pk", "live_from", "article__restricted")


def test_it_answers_as_its_queryset_for_everybody_at_any_time(cast, start, publish, published):
    now = timezone.now()
    published(title="Öppet")
    published(title="Bara för socialförvaltningen", audience=cast.audiences.social, restricted=True)
    publish(start("Kommer"), live_from=now + timedelta(hours=1))
    question = Prepared(build)
    slugs = [*Version.objects.values_list("article__slug", flat=True), "finns-inte"]
    answers = set()
    for person in [*cast.by_role.values(), cast.olof]:
        for at in (now - timedelta(days=1), now + timedelta(seconds=1), now + timedelta(hours=2)):
            for slug in slugs:
                rows = question.rows(person.reach, at=at, text=slug, kinds=("news",))
                assert rows == list(build(person.reach, at, text=slug, kinds=("news",)))
                answers.add(bool(rows))
    assert answers == {True, False}
    assert len(question.compiled) == 1


def test_many_audiences_are_asked_with_few_statements(cast, published):
    slug = published(audience=cast.audiences.social, restricted=True).slug
    question = Prepared(build)
    for count in range(1, 20):
        ids = frozenset(range(10_000, 10_000 + count))
        inside = Reach(officials=frozenset([1]), audiences=ids | {cast.audiences.social.pk})
        outside = Reach(officials=frozenset([1]), audiences=ids)
        assert question.rows(inside, text=slug, kinds=("news",))
        assert not question.rows(outside, text=slug, kinds=("news",))
    assert len(question.compiled) == 4  # for 4, 8, 16 and 32 audiences


def test_it_costs_one_query_and_none_for_somebody_not_in_service(cast, django_assert_num_queries):
    question, reach = Prepared(build), cast.per.reach
    with django_assert_num_queries(1):
        question.rows(reach, text="x", kinds=("news",))
    with django_assert_num_queries(0):
        assert question.rows(Reach(), text="x", kinds=("news",)) == []


def test_a_question_that_does_not_ask_who_reads_is_refused(cast):
    careless = Prepared(lambda reach, at, *, text: Version.objects.live(at).values_list("pk"))
    with pytest.raises(TypeError):
        careless.rows(cast.per.reach)
