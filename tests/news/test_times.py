"""When a text comes out and until when: wished for, decided, changed afterwards; and what then lies where."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from news import publishing, restoring, reviewing, writing
from news.models import Version
from news.rescheduling import NothingToCome, Overtaken, WidensTheTime, reschedule
from tests.cast import assign

from .conftest import hours


def field(moment):
    """What a field for a day and a time sends."""
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def desk(client, **asked):
    return client.get(reverse("news:desk"), asked).text


# Wishes


def test_what_the_writers_wish_for_is_what_the_approver_begins_with(cast, client_as, start):
    article, at = start(), hours(48).replace(second=0, microsecond=0)
    sent = {"live_from": field(at), "live_until": field(at + timedelta(days=7))}
    assert client_as(cast.karin).post(reverse("news:submit", args=[article.pk]), sent).status_code == 302
    step = article.newest_version.steps.get()
    address, gunnar = reverse("news:review", args=[step.pk]), client_as(cast.gunnar)
    page = gunnar.get(address)
    assert f'value="{field(at)}"' in page.text and "önskar att den publiceras" in page.text
    gunnar.post(address, {"approve": ""} | {f"approve-{name}": value for name, value in sent.items()})
    version = Version.objects.get()
    assert (version.live_from, version.live_until) == (at, at + timedelta(days=7))


def test_a_wish_outlives_a_return_but_not_its_time(cast, client_as, start):
    article = start()
    version = reviewing.submit(article.newest_version, by=cast.karin, wished_from=hours(24))
    reviewing.return_version(version.steps.get(), by=cast.gunnar, reason="Mer fakta.")
    draft = writing.open_draft(article, by=cast.karin)
    submit = client_as(cast.karin).get(reverse("news:submit", args=[article.pk]))
    assert submit.context["form"].initial["live_from"] == draft.wished_from == version.wished_from
    Version.objects.filter(pk=draft.pk).update(wished_from=hours(-1))
    submit = client_as(cast.karin).get(reverse("news:submit", args=[article.pk]))
    assert submit.context["form"].initial == {}


# What was decided for the version that is approved


@pytest.fixture
def to_come(start, publish):
    """An approved version that comes out in two days and ends in four."""
    begins = hours(48).replace(second=0, microsecond=0)
    return publish(start(), live_from=begins, live_until=begins + timedelta(days=2))


def correct(article, cast):
    """A new version with a small correction."""
    draft = writing.open_draft(article, by=cast.karin)
    words = {"title": "Nya lekplatser", "lead": draft.lead, "body": draft.body}
    return writing.save_draft(draft, revision=draft.revision, by=cast.karin, is_minor=True, **words)


def inputs(page):
    """What the fields of a page's form hold, by name, as a browser would send them."""
    return dict(re.findall(r'type="datetime-local" name="([^"]+)" value="([^"]*)"', page.text))


def said(page):
    return " ".join(page.text.split())


def test_a_new_version_of_a_scheduled_text_keeps_its_times_through_the_forms(cast, client_as, to_come):
    draft = correct(to_come.article, cast)
    address, karin = reverse("news:submit", args=[to_come.article_id]), client_as(cast.karin)
    page = karin.get(address)
    assert "Version 1 är godkänd och publiceras den" in said(page)
    assert "Version 1 är godkänd att ligga ute till den" in said(page)
    sent = inputs(page)
    assert sent == {"live_from": field(to_come.live_from), "live_until": field(to_come.live_until)}
    karin.post(address, sent)
    address, gunnar = reverse("news:review", args=[draft.steps.get().pk]), client_as(cast.gunnar)
    page = gunnar.get(address)
    assert "Version 1 är godkänd och publiceras den" in said(page)
    assert '<details class="answer-times" open>' in page.text
    assert "Godkänn med de här tiderna" in page.text and "Godkänn och publicera" not in page.text
    gunnar.post(address, {"approve": ""} | inputs(page))
    draft.refresh_from_db()
    assert (draft.state, draft.live_from, draft.live_until) == (
        "approved",
        to_come.live_from,
        to_come.live_until,
    )
    assert to_come.article.live_version() is None


def test_a_new_version_of_what_is_out_ends_when_that_was_to_end(cast, client_as, start, publish):
    first = publish(start(), live_until=hours(72))
    draft = correct(first.article, cast)
    assert (draft.wished_from, draft.wished_until) == (None, first.live_until)
    page = said(client_as(cast.karin).get(reverse("news:submit", args=[first.article_id])))
    assert "att ligga ute till den" in page and "är godkänd och publiceras" not in page


def test_what_was_cancelled_has_no_time_to_carry_on(cast, to_come):
    publishing.withdraw(to_come.article, by=cast.karin)
    draft = correct(to_come.article, cast)
    assert (draft.wished_from, draft.wished_until) == (None, None)


