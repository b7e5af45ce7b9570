"""Whatever people do in whatever order, and however the clock moves: the rules of publishing hold.

An independent model, plain Python lists, is kept beside the database and asked the same questions.
"""

from datetime import timedelta
from unittest import mock

import pytest
from django.utils import timezone
from hypothesis import settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from news.archiving import version_at
from news.models import Article, ReviewStep, Version
from news.refusals import AlreadyAnswered, NotEditable, NotInTurn, OwnText, Refusal, WriterIsSignatory

from .trash_steps import DeskWithTrash

# Who reads without a desk of their own, and which of the two audiences mean them.
READERS = {"per": ["everyone"], "maja": ["everyone", "social"]}


class DeskByTheRules(DeskWithTrash):
    """Asks the database and the model the same after each step."""

    def teardown(self):
        try:
            self.what_was_live_then_can_be_shown_again()
        finally:
            self.leave()

    @invariant()
    def exactly_the_right_version_is_live(self):
        expected = {}
        for article, story in self.both:
            if number := story.live(self.now):
                expected[article.pk] = number
        live = list(Version.objects.live(self.now).values_list("article_id", "number"))
        assert len(live) == len(dict(live))
        assert dict(live) == expected
        assert set(Article.objects.live(self.now).values_list("pk", flat=True)) == set(expected)
        self.shown[self.now] = expected

    def what_was_live_then_can_be_shown_again(self):
        """Whatever was done afterwards; asked once, when all is done."""
        for then, expected in self.shown.items():
            if then == self.now:
                continue
            told = {article.pk: version_at(article, then) for article in self.articles}
            assert {pk: version.number for pk, version in told.items() if version} == expected

    @invariant()
    def what_is_said_to_be_scheduled_is_what_will_come(self):
        scheduled = {
            (article_id, number)
            for article_id, number in Version.objects.scheduled(self.now).values_list("article_id", "number")
        }
        expected = {
            (article.pk, story.texts.index(text) + 1)
            for article, story in self.both
            if not story.trashed
            for text in story.to_come(self.now)
        }
        assert scheduled == expected

    @invariant()
    def each_reads_what_is_live_and_open_to_them(self):
        live = {article.pk: story for article, story in self.both if story.live(self.now)}
        for name, audiences in READERS.items():
            reader, may = self.person(name), {pk for pk, one in live.items() if one.is_open_to(audiences)}
            assert set(Article.objects.visible_to(reader).values_list("pk", flat=True)) == may
            readable = Version.objects.live().visible_to(reader)
            assert set(readable.values_list("article_id", flat=True)) == may
        assert not Article.objects.all_on_desk_of(reader).exists(), "a reader has no desk"

    @invariant()
    def what_is_thrown_is_seen_in_the_trash_of_the_desk_alone(self):
        thrown = {article.pk for article, story in self.both if story.trashed}
        karin = self.person("karin")
        assert set(Article.objects.trashed_on_desk_of(karin).values_list("pk", flat=True)) == thrown
        for name in ("karin", "gunnar") if thrown else ():
            assert not Article.objects.found_by(self.person(name)).filter(pk__in=thrown).exists()

    @invariant()
    def nothing_of_what_is_thrown_changes(self):
        for place, rows in self.thrown.items():
            assert self.rows_of(place) == rows

    @invariant()
    def nobody_has_approved_their_own_words(self):
        for step in ReviewStep.objects.exclude(decided_by=None).select_related("decided_by"):
            assert not step.version.writers.filter(pk=step.decided_by_id).exists()

    @invariant()
    def every_text_ever_submitted_can_be_read_as_it_was(self):
        kept = dict(Version.objects.filter(pk__in=self.submitted).values_list("pk", "body"))
        assert kept == self.submitted

    @invariant()
    def at_most_one_version_is_in_the_works(self):
        for article in self.articles:
            assert article.versions.filter(state__in=["draft", "submitted"]).count() <= 1

    @invariant()
    def readers_are_told_when_it_came_out_and_changed(self):
        """A small correction leaves the date."""
        told = {}
        for article, story in self.both:
            for number, text in enumerate(story.texts, 1):
                if text.state == "approved":
                    told[article.pk, number] = (text.published_at, text.updated_at)
                    assert text.published_at <= text.updated_at <= text.live_from
        approved = Version.objects.approved()
        kept = approved.values_list("article_id", "number", "published_at", "updated_at")
        assert {(pk, number): dates for pk, number, *dates in kept} == {k: [*v] for k, v in told.items()}


def test_the_rules_hold_whatever_people_do(db):
    run_state_machine_as_test(
        DeskByTheRules,
        settings=settings(max_examples=20, stateful_step_count=25),
    )


def test_every_refusal_speaks_to_a_person():
    step = ReviewStep()
    sentences = [str(NotEditable()), str(OwnText()), str(AlreadyAnswered(step=step)), str(NotInTurn())]
    assert all(sentence.endswith(".") for sentence in sentences)
    assert issubclass(WriterIsSignatory, Refusal)


@pytest.mark.django_db
def test_microseconds_do_not_hide_what_is_published_this_instant(start, publish):
    """SQLite compares moments as text, where a whole second has no fraction: both must be found."""
    whole = timezone.now().replace(microsecond=0)
    article = start()
    with mock.patch.object(timezone, "now", lambda: whole):
        version = publish(article)
    assert article.live_version(at=whole) == version
    assert article.live_version(at=whole + timedelta(microseconds=1)) == version
    assert article.live_version(at=whole - timedelta(microseconds=1)) is None
