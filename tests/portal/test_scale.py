"""The municipality grown for measuring keeps the rules of the one it grew from."""

import pytest
from django.utils import timezone

from accounts.models import Assignment, Person
from forums.models import Forum, Note, Result
from news.models import Article, Version
from portal.demo.scale import scale_up
from portal.models import SearchEntry


@pytest.fixture
def grown(cast):
    article = Article.objects.create(
        slug="en-nyhet", owner=cast.karin, unit=cast.units.office, audience=cast.audiences.everyone
    )
    now = timezone.now()
    Version.objects.create(
        article=article,
        number=1,
        state=Version.State.APPROVED,
        title="En nyhet",
        body="<p>Text.</p>",
        written_by=cast.karin,
        live_from=now,
        published_at=now,
        updated_at=now,
    )
    scale_up(people=60, articles=40, forums=3, notes=120)
    return cast


def test_it_grows_to_the_numbers_asked_for(grown):
    assert Person.objects.count() == 60
    assert Article.objects.count() == 40
    assert Forum.objects.count() == 3
    assert Note.objects.count() == 120


def test_everybody_has_a_post_and_only_the_demo_accounts_a_password(grown):
    assert Person.objects.in_service().count() == 59  # all but she whose mandate ended yesterday
    assert sum(person.has_usable_password() for person in Person.objects.all()) == 12  # the cast
    assert Assignment.objects.filter(is_manager=True).count() > 4


def test_every_article_is_live_in_its_newest_version(grown):
    live = Version.objects.live()
    assert live.count() == 40
    assert all(version.number == version.article.newest_version.number for version in live)


def test_the_results_count_every_note(grown):
    assert sum(result.figures["notes"]["total"] for result in Result.objects.all()) == 120


def test_all_of_it_can_be_searched(grown):
    assert SearchEntry.objects.filter(person=None).count() >= 43
    assert SearchEntry.objects.exclude(person=None).count() == 60
