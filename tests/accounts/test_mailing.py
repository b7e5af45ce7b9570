"""Mail: written with what it tells of, sent once, tried again."""

from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts import mailing
from accounts.models import Mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def words(settings, tmp_path):
    """A mail of our own: `greeting`, in a template folder that only this test sees."""
    folder = tmp_path / "emails"
    folder.mkdir()
    (folder / "greeting.subject.txt").write_text("{% load i18n %}{% translate 'Yes' %},\n {{ person }}")
    (folder / "greeting.txt").write_text("Hej {{ person.given_name }}! {{ site_url }}/x/")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]


def greet(person, key="greeting:1"):
    return mailing.queue_mail("greeting", to=person, key=key)


def test_a_mail_is_written_in_the_persons_language_and_sent_once(cast):
    cast.per.language = "en"
    greet(cast.maja, "greeting:maja")
    greet(cast.per, "greeting:per")
    assert greet(cast.per, "greeting:per") is None
    assert [message.subject for message in django_mail.outbox] == ["Ja, Maja Lind", "Yes, Per Åkesson"]
    mail = Mail.objects.get(key="greeting:per")
    mailing.deliver.call(str(mail.pk))
    assert len(django_mail.outbox) == 2, "a sent mail is not sent again"
    assert mail.state == Mail.State.SENT


def test_a_mail_server_that_is_down_delays_and_at_last_gives_up(cast, settings, monkeypatch):
    def refuse(self, fail_silently=False):
        raise ConnectionRefusedError("no answer")

    monkeypatch.setattr("accounts.mailing.EmailMultiAlternatives.send", refuse)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    mail = greet(cast.maja)
    for attempt, minutes in enumerate(mailing.RETRY_MINUTES, start=1):
        mailing.deliver.call(str(mail.pk))
        mail.refresh_from_db()
        assert (mail.state, mail.attempts, mail.last_error) == (Mail.State.QUEUED, attempt, "no answer")
        planned = DBTaskResult.objects.order_by("-enqueued_at").first()
        wait = planned.run_after - planned.enqueued_at
        assert abs(wait - timedelta(minutes=minutes)) < timedelta(seconds=5)
    tasks = DBTaskResult.objects.count()
    mailing.deliver.call(str(mail.pk))
    mail.refresh_from_db()
    assert mail.state == Mail.State.FAILED
    assert DBTaskResult.objects.count() == tasks, "nothing more is planned"


def test_the_mail_and_its_task_stand_or_fall_together(cast, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with pytest.raises(RuntimeError), transaction.atomic():
        greet(cast.maja)
        raise RuntimeError
    assert not DBTaskResult.objects.exists()
    greet(cast.maja)
    assert DBTaskResult.objects.count() == Mail.objects.count() == 1
    assert DBTaskResult.objects.get().priority < 0, "what the clock asks for does not wait for mail"
    assert django_mail.outbox == []


def test_a_mail_cut_off_in_sending_goes_out_after_all(cast):
    mail = Mail.objects.create(
        key="k", event="greeting", to=cast.maja, subject="s", text="t", state="sending"
    )
    Mail.objects.update(claimed_at=timezone.now() - timedelta(minutes=10))
    assert mailing.requeue_stranded() == 0, "it may still be under way"
    Mail.objects.update(claimed_at=timezone.now() - timedelta(hours=2))
    assert mailing.requeue_stranded() == 1
    mail.refresh_from_db()
    assert mail.state == Mail.State.SENT
    assert len(django_mail.outbox) == 1


def test_mails_to_many_are_sent_some_at_a_time_until_the_server_is_silent(cast, settings, monkeypatch):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    people = list(cast.by_role.values())[:4]
    mails = mailing.queue_mails(
        [mailing.compose("greeting", to=person, key=f"greeting:{person.pk}") for person in people]
    )
    task = DBTaskResult.objects.get()
    assert task.args_kwargs["args"] == [str(mail.pk) for mail in mails]
    send = mailing.EmailMultiAlternatives.send

    def refuse_the_second(message, fail_silently=False):
        if message.to == [people[1].email]:
            raise ConnectionResetError("gone")
        return send(message)

    monkeypatch.setattr("accounts.mailing.EmailMultiAlternatives.send", refuse_the_second)
    mailing.deliver.call(*task.args_kwargs["args"])
    states = dict(Mail.objects.values_list("to", "state"))
    assert [states[person.pk] for person in people] == ["sent", "queued", "queued", "queued"]
    later = DBTaskResult.objects.exclude(pk=task.pk).order_by("run_after")
    assert [set(run.args_kwargs["args"]) for run in later] == [
        {str(mails[1].pk)},
        {str(mails[2].pk), str(mails[3].pk)},
    ]
    assert mailing.requeue_stranded() == 0, "each of them has a task"


def test_a_mail_whose_task_was_lost_goes_out_after_all(cast, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    mail = greet(cast.maja)
    Mail.objects.update(queued_at=timezone.now() - timedelta(hours=2))
    assert mailing.requeue_stranded() == 0, "its task still waits"
    DBTaskResult.objects.all().delete()
    assert mailing.requeue_stranded() == 1
    assert DBTaskResult.objects.get().args_kwargs["args"] == [str(mail.pk)]


def test_a_mail_that_no_server_could_take_is_given_up_at_once(cast, monkeypatch):
    def refuse(self, fail_silently=False):
        raise UnicodeError("label too long")

    monkeypatch.setattr("accounts.mailing.EmailMultiAlternatives.send", refuse)
    greet(cast.maja)
    mail = Mail.objects.get()
    assert (mail.state, mail.last_error) == (Mail.State.FAILED, "label too long")


def test_a_mail_cut_off_at_every_attempt_is_given_up(cast):
    mail = Mail.objects.create(
        key="k", event="greeting", to=cast.maja, subject="s", text="t", state="sending", attempts=8
    )
    Mail.objects.update(claimed_at=timezone.now() - timedelta(hours=2))
    assert mailing.requeue_stranded() == 0
    mail.refresh_from_db()
    assert mail.state == Mail.State.FAILED
