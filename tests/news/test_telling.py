"""Who hears what became of a text."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Mail, Notification
from news import reviewing, writing

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
