"""Whatever people do in whatever order, and however the clock moves: the rules of publishing hold.

An independent model, plain Python lists, is kept beside the database and asked the same questions.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from news import publishing, reviewing, writing
from news.models import Article, ReviewStep, Version
from news.refusals import (
    AlreadyAnswered,
    NotEditable,
    NotInTrash,
    NotInTurn,
    NotPublished,
    OwnText,
    Refusal,
    WriterIsSignatory,
)
from tests.cast import make_cast

BEGINNING = datetime(2026, 3, 1, 8, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
WRITERS = ["karin", "gunnar", "ada"]
PEOPLE = [*WRITERS, "olof", "elsa"]
ARTICLES = st.integers(0, 1)
MINUTES = st.none() | st.integers(1, 300)


@dataclass(eq=False)  # two texts with the same words are still two
class Text:
    """A version as the model knows it."""

    words: str
    writers: set
    state: str = "draft"
    live_from: datetime | None = None
    live_until: datetime | None = None
    to_sign: list = field(default_factory=list)


@dataclass
class Story:
    """An article as the model knows it."""

    signatories: list
    texts: list
    trashed: bool = False

    def live(self, now):
        """The number of the version readers see: the last approved whose time has come, if it lasts."""
        if self.trashed:
            return None
        out = [t for t in self.texts if t.state == "approved" and t.live_from <= now]
        if not out or (out[-1].live_until and out[-1].live_until <= now):
            return None
        return self.texts.index(out[-1]) + 1

    def to_come(self, now):
        """Versions that will come out if nothing more is done."""
        approved = [t for t in self.texts if t.state == "approved"]
        return [
            t
            for place, t in enumerate(approved)
            if t.live_from > now
            and t.live_until != t.live_from
            and not any(later.live_from <= t.live_from for later in approved[place + 1 :])
        ]


class Desk(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.run = transaction.atomic()
        self.run.__enter__()
        self.cast = make_cast()
        self.now = BEGINNING
        self.clock = mock.patch.object(timezone, "now", lambda: self.now)
        self.clock.start()
        self.submitted = {}
        self.stories = []
        for signatories in ([], ["olof", "elsa"]):
            self.start(signatories)

    def start(self, signatories):
        c = self.cast
        article = writing.start_article(
            kind=Article.Kind.NEWS,
            unit=c.units.office,
            audience=c.audiences.everyone,
            title="Rubrik",
            by=c.karin,
            body="<p>0</p>",
            signatories=[getattr(c, name) for name in signatories],
        )
        self.stories.append(Story(signatories, [Text("<p>0</p>", {"karin"})]))
        self.articles = [*getattr(self, "articles", []), article]

    def teardown(self):
        self.clock.stop()
        transaction.set_rollback(True)
        self.run.__exit__(None, None, None)

    def person(self, name):
        return getattr(self.cast, name)

    @rule(minutes=st.integers(1, 300))
    def the_clock_goes(self, minutes):
        self.now += timedelta(minutes=minutes)

    @rule(place=ARTICLES, name=st.sampled_from(PEOPLE))
    def open(self, place, name):
        story, newest = self.stories[place], self.stories[place].texts[-1]
        try:
            writing.open_draft(self.articles[place], by=self.person(name))
        except WriterIsSignatory:
            assert name in story.signatories
            return
        except NotEditable:
            assert story.trashed
            return
        assert not story.trashed
        if newest.state in ("approved", "returned"):
            carried = newest.writers if newest.state == "returned" else set()
            story.texts.append(Text(newest.words, {name} | carried))

    @rule(place=ARTICLES, name=st.sampled_from(PEOPLE), words=st.integers(1, 9))
    def save(self, place, name, words):
        story, text = self.stories[place], self.stories[place].texts[-1]
        version = self.articles[place].newest_version
        body = f"<p>{words}</p>"
        try:
            writing.save_draft(
                version, revision=version.revision, by=self.person(name), title="Rubrik", lead="", body=body
            )
        except NotEditable:
            assert story.trashed or text.state != "draft"
        except WriterIsSignatory:
            assert name in story.signatories
        else:
            assert text.state == "draft"
            if text.words != body:
                text.words = body
                text.writers.add(name)

    @rule(place=ARTICLES)
    def submit(self, place):
        story, text = self.stories[place], self.stories[place].texts[-1]
        version = self.articles[place].newest_version
        try:
            reviewing.submit(version, by=self.cast.karin)
        except NotEditable:
            assert story.trashed or text.state != "draft"
        else:
            assert text.state == "draft"
            text.state, text.to_sign = "submitted", [*story.signatories, "approver"]
            self.submitted[version.pk] = text.words

    @precondition(lambda self: ReviewStep.objects.exists())
    @rule(
        data=st.data(),
        name=st.sampled_from(["gunnar", "karin"]),
        wait=MINUTES,
        last=MINUTES,
        yes=st.booleans(),
    )
    def somebody_answers(self, data, name, wait, last, yes):
        steps = ReviewStep.objects.order_by("-pk").select_related("version__article", "reviewer")
        self.answer(data.draw(st.sampled_from(list(steps[:4]))), name, wait, last, yes)

    @rule(place=ARTICLES, words=st.integers(1, 9), wait=MINUTES, last=MINUTES)
    def a_new_version_goes_all_the_way(self, place, words, wait, last):
        """The usual course, so that runs get far enough to have something to take back."""
        self.open(place, "karin")
        self.save(place, "karin", words)
        self.submit(place)
        for step in self.articles[place].newest_version.steps.select_related("version__article", "reviewer"):
            self.answer(step, "gunnar", wait, last, yes=True)

    def answer(self, step, name, wait, last, yes):
        place = [article.pk for article in self.articles].index(step.version.article_id)
        story, text = self.stories[place], self.stories[place].texts[step.version.number - 1]
        signs = step.reviewer.email.partition("@")[0] if step.reviewer else "approver"
        name = signs if step.reviewer else name
        live_from = self.now + timedelta(minutes=wait) if wait else None
        live_until = (live_from or self.now) + timedelta(minutes=last) if last else None
        try:
            if yes:
                reviewing.approve(step, by=self.person(name), live_from=live_from, live_until=live_until)
            else:
                reviewing.return_version(step, by=self.person(name), reason="Mer fakta.")
        except AlreadyAnswered:
            assert text.state != "submitted" or signs not in text.to_sign
        except NotEditable:
            assert story.trashed
        except OwnText:
            assert name in text.writers
        except NotInTurn:
            assert signs == "approver" and len(text.to_sign) > 1
        else:
            assert text.state == "submitted" and signs in text.to_sign and not story.trashed
            assert name not in text.writers
            text.to_sign.remove(signs)
            if not yes:
                text.state = "returned"
            elif not text.to_sign:
                text.state = "approved"
                text.live_from, text.live_until = live_from or self.now, live_until

    @rule(place=ARTICLES)
    def withdraw(self, place):
        story = self.stories[place]
        live, coming = story.live(self.now), story.to_come(self.now)
        try:
            publishing.withdraw(self.articles[place], by=self.cast.karin)
        except NotEditable:
            assert story.trashed
        except NotPublished:
            assert live is None and not coming
        else:
            assert live or coming
            if live:
                story.texts[live - 1].live_until = self.now
            for text in coming:
                text.live_until = text.live_from

    @rule(place=ARTICLES, there=st.booleans())
    def move_to_or_from_the_trash(self, place, there):
        verb = publishing.trash if there else publishing.restore
        try:
            verb(self.articles[place], by=self.cast.karin)
        except (NotEditable, NotInTrash):
            assert self.stories[place].trashed == there
        else:
            assert self.stories[place].trashed != there
            self.stories[place].trashed = there

    @invariant()
    def exactly_the_right_version_is_live(self):
        expected = {}
        for article, story in zip(self.articles, self.stories, strict=True):
            if number := story.live(self.now):
                expected[article.pk] = number
        live = list(Version.objects.live(self.now).values_list("article_id", "number"))
        assert len(live) == len(dict(live))
        assert dict(live) == expected
        assert set(Article.objects.live(self.now).values_list("pk", flat=True)) == set(expected)

    @invariant()
    def what_is_said_to_be_scheduled_is_what_will_come(self):
        scheduled = {
            (article_id, number)
            for article_id, number in Version.objects.scheduled(self.now).values_list("article_id", "number")
        }
        expected = {
            (article.pk, story.texts.index(text) + 1)
            for article, story in zip(self.articles, self.stories, strict=True)
            if not story.trashed
            for text in story.to_come(self.now)
        }
        assert scheduled == expected

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
    def what_was_published_says_when(self):
        for version in Version.objects.filter(state="approved"):
            assert version.published_at <= version.live_from
            assert version.published_at <= version.updated_at <= version.live_from


def test_the_rules_hold_whatever_people_do(db):
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
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
