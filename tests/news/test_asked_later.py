"""What comes to be "must be read" when it is out already is told of once to each who is to confirm it."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Cadence, Mail, Notification
from accounts.wishing import wish
from news import confirming, spreading, targeting, writing
from news.models import Announcement
from tests.cast import make_people
from tests.news.conftest import hours

pytestmark = pytest.mark.django_db

Kind = Notification.Kind


def asked():
    """The given names of those who were told that they are to confirm something."""
    told = Notification.objects.filter(kind=Kind.MUST_READ)
    return sorted(told.values_list("person__given_name", flat=True))


def mailed():
    mails = Mail.objects.filter(event="article_out", stops=Kind.MUST_READ)
    return sorted(mails.values_list("to__given_name", flat=True))


@pytest.fixture
def routine(cast, published):
    """A news story for Socialförvaltningen (Maja, Olof) that is out, and that nobody had to read."""
    return published("Ny rutin", audience=cast.audiences.social)


def aim(article, audience, *, by):
    said = {"restricted": article.restricted, "embargoed": article.embargoed, "owner": article.owner}
    targeting.retarget(article, by=by, audience=audience, **said)


def test_those_it_is_meant_for_are_told_once_however_often_it_is_turned_on(cast, routine):
    assert asked() == []
    for _time in range(2):
        confirming.ask_for_confirmation(routine, by=cast.karin)
        confirming.stop_asking(routine, by=cast.karin)
        confirming.ask_for_confirmation(routine, by=cast.karin)
        spreading.tell_readers.call(routine.pk)
        call_command("daily")
    assert asked() == mailed() == ["Maja", "Olof"]
    texts = cast.maja.notifications.values_list("text", flat=True)
    assert list(texts) == ["Läs och bekräfta: Ny rutin", "Ny rutin"]


def test_who_has_confirmed_or_written_it_is_not_asked(cast, routine):
    confirming.ask_for_confirmation(routine, by=cast.karin)
    Notification.objects.filter(kind=Kind.MUST_READ).delete()
    confirming.confirm(routine.live_version(), by=cast.maja)
    routine.live_version().writers.add(cast.olof)
    routine.announcements.update(asks=False)
    spreading.tell_readers.call(routine.pk)
    assert asked() == []


def test_a_digest_does_not_say_the_lesser_thing_afterwards(cast, routine):
    assert cast.maja.notifications.waiting().count() == 1
    confirming.ask_for_confirmation(routine, by=cast.karin)
    assert not cast.maja.notifications.waiting().exists()
    assert mailed() == ["Maja", "Olof"]


def test_it_is_told_as_each_of_them_wishes(cast, routine):
    wish(cast.olof, {Kind.MUST_READ: (True, Cadence.DAILY)})
    confirming.ask_for_confirmation(routine, by=cast.karin)
    assert mailed() == ["Maja"]
    assert cast.olof.notifications.waiting().get().text == "Läs och bekräfta: Ny rutin"


def test_an_old_text_asks_too_and_the_hourly_round_makes_up_for_a_lost_task(
    cast, routine, settings, monkeypatch
):
    """Old enough to be no news, and one that came out before anybody was told of anything."""
    later = timezone.now() + spreading.STILL_NEWS + timedelta(days=2)
    Announcement.objects.all().delete()
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert spreading.tell_of_what_came_out() == 0
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    confirming.ask_for_confirmation(routine, by=cast.karin)
    assert asked() == []
    assert spreading.tell_of_what_came_out() == 1
    assert spreading.tell_of_what_came_out() == 0
    assert asked() == ["Maja", "Olof"]


def test_a_larger_audience_is_asked_and_the_former_not_again(cast, routine):
    confirming.ask_for_confirmation(routine, by=cast.karin)
    aim(routine, cast.audiences.everyone, by=cast.gunnar)
    assert len(asked()) > 2
    assert asked().count("Maja") == asked().count("Per") == 1
    before = asked()
    aim(routine, cast.audiences.social, by=cast.gunnar)
    aim(routine, cast.audiences.everyone, by=cast.gunnar)
    assert asked() == before


def test_a_larger_audience_of_what_asks_nobody_is_not_asked(cast, routine):
    aim(routine, cast.audiences.everyone, by=cast.gunnar)
    assert asked() == []


def test_a_small_correction_asks_nobody_and_a_change_everybody_anew(cast, routine, publish):
    def change(**words):
        draft = writing.open_draft(routine, by=cast.karin)
        words = {"title": draft.title, "lead": draft.lead, "body": draft.body, **words}
        writing.save_draft(draft, revision=draft.revision, by=cast.karin, **words)
        publish(routine)

    confirming.ask_for_confirmation(routine, by=cast.karin)
    change(lead="Ny ingress.", is_minor=True)
    assert asked() == ["Maja", "Olof"]
    change(lead="En annan rutin.")
    assert asked() == ["Maja", "Maja", "Olof", "Olof"]


def test_what_is_not_out_yet_asks_when_it_comes_out(cast, start, publish, monkeypatch):
    article = start("Kommer snart", audience=cast.audiences.social)
    live_from = hours(3)
    publish(article, live_from=live_from)
    confirming.ask_for_confirmation(article, by=cast.karin)
    assert asked() == []
    monkeypatch.setattr("django.utils.timezone.now", lambda: live_from + timedelta(hours=1))
    spreading.tell_of_what_came_out()
    assert asked() == ["Maja", "Olof"]


def test_many_are_told_in_lots_and_it_ends_where_nobody_is_asked_any_more(cast, routine, monkeypatch):
    make_people([(f"a{one}", "Kim", f"Nr{one}") for one in range(6)], cast.units.social, "Handläggare")
    monkeypatch.setattr(spreading, "AT_A_TIME", 4)
    lots, tell = [], spreading._tell

    def tell_once(version, people):
        lots.append(len(people))
        tell(version, people)
        confirming.stop_asking(routine, by=cast.karin)

    monkeypatch.setattr(spreading, "_tell", tell_once)
    confirming.ask_for_confirmation(routine, by=cast.karin)
    assert lots == [4]
    assert len(asked()) == 4
    monkeypatch.setattr(spreading, "_tell", tell)
    confirming.ask_for_confirmation(routine, by=cast.karin)
    assert len(asked()) == 8
