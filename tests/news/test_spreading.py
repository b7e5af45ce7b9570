"""Those whom a text is meant for hear of it when it comes out: once, and as each of them wishes."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from accounts.models import Cadence, Mail, Notification
from accounts.wishing import wish
from news import publishing, spreading, targeting, writing
from news.models import Announcement, Article
from tests.news.conftest import hours

pytestmark = pytest.mark.django_db

Kind = Notification.Kind


def told(article):
    """The given names of those who were told, in the portal or for a digest."""
    about = Notification.objects.about(spreading.about_of(article))
    return sorted(about.values_list("person__given_name", flat=True))


def mailed():
    return sorted(Mail.objects.filter(event="article_out").values_list("to__given_name", flat=True))


@pytest.fixture
def social(cast, start):
    """The draft of a news story for Socialförvaltningen, where Maja and Olof work."""
    return start("Nytt schema", audience=cast.audiences.social)


def test_those_it_is_meant_for_are_told_once_and_by_mail_as_they_wish(cast, social, publish):
    wish(cast.maja, {Kind.NEWS: (True, Cadence.AT_ONCE)})
    publish(social)
    assert told(social) == ["Maja", "Olof"]
    assert mailed() == ["Maja"]
    notification = cast.maja.notifications.get()
    assert (notification.text, notification.url) == ("Nytt schema", social.get_absolute_url())
    mail = Mail.objects.get(event="article_out")
    assert mail.subject == "Nytt schema"
    assert social.get_absolute_url() in mail.text
    spreading.tell_readers.call(social.pk)
    Announcement.objects.all().delete()
    call_command("daily")
    assert (told(social), mailed()) == (["Maja", "Olof"], ["Maja"])


def test_who_wants_to_hear_nothing_of_a_kind_hears_nothing(cast, social, publish):
    wish(cast.maja, {Kind.NEWS: (False, Cadence.NEVER)})
    wish(cast.olof, {Kind.NEWS: (False, Cadence.WEEKLY)})
    publish(social)
    assert told(social) == ["Olof"]
    assert not cast.olof.notifications.shown().exists()


def test_writers_hear_of_their_own_text_as_writers_only(cast, start, publish):
    article = start(audience=cast.audiences.everyone)
    publish(article)
    assert "Karin" not in told(article)
    assert {"Maja", "Per", "Yngve"} <= set(told(article))


def test_a_change_is_told_of_and_a_small_correction_is_not(cast, social, publish):
    def change(title, **words):
        draft = writing.open_draft(social, by=cast.karin)
        words = {"title": title, "lead": draft.lead, "body": draft.body, **words}
        writing.save_draft(draft, revision=draft.revision, by=cast.karin, **words)
        publish(social)

    publish(social)
    change("Nytt schema i höst", is_minor=True)
    assert cast.maja.notifications.count() == 1
    change("Nytt schema i vinter")
    texts = cast.maja.notifications.values_list("text", flat=True)
    assert list(texts) == ["Ändrat: Nytt schema i vinter", "Nytt schema"]


def test_nobody_hears_before_it_is_out_and_the_hourly_round_makes_up_for_a_lost_task(
    cast, social, publish, settings, monkeypatch
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    live_from = hours(3)
    publish(social, live_from=live_from)
    queued = DBTaskResult.objects.filter(task_path=spreading.tell_readers.module_path)
    assert [task.run_after for task in queued] == [live_from]
    assert spreading.tell_of_what_came_out() == 0
    assert told(social) == []
    monkeypatch.setattr("django.utils.timezone.now", lambda: live_from + timedelta(days=1))
    assert spreading.tell_of_what_came_out() == 1
    assert spreading.tell_of_what_came_out() == 0
    assert told(social) == ["Maja", "Olof"]


def test_what_is_taken_back_or_old_is_no_news(cast, start, publish, monkeypatch):
    withdrawn, old = start("Dras tillbaka"), start("Gammal")
    live_from = hours(3)
    publish(withdrawn, live_from=live_from)
    publish(old, live_from=live_from)
    publishing.withdraw(withdrawn, by=cast.gunnar)
    later = live_from + spreading.STILL_NEWS + timedelta(hours=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert spreading.tell_of_what_came_out() == 0
    assert told(withdrawn) == told(old) == []


def test_somebody_who_joins_later_is_not_told_of_what_was_news_before(cast, social, publish):
    publish(social)
    cast.per.assignments.update(unit=cast.units.social)
    call_command("daily")
    assert told(social) == ["Maja", "Olof"]


def test_each_kind_is_a_wish_of_its_own(cast, start, publish):
    wish(cast.maja, {Kind.BLOG: (True, Cadence.AT_ONCE), Kind.NEWS: (False, Cadence.NEVER)})
    post = start("Tankar i november", kind=Article.Kind.BLOG, audience=cast.audiences.social)
    news = start("Nyhet", audience=cast.audiences.social)
    publish(post)
    publish(news)
    assert (told(post), told(news)) == (["Maja"], ["Olof"])
    assert Mail.objects.get(event="article_out").stops == Kind.BLOG


def found_by(person):
    """What a person finds in the portal, and what waits for a digest of theirs, of what they were told."""
    waiting = person.notifications.due(Cadence.WEEKLY, hours(1))
    return [list(some.values_list("text", flat=True)) for some in (person.notifications.shown(), waiting)]


def test_what_one_may_not_read_is_not_among_ones_notifications_while_one_may_not(cast, start, publish):
    article = start("Till alla")
    publish(article)
    there, gone = [["Till alla"], ["Till alla"]], [[], []]
    said = {"audience": cast.audiences.social, "embargoed": False, "owner": cast.karin}
    for restricted, per_finds in ((True, gone), (False, there), (True, gone)):
        targeting.retarget(article, by=cast.gunnar, restricted=restricted, **said)
        assert (found_by(cast.per), found_by(cast.maja)) == (per_finds, there)
    publishing.trash(article, by=cast.karin)
    assert found_by(cast.maja) == gone
    publishing.restore(article, by=cast.karin)
    assert (found_by(cast.per), found_by(cast.maja)) == (gone, there)
    assert (told(article).count("Maja"), told(article).count("Per")) == (1, 1)


def test_what_comes_out_again_is_found_again_and_told_of_once(cast, social, publish, settings):
    wish(cast.maja, {Kind.NEWS: (True, Cadence.AT_ONCE)})
    publish(social)
    publishing.withdraw(social, by=cast.karin)
    assert found_by(cast.olof) == [[], []]
    draft = writing.open_draft(social, by=cast.karin)
    words = {"title": "Nytt schema", "lead": "Rättat.", "body": draft.body, "is_minor": True}
    writing.save_draft(draft, revision=draft.revision, by=cast.karin, **words)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}  # and its task gets lost
    publish(social)
    assert found_by(cast.olof) == [[], []]
    spreading.tell_of_what_came_out()
    assert found_by(cast.olof) == [["Nytt schema"], ["Nytt schema"]]
    assert (told(social), mailed()) == (["Maja", "Olof"], ["Maja"])


def test_a_wish_said_meanwhile_holds_for_what_is_found_again(cast, social, publish):
    publish(social)
    publishing.trash(social, by=cast.karin)
    wish(cast.maja, {Kind.NEWS: (True, Cadence.NEVER)})
    publishing.restore(social, by=cast.karin)
    assert found_by(cast.maja) == [["Nytt schema"], []]
