"""What people do at the desk, step by step and in any order; the model of it does the same beside it."""

from datetime import datetime, timedelta
from unittest import mock
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from news import publishing, rescheduling, restoring, reviewing, writing
from news.models import Article, ReviewStep
from news.refusals import (
    AlreadyAnswered,
    EndsBeforeItBegins,
    NotEditable,
    NotInReview,
    NotInTurn,
    NotPublished,
    OwnText,
    StillInReview,
    WriterIsSignatory,
)
from news.rescheduling import NothingToCome, Overtaken, WidensTheTime
from tests.cast import make_cast

from .publishing_model import Story, Text

BEGINNING = datetime(2026, 3, 1, 8, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
WRITERS = ["karin", "gunnar", "ada"]
PEOPLE = [*WRITERS, "olof", "elsa"]
ARTICLES = st.integers(0, 1)
MINUTES = st.none() | st.integers(1, 300)


class Desk(RuleBasedStateMachine):
    """Two articles at a desk, in the database and in the model; each rule does the same to both."""

    def __init__(self):
        super().__init__()
        self.run = transaction.atomic()
        self.run.__enter__()
        self.cast = make_cast()
        self.now = BEGINNING
        self.clock = mock.patch.object(timezone, "now", lambda: self.now)
        self.clock.start()
        self.submitted = {}
        self.shown = {}
        self.stories = []
        self.articles = []
        for signatories in ([], ["olof", "elsa"]):
            article, story = self.start(signatories)
            self.articles.append(article)
            self.stories.append(story)

    def start(self, signatories):
        """A new article with its first draft, as (Article, Story)."""
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
        return article, Story(signatories, [Text("<p>0</p>", {"karin"})])

    def leave(self):
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
            minor = newest.minor and newest.state == "returned"
            story.texts.append(Text(newest.words, {name} | carried, minor=minor))

    @rule(place=ARTICLES, name=st.sampled_from(PEOPLE), words=st.integers(1, 9), minor=st.booleans())
    def save(self, place, name, words, minor):
        story, text = self.stories[place], self.stories[place].texts[-1]
        version = self.articles[place].newest_version
        body = f"<p>{words}</p>"
        try:
            writing.save_draft(
                version,
                revision=version.revision,
                by=self.person(name),
                title="Rubrik",
                lead="",
                body=body,
                is_minor=minor,
            )
        except NotEditable:
            assert story.trashed or text.state != "draft"
        except WriterIsSignatory:
            assert name in story.signatories
        else:
            assert text.state == "draft"
            if (text.words, text.minor) != (body, minor):
                text.words, text.minor = body, minor
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
            story.was_submitted = True
            self.submitted[version.pk] = text.words

    @rule(place=ARTICLES, name=st.sampled_from(PEOPLE), back=st.integers(0, 1))
    def take_back(self, place, name, back):
        """What is in review; or (`back`) the version before the newest, as a late click would."""
        story = self.stories[place]
        number = max(len(story.texts) - back, 1)
        text = story.texts[number - 1]
        taken_before = text.state == "set_aside" and number == len(story.texts) - 1
        try:
            reviewing.take_back(self.articles[place].versions.get(number=number), by=self.person(name))
        except NotInReview:
            assert story.trashed or text.state != "submitted"
        except WriterIsSignatory:
            assert name in story.signatories
        else:
            assert taken_before or (text.state == "submitted" and not story.trashed)
            if not taken_before:
                text.state = "set_aside"
                story.texts.append(Text(text.words, {name} | text.writers, minor=text.minor))

    @rule(place=ARTICLES, name=st.sampled_from(PEOPLE), data=st.data())
    def begin_with_an_earlier_text(self, place, name, data):
        story, newest = self.stories[place], self.stories[place].texts[-1]
        number = data.draw(st.integers(1, len(story.texts)))
        text = story.texts[number - 1]
        version = self.articles[place].versions.get(number=number)
        try:
            restoring.restore_version(version, by=self.person(name))
        except NotEditable:
            assert story.trashed
        except StillInReview:
            assert newest.state == "submitted"
        except WriterIsSignatory:
            assert name in story.signatories
        else:
            assert newest.state != "submitted" and not story.trashed
            if newest.state == "draft" and newest.words == text.words:
                return
            if newest.state == "draft":
                newest.state = "set_aside"
            unapproved = text.writers if text.state != "approved" else set()
            minor = text.minor and text.state != "approved"
            story.texts.append(Text(text.words, {name} | unapproved, minor=minor))

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

    @rule(place=ARTICLES, words=st.integers(1, 9), minor=st.booleans(), wait=MINUTES, last=MINUTES)
    def a_new_version_goes_all_the_way(self, place, words, minor, wait, last):
        """The usual course, so that runs get far enough to have something to take back."""
        self.open(place, "karin")
        self.save(place, "karin", words, minor)
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
                story.date(text)

    @rule(place=ARTICLES, data=st.data(), name=st.sampled_from(WRITERS), wait=MINUTES, last=MINUTES)
    def reschedule(self, place, data, name, wait, last):
        story = self.stories[place]
        number = data.draw(st.integers(1, len(story.texts)))
        text, is_out = story.texts[number - 1], story.live(self.now) == number
        is_to_come = text in story.to_come(self.now)
        begins = self.now + timedelta(minutes=wait) if wait else None
        ends = (begins or self.now) + timedelta(minutes=last) if last else None
        version = self.articles[place].versions.get(number=number)
        to_be = text.live_from if is_out or not begins else begins
        try:
            rescheduling.reschedule(version, by=self.person(name), live_from=begins, live_until=ends)
        except NotEditable:
            assert story.trashed
        except NothingToCome:
            assert not is_out and not is_to_come
        except EndsBeforeItBegins:
            assert ends <= to_be
        except Overtaken:
            assert any(t.state == "approved" and t.live_from <= to_be for t in story.texts[number:])
        except WidensTheTime:
            assert name != "gunnar" or name in text.writers
        else:
            assert is_out or is_to_come
            longer = text.live_until and (ends is None or ends > text.live_until)
            if to_be < text.live_from or longer:
                assert name == "gunnar" and name not in text.writers
            text.live_from, text.live_until = to_be, ends
            for following in story.texts[number - 1 :]:
                if following.state == "approved":
                    story.date(following)

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
