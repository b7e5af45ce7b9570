"""What has happened, gathered in one mail a day or a week: once, whole, and only what may be told."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core import mail as django_mail
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Cadence, Mail, Notification
from accounts.notifying import mark_read, notify
from accounts.wishing import wish
from news import publishing, reviewing, targeting, writing
from news.models import Article
from portal import digesting

pytestmark = pytest.mark.django_db

Kind = Notification.Kind
# A Wednesday, so that the digest of the day and that of the week come on different days.
WEDNESDAY = timezone.make_aware(datetime(2026, 9, 16, 10, 0))


def day(number, hour=8):
    return timezone.make_aware(datetime(2026, 9, number, hour, 0))


@pytest.fixture
def clock():
    with time_machine.travel(WEDNESDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def publish(cast, clock):
    """A function that publishes a text for Socialförvaltningen, where Maja and Olof work."""

    def publish(title, **fields):
        fields = {"kind": Article.Kind.NEWS, "audience": cast.audiences.social, **fields}
        article = writing.start_article(
            title=title, unit=cast.units.office, lead=f"Mer om {title}.", by=cast.karin, **fields
        )
        step = reviewing.submit(article.newest_version, by=cast.karin).steps.get()
        reviewing.approve(step, by=cast.gunnar)
        return article

    return publish


def digests(person):
    return list(Mail.objects.filter(event="digest", to=person).order_by("queued_at"))


def test_a_digest_of_the_day_and_of_the_week_tell_each_thing_once(cast, publish, clock):
    wish(cast.maja, {Kind.NEWS: (True, Cadence.DAILY)})
    publish("Nytt schema")
    publish("Ny chef")
    call_command("daily")
    assert not digests(cast.maja), "not before the morning"
    for hour in (7, 8, 8, 12):  # the hourly round, late and twice over
        clock.move_to(day(17, hour))
        call_command("daily")
    (mail,) = digests(cast.maja)
    assert "2 nya saker" in mail.subject
    for words in ("Nytt schema", "Mer om Nytt schema.", "Ny chef", "/nyheter/ny-chef/"):
        assert words in mail.text
        assert words in mail.html
    assert not digests(cast.olof), "his is that of the week"
    publish("Nästa nyhet")
    clock.move_to(day(21))
    call_command("daily")
    assert len(digests(cast.olof)) == 1
    assert [name in digests(cast.olof)[0].text for name in ("Nytt schema", "Nästa nyhet")] == [True, True]
    assert "Nytt schema" not in digests(cast.maja)[1].text
    sent = [message.subject for message in django_mail.outbox if "Samspel" in message.subject]
    assert len(sent) == 3


def test_an_empty_digest_is_not_sent(cast, publish, clock):
    wish(cast.maja, {Kind.NEWS: (True, Cadence.DAILY)})
    publish("Läst redan")
    withdrawn = publish("Dras tillbaka")
    closed = publish("Stängs")
    mark_read(cast.maja, notification=cast.maja.notifications.get(text="Läst redan"))
    publishing.withdraw(withdrawn, by=cast.gunnar)
    targeting.retarget(
        closed,
        audience=cast.audiences.leaders,
        restricted=True,
        embargoed=False,
        owner=cast.karin,
        by=cast.gunnar,
    )
    cast.maja.assignments.update(is_manager=False)  # and so none of the audience
    clock.move_to(day(17))
    assert digesting.see_to_digests() == 1
    assert not digests(cast.maja)
    assert digesting.see_to_digests() == 0, "it is not asked for every hour"


def test_a_text_told_of_twice_is_told_as_it_is_now_once(cast, publish, clock):
    article = publish("Nytt schema")
    clock.shift(timedelta(hours=1))
    draft = writing.open_draft(article, by=cast.karin)
    words = {"title": "Nyare schema", "lead": draft.lead, "body": draft.body}
    writing.save_draft(draft, revision=draft.revision, by=cast.karin, **words)
    reviewing.approve(reviewing.submit(draft, by=cast.karin).steps.get(), by=cast.gunnar)
    clock.move_to(day(21))
    call_command("daily")
    (mail,) = digests(cast.olof)
    assert mail.text.count("/nyheter/nytt-schema/") == 1
    assert "Nyare schema" in mail.text


def test_a_review_that_has_its_answer_is_no_news(cast, clock):
    wish(cast.gunnar, {Kind.REVIEW: (True, Cadence.DAILY)})
    audience = cast.audiences.everyone
    fields = {"kind": Article.Kind.PAGE, "unit": cast.units.office, "audience": audience, "by": cast.karin}
    waits, answered = (writing.start_article(title=title, **fields) for title in ("Väntar", "Besvarad"))
    steps = [reviewing.submit(one.newest_version, by=cast.karin).steps.get() for one in (waits, answered)]
    assert not Mail.objects.filter(to=cast.gunnar).exists()
    reviewing.approve(steps[1], by=cast.gunnar)
    clock.move_to(day(17))
    call_command("daily")
    (mail,) = digests(cast.gunnar)
    assert "Väntar" in mail.text
    assert "Besvarad" not in mail.text


def test_another_wish_holds_for_what_waits(cast, publish, clock):
    publish("Nytt schema")
    wish(cast.maja, {Kind.NEWS: (True, Cadence.AT_ONCE)})
    wish(cast.olof, {Kind.NEWS: (True, Cadence.NEVER)})
    clock.move_to(day(17))
    call_command("daily")
    clock.move_to(day(21))
    call_command("daily")
    assert len(digests(cast.maja)) == 1
    assert not digests(cast.olof)


def test_who_has_left_gets_no_digest(cast, publish, clock):
    publish("Nytt schema")
    cast.maja.assignments.update(ends_on=day(18).date())
    clock.move_to(day(21))
    call_command("daily")
    assert not digests(cast.maja)
    assert digests(cast.olof)


def test_a_digest_that_could_not_be_written_is_written_by_the_next_round(cast, publish, clock, monkeypatch):
    publish("Nytt schema")
    clock.move_to(day(21))
    with monkeypatch.context() as broken:
        broken.setattr("portal.digesting.queue_mails", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            digesting.write_digests.call([cast.olof.pk], "weekly")
    assert not digests(cast.olof)
    digesting.see_to_digests()
    assert len(digests(cast.olof)) == 1


def test_a_digest_costs_the_same_with_1_and_30_things(cast, clock, django_assert_num_queries):
    wish(cast.olof, {Kind.DESK: (True, Cadence.DAILY)})

    def tell(first, last):
        for number in range(first, last):
            notify(
                [cast.olof],
                key=f"k{number}",
                kind=Kind.DESK,
                text=lambda number=number: f"Sak {number}",
                url=f"/{number}/",
                mail=lambda person, key: None,
            )

    tell(0, 1)
    for at, more in ((17, 30), (18, 0)):
        clock.move_to(day(at))
        with django_assert_num_queries(15):
            digesting.write_digests.call([cast.olof.pk], "daily")
        tell(1, more)
    assert [mail.text.count("Sak") for mail in digests(cast.olof)] == [1, 29]


def test_what_was_read_a_year_ago_is_forgotten_and_what_was_not_a_year_later(cast, clock):
    def told(key, *, years, read):
        notify([cast.maja], key=key, kind=Kind.OTHER, text=lambda: key, url="/")
        at = WEDNESDAY - timedelta(days=365 * years, minutes=1)
        one = Notification.objects.filter(key=key)
        one.update(created_at=at, read_at=at if read else None)

    told("read a year ago", years=1, read=True)
    told("told a year ago", years=1, read=False)
    told("told two years ago", years=2, read=False)
    told("read today", years=0, read=True)
    for _round in range(2):
        call_command("daily")
        assert set(Notification.objects.values_list("key", flat=True)) == {"told a year ago", "read today"}