def test_whoever_empties_the_times_is_told_what_comes_of_it_at_every_step(cast, client_as, to_come):
    draft = correct(to_come.article, cast)
    karin, gunnar = client_as(cast.karin), client_as(cast.gunnar)
    address = reverse("news:submit", args=[to_come.article_id])
    told = said(karin.get(address)).count("gäller inte längre den tid som redan är godkänd")
    assert told == 2  # beside each of the two fields
    karin.post(address, {"live_from": "", "live_until": ""})
    review = reverse("news:review", args=[draft.steps.get().pk])
    for page in (karin.get(reverse("news:edit", args=[to_come.article_id])), gunnar.get(review)):
        for told in ("Publiceras så snart den godkänns", "Ligger kvar tills vidare"):
            assert told in said(page)
    page = gunnar.get(review)
    assert "Version 1 är godkänd och publiceras den" not in said(page)
    assert '<details class="answer-times" open>' in page.text
    gunnar.post(review, {"approve": ""} | inputs(page))
    draft.refresh_from_db()
    assert to_come.article.live_version() == draft and draft.live_until is None


def test_whoever_keeps_the_times_is_warned_of_nothing(cast, client_as, to_come):
    draft = correct(to_come.article, cast)
    karin, address = client_as(cast.karin), reverse("news:submit", args=[to_come.article_id])
    karin.post(address, inputs(karin.get(address)))
    review = client_as(cast.gunnar).get(reverse("news:review", args=[draft.steps.get().pk]))
    for page in (karin.get(reverse("news:edit", args=[to_come.article_id])), review):
        assert "är borttage" not in page.text


@pytest.mark.parametrize("is_submitted", [False, True])
def test_other_times_are_carried_to_the_version_in_the_works(cast, to_come, is_submitted):
    draft = correct(to_come.article, cast)
    if is_submitted:
        wished = {"wished_from": draft.wished_from, "wished_until": draft.wished_until}
        reviewing.submit(draft, by=cast.karin, **wished)
    begins, ends = to_come.live_from + timedelta(hours=5), to_come.live_until - timedelta(hours=5)
    reschedule(to_come, by=cast.karin, live_from=begins, live_until=ends)
    draft.refresh_from_db()
    assert (draft.wished_from, draft.wished_until) == (begins, ends)


def test_a_wish_of_its_own_stays_when_the_approved_times_are_changed(cast, to_come):
    draft, own = correct(to_come.article, cast), to_come.live_from + timedelta(hours=1)
    reviewing.submit(draft, by=cast.karin, wished_from=own)
    begins, ends = to_come.live_from + timedelta(hours=5), to_come.live_until - timedelta(hours=5)
    reschedule(to_come, by=cast.karin, live_from=begins, live_until=ends)
    draft.refresh_from_db()
    assert (draft.wished_from, draft.wished_until) == (own, None)


def test_an_older_text_comes_back_without_its_old_times(cast, start, publish):
    article = start()
    returned = reviewing.submit(article.newest_version, by=cast.karin, wished_from=hours(90))
    reviewing.return_version(returned.steps.get(), by=cast.gunnar, reason="Mer fakta.")
    first = publish(article, live_from=hours(24), live_until=hours(96))
    second = publish(article, live_from=hours(12), live_until=None)
    for older in (returned, first):
        draft = restoring.restore_version(older, by=cast.karin)
        assert (draft.wished_from, draft.wished_until) == (second.live_from, None)
        Version.objects.filter(pk=draft.pk).update(title="Annat")  # so that the next is no double click


def test_a_small_correction_is_one_still_when_it_comes_back(cast, published):
    article = published()
    version = reviewing.submit(correct(article, cast), by=cast.karin)
    again = reviewing.take_back(version, by=cast.karin)
    assert again.is_minor
    step = reviewing.submit(again, by=cast.karin).steps.get()
    reviewing.return_version(step, by=cast.gunnar, reason="Ett fel till.")
    assert writing.open_draft(article, by=cast.karin).is_minor


def test_what_follows_an_approved_small_correction_is_none_by_itself(cast, published, publish):
    article = published()
    correct(article, cast)
    publish(article)
    assert not writing.open_draft(article, by=cast.karin).is_minor


# Other times


def test_who_may_withdraw_may_give_it_less_time_and_only_an_approver_more(cast, start, publish):
    version = publish(start(), live_from=hours(48), live_until=hours(96))
    reschedule(version, by=cast.karin, live_from=hours(50), live_until=hours(90))
    for times in ({"live_from": hours(1), "live_until": hours(90)}, {"live_until": None}):
        with pytest.raises(WidensTheTime):
            reschedule(version, by=cast.karin, **times)
    reschedule(version, by=cast.gunnar, live_from=timezone.now(), live_until=None)
    assert version.article.live_version() == version
    assert version.article.live_version().published_at < hours(0)


