"""Taking back, going back to an earlier text, looking through, and what becomes of the trash."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import Audience, LogEntry, Mail, Notification, Role
from news import overlooking, publishing, reminding, removing, restoring, reviewing, routing, writing
from news.models import Article, Version
from news.permissions import may_look_through
from news.refusals import NotInReview, NotPublished, OwnText, StillInReview
from tests.cast import assign


def in_days(number):
    """So many days from now at this time of day; it is summer time then, and the days are not all as long."""
    return time_machine.travel((timezone.localtime() + timedelta(days=number)).astimezone(UTC))


def test_what_was_submitted_is_taken_back_and_stays_as_it_was(cast, start, client_as):
    version = reviewing.submit(start().newest_version, by=cast.karin)
    client, url = client_as(cast.karin), reverse("news:take_back", args=[version.article_id])
    assert [client.post(url).status_code for _ in range(2)] == [302, 302]
    version.refresh_from_db()
    newest = version.article.newest_version
    assert (version.state, newest.state, newest.number) == ("set_aside", "draft", 2)
    assert newest.body == version.body and set(newest.writers.all()) == {cast.karin}
    assert Notification.objects.filter(person=cast.gunnar, key__startswith="taken-back").exists()
    review = reverse("news:review", args=[version.steps.get().pk])
    assert client_as(cast.gunnar).post(review, {"approve": ""}).status_code == 409
    assert version.article.live_version() is None


def test_what_has_its_answer_is_not_taken_back(cast, published):
    with pytest.raises(NotInReview):
        reviewing.take_back(published().newest_version, by=cast.karin)


def rewritten(cast, article, body):
    draft = writing.open_draft(article, by=cast.karin)
    return writing.save_draft(
        draft, revision=draft.revision, by=cast.karin, title=draft.title, lead=draft.lead, body=body
    )


def test_any_version_comes_back_as_a_draft_that_needs_its_own_yes(cast, published, publish):
    article = published(body="<p>Första.</p>")
    rewritten(cast, article, "<p>Andra.</p>")
    publish(article)
    first = article.versions.get(number=1)
    draft = restoring.restore_version(first, by=cast.karin)
    assert (draft.number, draft.body, draft.state) == (3, "<p>Första.</p>", "draft")
    assert article.live_version().number == 2
    assert restoring.restore_version(first, by=cast.karin) == draft  # a double click
    publish(article)
    assert article.live_version().body == "<p>Första.</p>"


def test_a_draft_in_the_works_is_set_aside_not_lost(cast, published):
    article = published(body="<p>Första.</p>")
    rewritten(cast, article, "<p>Halvfärdigt.</p>")
    restoring.restore_version(article.versions.get(number=1), by=cast.karin)
    aside = article.versions.get(number=2)
    assert (aside.state, aside.body) == ("set_aside", "<p>Halvfärdigt.</p>")
    again = restoring.restore_version(aside, by=cast.karin)
    assert again.body == "<p>Halvfärdigt.</p>"


def test_words_that_nobody_approved_keep_their_writers(cast, start):
    article = start(by=cast.gunnar)
    first = reviewing.submit(article.newest_version, by=cast.gunnar)
    reviewing.take_back(first, by=cast.karin)
    draft = restoring.restore_version(first, by=cast.ada)
    step = reviewing.submit(draft, by=cast.ada).steps.get()
    with pytest.raises(OwnText):
        reviewing.approve(step, by=cast.gunnar)


def test_nothing_is_restored_over_what_waits_for_its_answer(cast, published):
    article = published()
    reviewing.submit(rewritten(cast, article, "<p>Ny.</p>"), by=cast.karin)
    with pytest.raises(StillInReview):
        restoring.restore_version(article.versions.get(number=1), by=cast.karin)


# Looking through


def asked():
    return [mail.to for mail in Mail.objects.filter(event="look_through").order_by("queued_at")]


def test_a_page_is_looked_through_after_half_a_year_by_its_owner_then_by_the_head(cast, published):
    article = published(kind="page")
    article.refresh_from_db()
    assert 180 <= (article.review_on - timezone.localdate()).days <= 185
    heads = after = (article.review_on - timezone.localdate()).days
    for day, expected in (
        (after - 1, []),
        (after, [cast.karin]),
        (after + 3, [cast.karin]),
        (heads + 13, [cast.karin]),
        (heads + 14, [cast.karin, cast.gunnar]),
        (heads + 90, [cast.karin, cast.gunnar]),
    ):
        with in_days(day):
            reminding.remind_of_old_texts()
            reminding.remind_of_old_texts()
        assert asked() == expected


def test_a_clock_that_stood_still_over_the_day_asks_when_it_has_passed(cast, published):
    article = published(kind="page")
    article.refresh_from_db()
    with in_days((article.review_on - timezone.localdate()).days + 3):
        reminding.remind_of_old_texts()
    assert asked() == [cast.karin]


@pytest.mark.parametrize(
    ("months", "day"), [(1, date(2026, 9, 30)), (6, date(2027, 2, 28)), (18, date(2028, 2, 29)), (None, None)]
)
def test_each_kind_is_looked_through_after_as_many_months_as_its_route_says(
    cast, start, publish, months, day
):
    """From 31 August: to the last day of a month that has no 31st. Other kinds keep their own."""
    steps = [{"stage": 1, "role": Role.APPROVER, "days": 5}]
    said = {"sign_off_days": 5, "months_until_review": months, "revision": 0}
    routing.lay_out("blog", steps=steps, by=cast.ada, **said)
    post, page = start("Ett inlägg", kind="blog"), start("En sida", kind="page")
    for article in (post, page):
        publish(article, live_from=timezone.make_aware(datetime(2026, 8, 31, 12)))
        article.refresh_from_db()
    assert (post.review_on, page.review_on) == (day, date(2027, 2, 28))


def test_where_the_owner_has_left_the_head_is_asked_at_once(cast, published):
    published(kind="page")
    cast.karin.assignments.update(ends_on=timezone.localdate() + timedelta(days=30))
    with in_days(190):
        reminding.remind_of_old_texts()
    assert asked() == [cast.gunnar]


@pytest.mark.parametrize("why", ["owns it", "may not read it"])
def test_where_the_head_owns_it_or_may_not_read_it_the_next_above_is_asked(cast, published, why):
    assign(cast.ulla, cast.units.office.parent, "Kommundirektör", is_manager=True)
    article = published(kind="page")
    if why == "owns it":
        Article.objects.filter(pk=article.pk).update(owner=cast.gunnar)
        owner = cast.gunnar
    else:
        heads = Audience.objects.create(name="Skolan")
        heads.rules.create(unit=cast.units.schools)
        Article.objects.filter(pk=article.pk).update(audience=heads, restricted=True)
        owner = cast.karin
    for day in (190, 210):
        with in_days(day):
            reminding.remind_of_old_texts()
    assert asked() == [owner, cast.ulla]
    article.refresh_from_db()
    assert may_look_through(cast.ulla, article) and not may_look_through(cast.per, article)


def test_still_right_moves_the_day(cast, published, client_as):
    article = published(kind="page")
    with in_days(200):
        url = reverse("news:look_through", args=[article.pk])
        client = client_as(cast.karin)
        assert "panel-mark" in client.get(url).text
        assert [client.post(url).status_code for _ in range(2)] == [302, 302]
        article.refresh_from_db()
        assert article.review_on > timezone.localdate() + timedelta(days=180)
        assert reminding.remind_of_old_texts() == 0
    assert LogEntry.objects.filter(event="article.still_right").count() == 1


def test_news_grow_old_in_peace_and_a_small_correction_moves_no_day(cast, published, publish):
    news, page = published(), published("En sida", kind="page")
    assert news.review_on is None
    page.refresh_from_db()
    first = page.review_on
    with in_days(30):
        draft = writing.open_draft(page, by=cast.karin)
        writing.save_draft(
            draft, revision=draft.revision, by=cast.karin, title="Ny", lead="", body="", is_minor=True
        )
        publish(page)
    page.refresh_from_db()
    assert page.review_on == first


def test_what_is_not_published_cannot_be_still_right(cast, start):
    with pytest.raises(NotPublished):
        overlooking.confirm_still_right(start(kind="page"), by=cast.karin)


def test_whoever_leads_the_unit_may_say_so_and_others_not(cast, published, client_as):
    article = published(kind="page", unit=cast.units.social)
    url = reverse("news:look_through", args=[article.pk])
    assert client_as(cast.olof).get(url).status_code == 200
    assert client_as(cast.per).get(url).status_code == 403
    secret = published("Hemlig", kind="page", audience=cast.audiences.social, restricted=True)
    assert client_as(cast.per).get(reverse("news:look_through", args=[secret.pk])).status_code == 404


# The trash


def test_after_thirty_days_drafts_go_and_records_stay(cast, start, published):
    draft, seen = start("Bara ett utkast"), published("Har varit ute")
    taken = start("Har varit i granskning")
    reviewing.take_back(reviewing.submit(taken.newest_version, by=cast.karin), by=cast.karin)
    for article in (draft, seen, taken):
        publishing.trash(article, by=cast.karin)
    with in_days(29):
        assert removing.empty_trash() == 0
    with in_days(30.1):
        assert [removing.empty_trash() for _ in range(2)] == [1, 0]
    assert set(Article.objects.all()) == {seen, taken}
    entry = LogEntry.objects.get(event="article.removed")
    assert (entry.about_id, entry.by) == (str(draft.pk), None)


def test_what_was_restored_in_time_stays(cast, start):
    article = start()
    publishing.trash(article, by=cast.karin)
    publishing.restore(article, by=cast.karin)
    with in_days(40):
        assert removing.empty_trash() == 0
    assert Version.objects.count() == 1
