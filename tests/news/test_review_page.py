"""From the mail to the answer: exactly that version, what has changed, two buttons."""

import pytest
from django.urls import reverse
from django.utils import timezone

from news import reviewing, writing
from news.models import ReviewStep

from .conftest import hours


@pytest.fixture
def step(cast, published):
    """The approver's step for a second version of a live article."""
    article = published(title="Bussen går klockan tio", body="<p>Bussen går klockan tio.</p>")
    draft = writing.open_draft(article, by=cast.karin)
    writing.save_draft(
        draft,
        revision=draft.revision,
        by=cast.karin,
        title="Bussen går klockan nio",
        lead=draft.lead,
        body="<p>Bussen går klockan nio.</p>",
    )
    return reviewing.submit(draft, by=cast.karin).steps.get()


def url(step):
    return reverse("news:review", args=[step.pk])


def at(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def test_the_page_shows_the_version_and_what_has_changed(cast, client_as, step):
    text = client_as(cast.gunnar).get(url(step)).content.decode()
    assert "Bussen går klockan nio" in text
    assert "tio" in text.partition("<del>")[2].partition("</del>")[0]
    assert "nio" in text.partition("<ins>")[2].partition("</ins>")[0]
    # Most screen readers say nothing of <ins> and <del>, so words do.
    assert "Borttaget:" in text.partition("<del>")[2].partition("</del>")[0]
    assert "Tillagt:" in text.partition("<ins>")[2].partition("</ins>")[0]
    assert 'name="approve"' in text and 'name="return"' in text


def test_the_mail_leads_to_it_and_says_how_much_has_changed(cast, step):
    mail = cast.gunnar.mails.get(key=f"review:{step.pk}:{cast.gunnar.pk}")
    assert url(step) in mail.text
    assert "2 ord tillagda, 2 borttagna" in mail.text


def test_after_a_return_the_page_shows_what_has_changed_since_then(cast, client_as, step):
    assert "since-title" not in client_as(cast.gunnar).get(url(step)).text
    reviewing.return_version(step, by=cast.gunnar, reason="Klockan åtta.")
    draft = writing.open_draft(step.version.article, by=cast.karin)
    words = {"title": draft.title, "lead": draft.lead, "body": "<p>Bussen går klockan åtta.</p>"}
    writing.save_draft(draft, revision=draft.revision, by=cast.karin, **words)
    again = reviewing.submit(draft, by=cast.karin).steps.get()
    page = client_as(cast.gunnar).get(url(again)).text
    since, _title, published = page.partition('id="changes-title"')
    assert "sedan version 2" in since and ("nio" in since and "åtta" in since.partition("<ins>")[2])
    assert "tio" in published.partition("<del>")[2]


def test_it_stays_that_version_whatever_comes_after(cast, client_as, step):
    reviewing.return_version(step, by=cast.gunnar, reason="Nej.")
    draft = writing.open_draft(step.version.article, by=cast.karin)
    writing.save_draft(draft, revision=draft.revision, by=cast.karin, title="Helt ny", lead="", body="")
    text = client_as(cast.gunnar).get(url(step)).content.decode()
    assert "klockan nio" in text and "Helt ny" not in text


def test_approving_now(cast, client_as, step):
    answer = client_as(cast.gunnar).post(url(step), {"approve": ""})
    assert answer.url == url(step)
    assert step.version.article.live_version().number == 2


def test_approving_for_a_time_to_come(cast, client_as, step):
    sent = {"approve": "", "approve-live_from": at(hours(3)), "approve-live_until": at(hours(5))}
    client_as(cast.gunnar).post(url(step), sent)
    article = step.version.article
    assert article.live_version().number == 1
    assert article.live_version(at=hours(4)).number == 2
    assert article.live_version(at=hours(6)) is None


@pytest.mark.parametrize(
    ("times", "field"),
    [
        ({"approve-live_from": -1}, "live_from"),
        ({"approve-live_until": -1}, "live_until"),
        ({"approve-live_from": 5, "approve-live_until": 3}, "live_until"),
    ],
)
def test_times_that_cannot_be_are_said_beside_the_field(cast, client_as, step, times, field):
    sent = {name: at(hours(number)) for name, number in times.items()}
    page = client_as(cast.gunnar).post(url(step), sent | {"approve": ""})
    assert list(page.context["approve_form"].errors) == [field]
    assert all(value in page.content.decode() for value in sent.values())
    assert step.version.article.live_version().number == 1


def test_returning_with_a_reason_that_the_writer_meets(cast, client_as, step):
    client_as(cast.gunnar).post(url(step), {"return": "", "return-reason": "Vilken hållplats?"})
    step.refresh_from_db()
    assert (step.decision, step.version.state) == ("returned", "returned")
    writer, article = client_as(cast.karin), step.version.article
    edit = reverse("news:edit", args=[article.pk])
    assert "Vilken hållplats?" in writer.get(edit).content.decode()
    writer.post(reverse("news:open_version", args=[article.pk]))
    page = writer.get(edit)
    assert "Vilken hållplats?" in page.content.decode()
    assert page.context["form"].initial["title"] == "Bussen går klockan nio"


@pytest.mark.parametrize("reason", ["", "   ", "x" * 1001])
def test_a_return_needs_its_reason(cast, client_as, step, reason):
    page = client_as(cast.gunnar).post(url(step), {"return": "", "return-reason": reason})
    assert page.status_code == 200
    assert "reason" in page.context["return_form"].errors
    step.refresh_from_db()
    assert step.decision == "pending"


def test_a_double_click_answers_once(cast, client_as, step):
    client = client_as(cast.gunnar)
    assert [client.post(url(step), {"approve": ""}).status_code for _ in range(2)] == [302, 302]
    page = client.get(url(step)).content.decode()
    assert "Gunnar Holm" in page
    assert 'name="approve"' not in page


def test_two_people_answer_the_second_changes_nothing(cast, client_as, step):
    other = cast.fatima.assignments.get()
    other.role_grants.create(role="approver")
    client_as(cast.gunnar).post(url(step), {"return": "", "return-reason": "Nej."})
    page = client_as(cast.fatima).post(url(step), {"approve": ""})
    assert page.status_code == 409
    assert "Gunnar Holm har redan svarat" in page.content.decode()
    assert step.version.article.live_version().number == 1


@pytest.mark.parametrize("first", [{"approve": ""}, {"return": "", "return-reason": "Nej."}])
def test_the_reason_of_whoever_answers_second_is_not_lost(cast, client_as, step, first):
    cast.fatima.assignments.get().role_grants.create(role="approver")
    client_as(cast.gunnar).post(url(step), first)
    page = client_as(cast.fatima).post(url(step), {"return": "", "return-reason": "Vilken <hållplats>?"})
    html = page.content.decode()
    assert page.status_code == 409
    assert "Vilken &lt;hållplats&gt;?" in html
    assert "Gunnar Holm har redan svarat" in html
    assert 'name="return"' not in html and 'name="approve"' not in html


def test_returning_twice_by_a_double_click_is_one_answer(cast, client_as, step):
    client, sent = client_as(cast.gunnar), {"return": "", "return-reason": " Vilken hållplats? "}
    assert [client.post(url(step), sent).status_code for _ in range(2)] == [302, 302]
    assert client.post(url(step), sent | {"return-reason": "Och när?"}).status_code == 409


def test_a_writer_who_is_an_approver_sees_no_buttons_and_has_none(cast, client_as, start):
    step = reviewing.submit(start(by=cast.gunnar).newest_version, by=cast.gunnar).steps.get()
    client = client_as(cast.gunnar)
    assert 'name="approve"' not in client.get(url(step)).content.decode()
    client.post(url(step), {"approve": ""})
    step.refresh_from_db()
    assert step.decision == "pending"


def test_a_leader_sees_the_text_and_signs_but_does_not_publish(cast, client_as, start):
    version = reviewing.submit(
        start(kind="summary", signatories=[cast.elsa, cast.olof]).newest_version, by=cast.karin
    )
    step = version.steps.get(reviewer=cast.elsa)
    client = client_as(cast.elsa)
    page = client.get(url(step))
    assert not page.context["approve_form"].fields
    client.post(url(step), {"approve": "", "approve-live_from": at(hours(3))})
    step.refresh_from_db()
    assert step.decision == "approved"
    assert client.post(url(version.steps.get(reviewer=cast.olof)), {"approve": ""}).status_code == 403


@pytest.mark.parametrize("part", ["employee", "manager", "organiser", "administrator", "outsider"])
def test_a_step_does_not_exist_for_others(cast, client_as, step, part):
    client = client_as(cast.by_role[part])
    assert client.get(url(step)).status_code == 404
    assert client.post(url(step), {"approve": ""}).status_code == 404
    assert ReviewStep.objects.get(pk=step.pk).decision == "pending"


def test_a_communicator_may_read_but_not_answer(cast, client_as, step):
    client = client_as(cast.karin)
    assert client.get(url(step)).status_code == 200
    assert client.post(url(step), {"approve": ""}).status_code == 403


def test_a_mandate_that_ended_opens_nothing(cast, client_as, step):
    post = cast.gunnar.assignments.get()
    post.ends_on = timezone.localdate() - timezone.timedelta(days=1)
    post.save()
    assert client_as(cast.gunnar).get(url(step)).status_code == 403
    assert not ReviewStep.objects.waiting_for(type(cast.gunnar).objects.get(pk=cast.gunnar.pk)).exists()
