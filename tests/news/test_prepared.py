"""Prepared questions answer as the QuerySets that they are made of."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Numbered, Prepared, Reach, reach_of
from news import reviewing, writing
from news.models import Article, ReviewStep, Version

pytestmark = pytest.mark.django_db


def build(user, at, *, text, kinds):
    live = Version.objects.live(at).visible_to(user).of_kinds(*kinds)
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
                rows = question.ask(person, at=at, text=slug, kinds=("news",))
                assert rows == list(build(person, at, text=slug, kinds=("news",)))
                answers.add(bool(rows))
    assert answers == {True, False}
    assert len(question.statements) == 1


def test_many_audiences_are_asked_with_few_statements(cast, published):
    slug = published(audience=cast.audiences.social, restricted=True).slug
    question = Prepared(build)
    for count in range(1, 20):
        ids = frozenset(range(10_000, 10_000 + count))
        for audiences, sees in ((ids, False), (ids | {cast.audiences.social.pk}, True)):
            cast.per.reach = Reach(officials=frozenset([1]), audiences=audiences)
            assert bool(question.ask(cast.per, text=slug, kinds=("news",))) == sees
    assert len(question.statements) == 4  # for 4, 8, 16 and 32 audiences


def test_it_costs_one_query_and_none_for_somebody_not_in_service(cast, django_assert_num_queries):
    question = Prepared(build)
    assert cast.per.reach.in_service and not cast.former.reach.in_service
    with django_assert_num_queries(1):
        question.ask(cast.per, text="x", kinds=("news",))
    with django_assert_num_queries(0):
        assert question.ask(cast.former, text="x", kinds=("news",)) == []


def test_what_is_asked_of_the_reader_is_the_readers_own(cast, start, publish):
    article = start("Undertecknas", signatories=[cast.maja, cast.olof])
    reviewing.submit(writing.open_draft(article, by=cast.karin), by=cast.karin)
    question = Prepared(lambda user, at, *, text: ReviewStep.objects.waiting_for(user))
    for person in (cast.maja, cast.olof, cast.per, cast.gunnar):
        expected = list(ReviewStep.objects.waiting_for(person))
        assert question.ask(person) == expected
        assert bool(expected) == (person in (cast.maja, cast.olof))


def test_a_question_about_a_row_is_asked_of_each_at_its_own_time(published, django_assert_num_queries):
    """Each shape is compiled once, and asked with another row and another time."""

    def build(number, *, at, newest_first):
        versions = Version.objects.filter(article=number, live_from__lte=at)
        return versions.order_by("-pk" if newest_first else "pk").values_list("pk")

    articles, now = [published(title="Ett"), published(title="Två")], timezone.now()
    question = Numbered(build)
    for article in articles:
        for at, is_live in ((now, True), (now - timedelta(days=1), False)):
            with django_assert_num_queries(1):
                rows = question.ask(article.pk, at=at, newest_first=True)
            assert rows == list(build(article.pk, at=at, newest_first=True)) and bool(rows) == is_live
    question.ask(articles[0].pk, at=now, newest_first=False)
    assert len(question.statements) == 2


@pytest.mark.parametrize(
    "careless",
    [
        lambda user, at, *, text: Version.objects.live(at).values_list("pk"),
        lambda user, at, *, text: Version.objects.live().visible_to(user).values_list("pk"),
    ],
    ids=["for nobody", "by a clock of its own"],
)
def test_a_question_that_would_go_stale_is_refused(cast, careless):
    with pytest.raises(TypeError):
        Prepared(careless).ask(cast.per)


def test_a_condition_holds_what_its_queryset_does_for_everybody(cast, published):
    """Those with roles too: one statement asks for everybody."""
    published(title="Öppet")
    published(title="Stängt", audience=cast.audiences.social, restricted=True)

    def open_to(user, _at, *, kind, text):
        return Article.objects.filter(kind=kind).open_to(reach_of(user)).order_by().values("pk")

    question = Prepared(open_to)
    found = {}
    for part, person in {**cast.by_role, "head": cast.olof}.items():
        if part != "former":  # of somebody not in service it is not asked
            rows = Article.objects.filter(pk__in=question.condition(person, kind="news"))
            asked = open_to(person, None, kind="news", text="")
            found[part] = set(rows.values_list("pk", flat=True))
            assert found[part] == {row["pk"] for row in asked}
    assert len(found["head"]) == 2
    assert len(found["organiser"]) == len(found["employee"]) == 1
    assert len(question.statements) == 1
