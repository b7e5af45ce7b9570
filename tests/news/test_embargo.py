"""What is secret until it is published: nowhere for those who neither write nor review it."""

import re

from django.urls import reverse

from accounts.models import LogEntry, Mail, Notification
from news import reviewing, writing
from news.picturing import add_picture

from .conftest import hours
from .making import upload


def test_an_embargoed_title_is_nowhere_for_other_editors(cast, client_as, start):
    article = start(title="Hemlig flytt", by=cast.ada, embargoed=True)
    client = client_as(cast.karin)
    for query in ("", "?visa=utkast", "?visa=granskning", "?visa=papperskorg"):
        assert "Hemlig flytt" not in client.get(reverse("news:desk") + query).content.decode()
    assert client.get(reverse("news:edit", args=[article.pk])).status_code == 404
    assert "Hemlig flytt" in client_as(cast.ada).get(reverse("news:desk")).content.decode()


def test_an_embargoed_title_is_nowhere_in_the_back_office(cast, client_as, start):
    article = start(title="Hemlig flytt", embargoed=True)
    picture = add_picture(upload(name="hemlig-flytt.png"), by=cast.karin)
    step = reviewing.submit(article.newest_version, by=cast.karin).steps.get()
    reviewing.return_version(step, by=cast.gunnar, reason="Kortare.")
    step = reviewing.submit(writing.open_draft(article, by=cast.karin), by=cast.karin).steps.get()
    reviewing.approve(step, by=cast.gunnar, live_from=hours(24))
    office = client_as(cast.ada)
    paths = ["logentry/", "mail/", "logentry/?q=hemlig", f"unit/{article.unit_id}/delete/"]
    paths += [f"audience/{article.audience_id}/delete/"]
    paths += [f"logentry/{entry.pk}/change/" for entry in LogEntry.objects.all()]
    paths += [f"mail/{mail.pk}/change/" for mail in Mail.objects.all()]
    for path in paths:
        html = office.get(f"/admin/accounts/{path}").content.decode()
        assert not re.search("hemlig.flytt", html, re.IGNORECASE), path
    assert str(picture.pk) in office.get("/admin/accounts/logentry/").content.decode()


def test_what_was_told_of_an_embargoed_text_does_not_name_it(cast, start):
    article = start(title="Hemlig flytt", embargoed=True)
    step = reviewing.submit(article.newest_version, by=cast.karin).steps.get()
    reviewing.return_version(step, by=cast.gunnar, reason="Kortare.")
    step = reviewing.submit(writing.open_draft(article, by=cast.karin), by=cast.karin).steps.get()
    reviewing.approve(step, by=cast.gunnar, live_from=hours(24))
    told = list(Notification.objects.order_by("pk").values_list("text", flat=True))
    assert told == [
        "En text som ännu är hemlig väntar på din granskning",
        "Gunnar Holm har lämnat tillbaka en text som ännu är hemlig",
        "En text som ännu är hemlig väntar på din granskning",
        "En text som ännu är hemlig är godkänd och schemalagd",
    ]
