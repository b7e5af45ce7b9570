"""Mails to many: decided in the request, written by a task, once each, however often it is cut off."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Mail, Notification
from forums import announcing, circulating, planning, registering
from forums.models import Circular, Forum
from tests.cast import assign


class TakenBackError(Exception):
    """What ends a request before its transaction has."""


@pytest.fixture
def queued(settings):
    """Tasks wait in the database, as in production."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def told(event="forum_invitation"):
    return sorted(Mail.objects.filter(event=event).values_list("to__given_name", flat=True))


def carry_out_all():
    for circular in Circular.objects.unfinished():
        circulating.carry_out.call(circular.pk)


def send_invitations():
    carry_out_all()
    Mail.objects.update(state=Mail.State.SENT)


def test_the_request_writes_invitations_and_one_task_but_no_mail(
    cast, make_forum, managers, queued, django_assert_max_num_queries
):
    managers(30)
    forum = make_forum(announced=False)
    with django_assert_max_num_queries(18):
        announcing.announce(forum, by=cast.fatima)
    assert forum.invitations.count() == 36
    assert not Mail.objects.exists()
    assert DBTaskResult.objects.get().task_path == circulating.carry_out.module_path


def test_the_task_is_gone_on_with_where_it_was_cut_off(cast, make_forum, queued, monkeypatch):
    make_forum()
    monkeypatch.setattr(circulating, "AT_A_TIME", 2)
    queue_mails, batches = circulating.queue_mails, []

    def cut_off_in_the_third(mails):
        batches.append(mails)
        return queue_mails(mails) if len(batches) < 3 else 1 / 0

    monkeypatch.setattr(circulating, "queue_mails", cut_off_in_the_third)
    with pytest.raises(ZeroDivisionError):
        carry_out_all()
    assert len(told()) == 4
    assert Notification.objects.count() == 4
    monkeypatch.setattr(circulating, "queue_mails", queue_mails)
    before = DBTaskResult.objects.count()
    call_command("daily")
    assert DBTaskResult.objects.count() > before
    carry_out_all()
    assert told() == ["Elsa", "Folke", "Gunnar", "Maja", "Olof", "Ulla"]
    assert Notification.objects.count() == 6
    assert not Circular.objects.unfinished().exists()


def test_carried_out_twice_it_tells_once(cast, make_forum, queued):
    make_forum()
    circular = Circular.objects.get()
    assert circulating.carry_out.call(circular.pk) == 6
    assert circulating.carry_out.call(circular.pk) == 0
    assert len(told()) == 6


def test_what_is_true_when_the_mail_is_written_decides(cast, make_forum, queued):
    forum = make_forum()
    registering.decline(forum, person=cast.maja, by=cast.maja)
    cast.elsa.assignments.update(ends_on=timezone.localdate() - timedelta(days=1))
    carry_out_all()
    assert told() == ["Folke", "Gunnar", "Olof", "Ulla"]


def test_a_change_that_a_newer_one_has_overtaken_is_not_told_of(cast, make_forum, queued):
    forum = make_forum()
    send_invitations()
    planning.change_forum(forum, place="Stadshuset", by=cast.fatima)
    planning.change_forum(forum, place="Rådhuset", by=cast.fatima)
    carry_out_all()
    mails = Mail.objects.filter(event="forum_changed")
    assert mails.count() == 6
    assert all("Rådhuset" in mail.text for mail in mails)


@pytest.mark.parametrize("fields", [("place", "title"), ("title", "place")])
def test_a_change_is_told_of_though_the_title_is_mended_beside_it(cast, make_forum, queued, fields):
    forum = make_forum()
    send_invitations()
    words = {"place": "Rådhuset", "title": "Chefsforum igen"}
    for field in fields:
        forum = planning.change_forum(forum, by=cast.fatima, **{field: words[field]})
    carry_out_all()
    changed = Mail.objects.filter(event="forum_changed")
    assert changed.count() == 6
    for mail in changed:
        assert "Rådhuset" in mail.text and "Chefsforum igen" in mail.subject
        assert "SEQUENCE:2" in mail.calendar


def test_a_change_that_was_half_told_is_told_to_the_rest_after_a_new_title(
    cast, make_forum, queued, monkeypatch
):
    forum = make_forum()
    send_invitations()
    planning.change_forum(forum, place="Rådhuset", by=cast.fatima)
    monkeypatch.setattr(circulating, "AT_A_TIME", 2)
    queue_mails = circulating.queue_mails
    monkeypatch.setattr(
        circulating, "queue_mails", lambda mails: 1 / 0 if told("forum_changed") else queue_mails(mails)
    )
    with pytest.raises(ZeroDivisionError):
        carry_out_all()
    monkeypatch.setattr(circulating, "queue_mails", queue_mails)
    assert len(told("forum_changed")) == 2
    planning.change_forum(forum, title="Chefsforum igen", by=cast.fatima)
    carry_out_all()
    assert told("forum_changed") == ["Elsa", "Folke", "Gunnar", "Maja", "Olof", "Ulla"]
    assert Mail.objects.filter(event="forum_changed", calendar__contains="SEQUENCE:2").count() == 4


