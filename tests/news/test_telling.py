"""Who hears what became of a text."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Mail, Notification
from news import rescheduling, reviewing, writing
from tests.news.conftest import hours

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("approved", [True, False])
def test_a_writer_who_has_left_hears_nothing_more(cast, start, approved):
    draft = start().newest_version
    words = {"title": draft.title, "lead": "Fyra lekplatser byggs om.", "body": draft.body}
    writing.save_draft(draft, revision=draft.revision, by=cast.ada, **words)
    step = reviewing.submit(draft, by=cast.ada).steps.get()
    cast.karin.assignments.update(ends_on=timezone.localdate() - timedelta(days=1))
    if approved:
        reviewing.approve(step, by=cast.gunnar)
    else:
        reviewing.return_version(step, reason="Vilka lekplatser?", by=cast.gunnar)
    outcome = {"event": "version_approved" if approved else "version_returned"}
    assert [mail.to for mail in Mail.objects.filter(**outcome)] == [cast.ada]
    assert not Notification.objects.filter(person=cast.karin).exists()


@pytest.mark.parametrize("embargoed", [False, True])
def test_a_writer_hears_of_other_times_by_mail_and_no_secret_is_told(cast, start, publish, embargoed):
    version = publish(start("Ny direktör", embargoed=embargoed), live_from=hours(20))
    rescheduling.reschedule(version, by=cast.gunnar, live_from=hours(40), live_until=None)
    mail = cast.karin.mails.get(event="desk_told")
    assert (mail.stops, "Ny direktör" in mail.text) == (Notification.Kind.DESK, not embargoed)
    assert f"/redaktion/{version.article_id}/" in mail.text and "Gunnar Holm" in mail.html