def test_no_approver_gives_their_own_words_more_time(cast, start, publish):
    assign(cast.maja, cast.units.office, "Biträdande chef", roles=[Role.APPROVER])
    draft = start(by=cast.gunnar).newest_version
    step = reviewing.submit(draft, by=cast.gunnar).steps.get()
    reviewing.approve(step, by=cast.maja, live_from=hours(48))
    with pytest.raises(WidensTheTime):
        reschedule(draft, by=cast.gunnar, live_from=hours(1))
    reschedule(draft, by=cast.maja, live_from=hours(1))


def test_what_is_not_out_or_to_come_has_no_time_to_change(cast, start, published, publish):
    with pytest.raises(NothingToCome):
        reschedule(start().newest_version, by=cast.gunnar, live_until=hours(1))
    article = published()
    first, second = article.newest_version, publish(article, live_from=hours(24))
    third = publish(article, live_from=hours(48))
    with pytest.raises(Overtaken):
        reschedule(second, by=cast.gunnar, live_from=hours(72))
    publishing.withdraw(article, by=cast.karin)
    for version in (first, second, third):
        with pytest.raises(NothingToCome):
            reschedule(version, by=cast.gunnar, live_from=hours(1))


def test_the_page_says_what_is_wrong_beside_the_field_and_keeps_what_was_typed(
    cast, client_as, start, publish
):
    version = publish(start(), live_from=hours(48).replace(second=30), live_until=None)
    address = reverse("news:times", args=[version.article_id, version.number])
    karin = client_as(cast.karin)
    early = karin.post(address, {"live_from": field(hours(4)), "live_until": ""})
    assert early.status_code == 200 and f'value="{field(hours(4))}"' in early.text
    assert "godkändes för en kortare tid" in early.text
    past = karin.post(address, {"live_from": field(version.live_from), "live_until": field(hours(-4))})
    assert "live_until" in past.context["form"].errors
    kept = {"live_from": field(version.live_from), "live_until": field(hours(60))}
    assert karin.post(address, kept).status_code == 302  # a minute's field takes no seconds away
    assert Version.objects.get().live_from == version.live_from
    draft = writing.open_draft(version.article, by=cast.karin)
    nothing = karin.get(reverse("news:times", args=[version.article_id, draft.number]))
    assert nothing.url == reverse("news:edit", args=[version.article_id])


# Where it lies


def test_what_is_published_no_longer_is_still_found_on_the_desk(cast, client_as, start, publish, published):
    withdrawn, cancelled = published("Återtagen text"), start("Inställd text")
    publish(cancelled, live_from=hours(48))
    for article in (withdrawn, cancelled):
        publishing.withdraw(article, by=cast.karin)
    published("Fortfarande ute")
    gone = desk(client_as(cast.karin), visa="avslutat")
    assert "Återtagen text" in gone and "Indragen innan den kom ut" in gone
    assert "Fortfarande ute" not in gone
    writing.open_draft(withdrawn, by=cast.karin)
    assert "Återtagen text" not in desk(client_as(cast.karin), visa="avslutat")


def test_a_text_is_looked_for_by_title_kind_and_owner(cast, client_as, start):
    start("Återvinning i Älvdalen")
    start("Sopor", kind="page", by=cast.ada)
    karin = client_as(cast.karin)
    assert "Återvinning" in desk(karin, visa="alla", q="älvdalen återvinning")
    assert "Återvinning" not in desk(karin, visa="alla", q="älvdalen sopor")
    assert "Sopor" in desk(karin, visa="alla", slag="page")
    assert "Återvinning" not in desk(karin, visa="alla", slag="page")
    assert "Sopor" not in desk(karin, visa="alla", mina="on")
    assert "Återvinning" in desk(karin, visa="alla", slag="ingenting")


def test_whom_a_review_waits_for_and_whether_it_is_late_is_said(cast, client_as, start):
    version = reviewing.submit(start(signatories=[cast.elsa]).newest_version, by=cast.karin)
    version.steps.update(due_on=timezone.localdate() - timedelta(days=1))
    for section in ("", "granskning"):
        page = desk(client_as(cast.karin), visa=section)
        assert "Väntar på Elsa Ängman" in page and "försenad" in page
        assert "Väntar på godkännare" not in page


def test_what_should_be_looked_through_says_whose_it_is(cast, client_as, published):
    article = published("Gammal sida", kind="page")
    type(article).objects.filter(pk=article.pk).update(review_on=timezone.localdate() - timedelta(days=3))
    page = desk(client_as(cast.gunnar), visa="se-over")
    assert "Gammal sida" in page and "Karin Berg ansvarar för texten" in page