def test_newcomers_are_not_told_of_what_changed_before_them(cast, make_forum, queued):
    forum = make_forum()
    planning.change_forum(forum, place="Rådhuset", by=cast.fatima)
    assign(cast.per, cast.units.schools, "Rektor", is_manager=True)
    announcing.invite_newcomers(forum, by=cast.fatima)
    carry_out_all()
    assert "Per" in told()
    assert "Per" not in told("forum_changed")


def test_a_forum_called_off_invites_nobody_more_and_is_news_to_nobody(cast, make_forum, queued):
    """Called off before any mail was written: those who found it themselves and answered are told."""
    forum = make_forum()
    registering.register(forum, person=cast.maja, by=cast.maja)
    announcing.call_off(forum, by=cast.fatima)
    carry_out_all()
    assert told() == []
    assert told("forum_called_off") == ["Maja"]
    assert list(cast.elsa.notifications.all()) == []


def test_whom_the_invitation_did_not_reach_is_told_in_the_portal_alone(cast, make_forum, queued, client_as):
    forum = make_forum()
    carry_out_all()
    reached = {cast.elsa: Mail.State.SENT, cast.folke: Mail.State.SENDING, cast.olof: Mail.State.FAILED}
    for person, state in reached.items():
        Mail.objects.filter(to=person).update(state=state)
    page = client_as(cast.fatima).get(reverse("forums:call_off", args=[forum.slug])).text
    assert "3 personer får ett mejl" in page
    announcing.call_off(forum, by=cast.fatima)
    for _again in range(2):
        Circular.objects.update(done_at=None)
        carry_out_all()
    assert told("forum_called_off") == ["Elsa", "Folke", "Olof"]
    assert set(Mail.objects.filter(to=cast.maja).values_list("state", flat=True)) == {Mail.State.LET_GO}
    for person in (cast.elsa, cast.maja):  # both read in the portal that they were invited
        texts = [one.text for one in person.notifications.order_by("pk")]
        assert texts == ["Du är inbjuden till Chefsforum höst.", "Chefsforum höst är inställt."]


def test_a_calling_off_says_what_it_is_about_to_whoever_reads_nothing_else(cast, make_forum):
    cast.elsa.language = "en"
    cast.elsa.save()
    forum = make_forum(join_url="https://mote.example/hemlig")
    registering.register(forum, person=cast.maja, by=cast.maja)
    announcing.call_off(forum, by=cast.fatima)
    for person, words in (
        (cast.maja, "Ett forum som du är inbjuden eller anmäld till är inställt."),
        (cast.elsa, "A forum that you are invited to or registered for has been called off."),
    ):
        mail = Mail.objects.get(event="forum_called_off", to=person)
        for part in (mail.text, mail.html):
            assert words in part
            assert forum.theme in part and forum.place in part and forum.organiser.email in part
            assert "hemlig" not in part


def test_nobody_is_told_of_a_forum_that_is_past(cast, make_forum, queued):
    forum = make_forum()
    past = timezone.now() - timedelta(days=1)
    Forum.objects.filter(pk=forum.pk).update(
        registration_closes_at=past, starts_at=past, ends_at=past + timedelta(hours=1)
    )
    carry_out_all()
    assert told() == []


@pytest.mark.parametrize(
    ("is_announced", "do"),
    [
        (False, lambda forum, cast: announcing.announce(forum, by=cast.fatima)),
        (True, lambda forum, cast: registering.register(forum, person=cast.maja, by=cast.maja)),
        (True, lambda forum, cast: announcing.call_off(forum, by=cast.fatima)),
    ],
    ids=["announce", "register", "call off"],
)
def test_what_is_taken_back_is_told_to_nobody(cast, make_forum, queued, is_announced, do):
    """A mail is queued in the transaction that it tells of: gone together, or there together."""
    forum = make_forum(announced=False)
    if is_announced:
        announcing.announce(forum, by=cast.fatima)
        send_invitations()

    def waiting():
        return DBTaskResult.objects.count() + Mail.objects.count() + Circular.objects.unfinished().count()

    before = waiting()
    with suppress(TakenBackError), transaction.atomic():
        do(forum, cast)
        assert waiting() > before
        raise TakenBackError
    assert waiting() == before
    do(Forum.objects.get(pk=forum.pk), cast)
    assert waiting() > before
