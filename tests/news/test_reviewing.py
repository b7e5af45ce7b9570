"""Four eyes, in their order, once."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import LogEntry, Mail, Notification
from news import publishing, reviewing, writing
from news.models import ReviewStep, Version
from news.refusals import AlreadyAnswered, EndsBeforeItBegins, NotEditable, NotInTurn, OwnText
from news.signals import version_approved

from .conftest import hours


@pytest.fixture
def in_review(cast, start):
    """A function that starts an article and submits it; returns the version."""

    def in_review(**fields):
        by = fields.get("by", cast.karin)
        return reviewing.submit(start(**fields).newest_version, by=by)

    return in_review


def test_a_news_article_needs_one_approver(cast, in_review):
    version = in_review()
    step = version.steps.get()
    assert (step.role, step.reviewer) == ("approver", None)
    assert list(ReviewStep.objects.waiting_for(cast.gunnar)) == [step]
    for other in (cast.karin, cast.per, cast.ada, cast.former):
        assert not ReviewStep.objects.waiting_for(other).exists()
    reviewing.approve(step, by=cast.gunnar)
    version.refresh_from_db()
    assert version.state == "approved"
    assert version.article.live_version() == version


def test_a_summary_needs_both_leaders_in_any_order_and_then_the_approver(cast, in_review):
    version = in_review(kind="summary", signatories=[cast.olof, cast.elsa])
    olof, elsa = (version.steps.get(reviewer=person) for person in (cast.olof, cast.elsa))
    last = version.steps.get(role="approver")
    with pytest.raises(NotInTurn):
        reviewing.approve(last, by=cast.gunnar)
    reviewing.approve(elsa, by=cast.elsa)
    assert not ReviewStep.objects.waiting_for(cast.gunnar).exists()
    reviewing.approve(olof, by=cast.olof)
    assert list(ReviewStep.objects.waiting_for(cast.gunnar)) == [last]
    assert version.article.live_version() is None
    reviewing.approve(last, by=cast.gunnar)
    assert version.article.live_version() == version


def test_nobody_approves_their_own_words(cast, in_review):
    step = in_review(by=cast.gunnar).steps.get()
    assert not ReviewStep.objects.waiting_for(cast.gunnar).exists()
    with pytest.raises(OwnText):
        reviewing.approve(step, by=cast.gunnar)
    step.refresh_from_db()
    assert step.decision == "pending"


def test_one_changed_word_makes_a_writer(cast, start):
    draft = start().newest_version
    writing.save_draft(
        draft, revision=draft.revision, by=cast.gunnar, title="Lekplatser", lead="", body=draft.body
    )
    step = reviewing.submit(draft, by=cast.karin).steps.get()
    with pytest.raises(OwnText):
        reviewing.approve(step, by=cast.gunnar)


def test_the_second_answer_to_a_step_changes_nothing(cast, in_review):
    step = in_review().steps.get()
    reviewing.return_version(step, by=cast.gunnar, reason="Rubriken stämmer inte.")
    with pytest.raises(AlreadyAnswered) as refusal:
        reviewing.approve(step, by=cast.ada)
    assert "Gunnar Holm" in str(refusal.value)
    assert step.version.article.live_version() is None
    with pytest.raises(AlreadyAnswered):
        reviewing.return_version(step, by=cast.gunnar, reason="Igen")
    step.refresh_from_db()
    assert (step.decision, step.reason) == ("returned", "Rubriken stämmer inte.")


def test_a_return_ends_the_review_for_everyone(cast, in_review):
    version = in_review(signatories=[cast.olof, cast.elsa])
    olof, elsa = (version.steps.get(reviewer=person) for person in (cast.olof, cast.elsa))
    reviewing.return_version(olof, by=cast.olof, reason="Siffrorna saknas.")
    assert not ReviewStep.objects.waiting_for(cast.elsa).exists()
    with pytest.raises(AlreadyAnswered):
        reviewing.approve(elsa, by=cast.elsa)


def test_a_return_has_a_reason_in_the_database_too(cast, in_review):
    step = in_review().steps.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        reviewing.return_version(step, by=cast.gunnar, reason="  ")
    assert Version.objects.get().state == "submitted"


def test_what_lies_in_the_trash_is_not_reviewed(cast, in_review):
    version = in_review()
    publishing.trash(version.article, by=cast.karin)
    assert not ReviewStep.objects.waiting_for(cast.gunnar).exists()
    with pytest.raises(NotEditable):
        reviewing.approve(version.steps.get(), by=cast.gunnar)


def test_a_text_is_submitted_once(cast, in_review):
    version = in_review()
    with pytest.raises(NotEditable):
        reviewing.submit(version, by=cast.karin)
    assert version.steps.count() == 1


def test_a_time_to_end_must_come_after_the_time_to_begin(cast, in_review):
    step = in_review().steps.get()
    with pytest.raises(EndsBeforeItBegins):
        reviewing.approve(step, by=cast.gunnar, live_from=hours(2), live_until=hours(1))
    step.refresh_from_db()
    assert step.decision == "pending"


def test_each_is_told_once_what_concerns_them(cast, in_review):
    version = in_review(signatories=[cast.olof, cast.elsa])
    asked = Mail.objects.filter(event="review_requested")
    assert {mail.to for mail in asked} == {cast.olof, cast.elsa}
    for step in version.steps.filter(stage=1):
        reviewing.approve(step, by=step.reviewer)
    assert asked.filter(to=cast.gunnar).count() == 1
    last = version.steps.get(stage=2)
    assert f"/redaktion/granskning/{last.pk}/" in asked.get(to=cast.gunnar).text
    reviewing.approve(last, by=cast.gunnar)
    assert [mail.to for mail in Mail.objects.filter(event="version_approved")] == [cast.karin]
    assert Notification.objects.filter(person=cast.karin, key=f"approved:{version.pk}").count() == 1


def test_the_writer_is_told_why_it_came_back(cast, in_review):
    reviewing.return_version(in_review().steps.get(), by=cast.gunnar, reason="Vem svarar på frågor?")
    mail = Mail.objects.get(event="version_returned")
    assert mail.to == cast.karin
    assert "Vem svarar på frågor?" in mail.text


def test_a_writer_who_also_approves_is_not_asked_about_own_words(cast, in_review):
    in_review(by=cast.gunnar)
    assert not Mail.objects.filter(to=cast.gunnar).exists()


def test_others_hear_of_an_approval_inside_its_transaction(cast, in_review):
    heard = []

    def listen(sender, version, by, **kwargs):
        heard.append((version.state, by, transaction.get_connection().in_atomic_block))

    version_approved.connect(listen)
    try:
        reviewing.approve(in_review().steps.get(), by=cast.gunnar)
    finally:
        version_approved.disconnect(listen)
    assert heard == [("approved", cast.gunnar, True)]


def test_every_act_is_logged(cast, in_review):
    version = in_review()
    reviewing.approve(version.steps.get(), by=cast.gunnar)
    events = list(LogEntry.objects.about(version.article).values_list("event", "by__given_name"))
    assert events == [
        ("version.approved", "Gunnar"),
        ("version.signed_off", "Gunnar"),
        ("version.submitted", "Karin"),
        ("article.started", "Karin"),
    ]
