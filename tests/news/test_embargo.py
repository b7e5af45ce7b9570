"""What is secret until it is published: nowhere for those who neither write nor review it."""

import re

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import LogEntry, Mail, Notification, Person, Role
from news import publishing, remarking, reviewing, routing, writing
from news.documenting import add_document
from news.models import Article, Version
from news.picturing import add_picture
from tests.cast import assign

from .conftest import hours
from .making import pdf, upload


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


def test_whoever_has_answered_a_secret_text_goes_on_seeing_it(cast, client_as, start):
    article = start(title="Hemlig flytt", by=cast.ada, embargoed=True)
    step = reviewing.submit(article.newest_version, by=cast.ada).steps.get()
    approver, url = client_as(cast.gunnar), reverse("news:review", args=[step.pk])
    answer = approver.post(url, {"return": "", "return-reason": "Kortare."}, follow=True)
    assert (answer.status_code, "Hemlig flytt" in answer.content.decode()) == (200, True)
    step = reviewing.submit(writing.open_draft(article, by=cast.ada), by=cast.ada).steps.get()
    url, at = reverse("news:review", args=[step.pk]), timezone.localtime(hours(24))
    sent = {"approve": "", "approve-live_from": f"{at:%Y-%m-%dT%H:%M}"}
    assert approver.post(url, sent, follow=True).status_code == 200
    assert step.version.article.live_version() is None
    assert client_as(cast.karin).get(url).status_code == 404


@pytest.mark.parametrize("embargoed", [True, False])
def test_whoever_was_asked_by_role_goes_on_reading_what_another_has_answered(
    cast, client_as, start, embargoed
):
    lay_out_side_by_side(cast)
    lead, document = (
        add_picture(upload(), by=cast.ada, in_library=False),
        add_document(pdf(), by=cast.ada, in_library=False),
    )
    body = f'<p>Arbetet börjar.</p><p><a href="{document.get_absolute_url()}">Planen</a></p>'
    article = start(title="Hemlig flytt", by=cast.ada, embargoed=embargoed, body=body)
    Version.objects.filter(article=article).update(picture=lead, picture_alt="Lekplatsen")
    version = reviewing.submit(article.newest_version, by=cast.ada)
    returning, beside = version.steps.all()
    url, remark = (reverse(f"news:{name}", args=[beside.pk]) for name in ("review", "remark"))
    organiser = client_as(cast.fatima)
    remarking.remark(version, by=cast.fatima, text="Hur många?")
    assert "Åtgärdad" in organiser.get(url).text
    reviewing.return_version(returning, by=cast.gunnar, reason="Skriv om ingressen.")
    draft = writing.open_draft(article, by=cast.ada)
    Version.objects.filter(pk=draft.pk).update(title="Ännu hemligare flytt")
    html = organiser.get(url).content.decode()
    for words in ("Hemlig flytt", "Arbetet börjar", "Gunnar Holm lämnade tillbaka", "Skriv om ingressen."):
        assert words in html
    assert "Ännu hemligare" not in html
    assert "Hur många?" in html and "Åtgärdad" not in html  # that is for the desk, which it is not on
    for address in (lead.get_absolute_url(), document.get_absolute_url()):
        assert organiser.get(address).status_code == 200
    for answer, status in (
        (organiser.post(url, {"return": "", "return-reason": "Vilket år?"}), 409),
        (organiser.post(remark, {"remark-quote": "", "remark-text": "Vilket år?"}), 422),
    ):
        assert (answer.status_code, "Vilket år?" in answer.content.decode()) == (status, True)
    for name, args in (("edit", [article.pk]), ("preview", [article.pk, draft.number])):
        assert organiser.get(reverse(f"news:{name}", args=args)).status_code == 404
    for nobody in (cast.maja, cast.former):
        for address in (url, lead.get_absolute_url(), document.get_absolute_url()):
            assert client_as(nobody).get(address).status_code != 200
    publishing.trash(article, by=cast.ada)
    assert organiser.get(url).status_code == 404


