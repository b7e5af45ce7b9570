"""Coming out by the clock, being taken back, the trash, and the dates that readers see."""

from unittest import mock

import pytest
from django.utils import timezone

from accounts.models import Mail, Person
from news import publishing, reviewing, writing
from news.models import Article, Feed, Version
from news.refusals import NotEditable, NotInTrash, NotPublished
from tests.quieting import quietly

from .conftest import hours


def correct(article, *, by, title="Rättad rubrik", is_minor=False):
    draft = writing.open_draft(article, by=by)
    return writing.save_draft(
        draft, revision=draft.revision, by=by, title=title, lead="", body=draft.body, is_minor=is_minor
    )


def test_the_clock_lets_it_out_and_no_job_does(cast, start, publish):
    article = start()
    version = publish(article, live_from=hours(2), live_until=hours(4))
    assert article.live_version() is None
    assert article.live_version(at=hours(3)) == version
    assert article.live_version(at=hours(5)) is None
    assert list(article.versions.scheduled()) == [version]


def test_an_older_text_does_not_come_back_when_the_newer_one_has_ended(cast, published, publish):
    article = published()
    correct(article, by=cast.karin)
    publish(article, live_until=hours(1))
    assert article.live_version().number == 2
    assert article.live_version(at=hours(2)) is None


def test_a_draft_beside_the_live_text_is_not_seen(cast, published):
    article = published(title="Som den var")
    correct(article, by=cast.karin, title="Som den ska bli")
    assert article.live_version().title == "Som den var"


def test_withdrawing_ends_what_is_live_and_cancels_what_is_scheduled(cast, published, publish):
    article = published()
    correct(article, by=cast.karin)
    publish(article, live_from=hours(2))
    publishing.withdraw(article, by=cast.karin)
    for at in (None, hours(1), hours(3), hours(10_000)):
        assert article.live_version(at=at) is None
    assert article.versions.count() == 2
    with pytest.raises(NotPublished):
        publishing.withdraw(article, by=cast.karin)


def test_what_was_withdrawn_can_come_out_again_with_its_first_date(cast, published, publish):
    article = published()
    first = article.live_version().published_at
    publishing.withdraw(article, by=cast.karin)
    correct(article, by=cast.karin)
    again = publish(article)
    assert article.live_version() == again
    assert again.published_at == first
    assert again.was_updated


def test_a_small_correction_leaves_the_dates_and_mails_nobody(cast, published, publish):
    article = published()
    before = article.live_version()
    told = Mail.objects.filter(event="version_approved")
    assert told.count() == 1
    correct(article, by=cast.karin, is_minor=True)
    after = publish(article)
    assert told.count() == 1
    assert after.number == 2
    assert (after.published_at, after.updated_at) == (before.published_at, before.updated_at)
    assert not after.was_updated


def test_a_real_change_says_when(cast, published, publish):
    article = published()
    with mock.patch.object(timezone, "now", return_value=hours(5)):
        correct(article, by=cast.karin)
        after = publish(article)
    assert after.was_updated
    assert after.updated_at == after.live_from


def test_what_never_came_out_gives_no_date(cast, start, publish):
    article = start()
    publish(article, live_from=hours(24 * 7))
    correct(article, by=cast.karin)
    now_out = publish(article)
    assert now_out.published_at == now_out.live_from
    assert not article.versions.scheduled().exists()


def test_the_trash_keeps_everything_and_gives_it_back(cast, published):
    article = published()
    live = article.live_version()
    publishing.trash(article, by=cast.karin)
    article.refresh_from_db()
    assert article.live_version() is None
    assert not Version.objects.live().exists()
    assert not Article.objects.on_desk_of(cast.karin).exists()
    assert list(Article.objects.trashed_on_desk_of(cast.karin)) == [article]
    with pytest.raises(NotEditable):
        publishing.trash(article, by=cast.karin)
    with pytest.raises(NotEditable):
        writing.open_draft(article, by=cast.karin)
    publishing.restore(article, by=cast.karin)
    article.refresh_from_db()
    assert article.live_version() == live
    with pytest.raises(NotInTrash):
        publishing.restore(article, by=cast.karin)


def test_an_embargoed_draft_is_for_its_writers_and_reviewers_only(cast, start):
    article = start(embargoed=True, by=cast.ada, signatories=[cast.elsa])
    on_desk = {person.given_name for person in cast.by_role.values() if sees_draft(person, article)}
    assert on_desk == {"Ada", "Elsa"}
    version = reviewing.submit(article.newest_version, by=cast.ada)
    assert sees_draft(cast.gunnar, article)
    assert not sees_draft(cast.karin, article)
    reviewing.return_version(version.steps.get(reviewer=cast.elsa), by=cast.elsa, reason="Vänta.")
    assert not sees_draft(cast.gunnar, article)


def test_an_open_draft_is_for_the_units_communicators_and_approvers(cast, start):
    article = start()
    on_desk = {person.given_name for person in cast.by_role.values() if sees_draft(person, article)}
    assert on_desk == {"Karin", "Gunnar"}


def test_who_may_read_costs_two_queries_whatever_the_number(cast, published, django_assert_max_num_queries):
    with quietly():
        for number in range(30):
            published(title=f"Nyhet {number}", restricted=bool(number % 2), audience=cast.audiences.social)
    for person, count in ((cast.maja, 30), (cast.per, 15), (cast.yngve, 15), (cast.former, 0)):
        for readable in (Version.objects.live(), Article.objects):
            reader = afresh(person)
            with django_assert_max_num_queries(2):
                assert len(readable.visible_to(reader)) == count


def test_what_is_aimed_at_one_leads(cast, published):
    published(title="Till alla")
    published(title="Till socialförvaltningen", audience=cast.audiences.social)
    for reader, first in ((cast.maja, "Till socialförvaltningen"), (cast.per, "Till alla")):
        mark, _other = Feed(afresh(reader), "news")[:2]
        assert mark.title == first


def sees_draft(person, article):
    return Article.objects.on_desk_of(afresh(person)).filter(pk=article.pk).exists()


def afresh(person):
    """The same person as the next request meets them: nothing known of their reach."""
    return Person.objects.get(pk=person.pk)