def test_another_approver_goes_on_reading_a_secret_that_is_approved(cast, client_as, start):
    assign(cast.olof, cast.units.office, "Godkännare", roles=[Role.APPROVER])
    article = start(title="Hemlig flytt", by=cast.ada, embargoed=True)
    step = reviewing.submit(article.newest_version, by=cast.ada).steps.get()
    url = reverse("news:review", args=[step.pk])
    reviewing.approve(step, by=cast.gunnar, live_from=hours(24))
    html = client_as(Person.objects.get(pk=cast.olof.pk)).get(url).content.decode()
    assert "Hemlig flytt" in html and "Gunnar Holm svarade" in html
    assert client_as(cast.karin).get(url).status_code == 404


def test_a_secret_text_taken_back_keeps_what_its_reviewer_typed(cast, client_as, start):
    article = start(title="Hemlig flytt", by=cast.ada, embargoed=True)
    version = reviewing.submit(article.newest_version, by=cast.ada)
    reviewing.take_back(version, by=cast.ada)
    step = version.steps.get()
    url, remark = (reverse(f"news:{name}", args=[step.pk]) for name in ("review", "remark"))
    approver = client_as(cast.gunnar)
    for answer, status, typed in (
        (approver.get(url), 200, ""),
        (
            approver.post(url, {"return": "", "return-reason": "Korta <b>ingressen</b>."}),
            409,
            "Korta &lt;b&gt;",
        ),
        (approver.post(remark, {"remark-quote": "", "remark-text": "Vilket år?"}), 409, "Vilket år?"),
    ):
        html = answer.content.decode()
        assert (answer.status_code, "har tagits tillbaka" in html) == (status, True)
        assert typed in html
        assert "flytt" not in html and "lekplatser" not in html
    step.refresh_from_db()
    assert step.decision == "pending"
    assert approver.get(reverse("news:edit", args=[article.pk])).status_code == 404
    for nobody in (cast.karin, cast.maja, cast.former):
        other = client_as(nobody)
        assert other.get(url).status_code != 200
        assert other.post(url, {"return": "", "return-reason": "Nej."}).status_code != 409
    publishing.trash(article, by=cast.ada)
    assert approver.get(url).status_code == 404


def test_a_secret_ends_for_the_desk_when_the_text_has_been_out(cast, start, publish):
    article = start(by=cast.ada, embargoed=True)
    publish(article, by=cast.ada, live_from=hours(24))
    with time_machine.travel(hours(23)):
        assert (sees(cast.karin, article), article.is_secret) == (False, True)
    with time_machine.travel(hours(25)):
        writing.open_draft(article, by=cast.ada)  # a newer draft is as any other
        assert (sees(cast.karin, article), article.is_secret) == (True, False)
        assert not sees(cast.maja, article)
        row = Version.objects.for_desk().get(article=article, state="draft")
        assert (row.article.embargoed, row.is_secret) == (True, False)


def test_what_was_cancelled_or_came_due_in_the_trash_is_a_secret_still(cast, start, publish):
    cancelled, thrown = (start(by=cast.ada, embargoed=True) for _ in range(2))
    for article in (cancelled, thrown):
        publish(article, by=cast.ada, live_from=hours(24))
    publishing.withdraw(cancelled, by=cast.ada)
    publishing.trash(thrown, by=cast.ada)
    with time_machine.travel(hours(25)):
        for article in (cancelled, thrown):
            assert not sees(cast.karin, article)
            assert sees(cast.ada, article)


def test_the_desk_costs_as_much_with_secrets_that_have_been_out(
    cast, client_as, start, publish, django_assert_max_num_queries
):
    for number in range(12):
        article = start(f"Hemlig {number}", by=cast.ada, embargoed=True)
        publish(article, by=cast.ada)
        writing.open_draft(article, by=cast.ada)
    client = client_as(cast.karin)
    for query in ("", "?visa=utkast"):
        client.get(reverse("news:desk") + query)
        with django_assert_max_num_queries(12):
            html = client.get(reverse("news:desk") + query).content.decode()
        assert "Hemlig 11" in html


def lay_out_side_by_side(cast):
    """An approver and an organiser are asked about news in parallel."""
    steps = [{"stage": 1, "days": 3, "role": role} for role in (Role.APPROVER, Role.ORGANISER)]
    news = {"steps": steps, "sign_off_days": 4, "months_until_review": None, "revision": 0}
    routing.lay_out(Article.Kind.NEWS, by=cast.ada, **news)


def sees(person, article):
    return Article.objects.all_on_desk_of(Person.objects.get(pk=person.pk)).filter(pk=article.pk).exists()
