"""Commitments until the next forum: a dialogue, reminders, hands that change, and a summary that waits."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Mail, Notification
from forums.committing import CommitmentRefused, CommitmentsUnanswered, amend, ask, commit, update
from forums.models import Commitment, Forum
from forums.prompting import prompt_owners
from forums.summarising import draft_summary
from news.models import Version
from news.reviewing import approve, submit
from news.tying import changed_figures

from .room import E, make_forum, make_room, take_seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def forum(cast):
    return make_forum(cast)


@pytest.fixture
def promise(cast, forum):
    return commit(
        forum,
        owner=cast.maja,
        unit=cast.units.home_care,
        text="Bjuda in nämnden.",
        due_on=timezone.localdate() + timedelta(days=40),
        by=cast.fatima,
    )


def test_a_question_reaches_the_owner_and_the_answer_comes_back(cast, promise, client_as):
    address = f"/ataganden/{promise.pk}/"
    client = client_as(cast.fatima)
    for _ in range(2):  # a double click is one question
        answer = client.post(address, {"text": "Hur går det?", "state": "kept"})
    assert answer.status_code == 302
    promise.refresh_from_db()
    asked = promise.updates.get()
    assert (asked.state, promise.state) == ("", "promised")
    told = Notification.objects.get(person=cast.maja, key__contains=":word:")
    assert told.url == f"{address}#ord-{asked.pk}"
    client_as(cast.maja).post(address, {"text": "De kommer i mars.", "state": "under_way"})
    assert "De kommer i mars." not in Notification.objects.get(person=cast.fatima).text
    assert Notification.objects.get(person=cast.fatima).text == "Maja Lind svarar om ”Bjuda in nämnden.”"
    page = client_as(cast.per).get(address).text
    assert page.index("De kommer i mars.") < page.index("Hur går det?")
    assert "Var med i samtalet" not in page
    with pytest.raises(CommitmentRefused):
        ask(promise, text=" ", by=cast.fatima)


def test_those_who_were_there_may_ask_and_others_may_not(cast, client_as):
    room = make_room(cast, tables=1, each=1)
    take_seat(cast.ulla, room.tables[0], "official")
    made = commit(
        room.forum,
        owner=cast.maja,
        unit=cast.units.home_care,
        text="Öppna för besök.",
        due_on=timezone.localdate() + timedelta(days=9),
        by=cast.fatima,
    )
    for person, status in ((cast.ulla, 302), (cast.elsa, 302), (cast.karin, 302), (cast.per, 403)):
        answer = client_as(person).post(f"/ataganden/{made.pk}/", {"text": f"Hej från {person}"})
        assert answer.status_code == status, person


def test_a_commitment_is_mended_and_handed_over(cast, promise, client_as):
    address = f"/ataganden/{promise.pk}/andra/"
    for person in (cast.maja, cast.per, cast.elsa):
        assert client_as(person).get(address).status_code == 403
    fields = {
        "text": "Bjuda in hela nämnden.",
        "owner": "Ulla Öberg",
        "unit": cast.units.home_care.pk,
        "due_on": promise.due_on.isoformat(),
    }
    client = client_as(cast.fatima)
    early = client.post(address, fields | {"due_on": "2020-01-01"})
    assert early.status_code == 409
    assert list(early.context["form"].errors) == ["due_on"]
    assert client.post(address, fields).url == f"/ataganden/{promise.pk}/"
    promise.refresh_from_db()
    assert (promise.owner, promise.text) == (cast.ulla, "Bjuda in hela nämnden.")
    assert Notification.objects.filter(person=cast.ulla, url=f"/ataganden/{promise.pk}/").count() == 1
    other = commit(
        promise.forum,
        owner=cast.maja,
        unit=promise.unit,
        text="Ett annat.",
        due_on=promise.due_on,
        by=cast.fatima,
    )
    with pytest.raises(CommitmentRefused):
        amend(
            other,
            owner=cast.ulla,
            unit=promise.unit,
            text="Bjuda in hela nämnden.",
            due_on=promise.due_on,
            by=cast.fatima,
        )


def test_its_owner_is_reminded_before_the_day_once_each_time(cast, promise):
    def rest(days):
        Commitment.objects.update(due_on=timezone.localdate() + timedelta(days=days))
        return prompt_owners(), prompt_owners()

    assert rest(15) == (0, 0)
    assert rest(14) == (1, 0)
    letter = Mail.objects.get(event="commitment_due")
    assert letter.to == cast.maja
    assert "lovade du det här, till den " in letter.text
    assert f"/ataganden/{promise.pk}/" in letter.text
    assert rest(3) == (1, 0)
    assert rest(-1) == (0, 0)
    update(promise, text="Klart.", state="kept", by=cast.maja)
    assert rest(2) == (0, 0)
    assert Mail.objects.filter(event="commitment_due").count() == 2


def test_the_forum_that_follows_asks_a_week_before(cast, forum, promise):
    following = make_forum(cast, follows=forum, title="Chefsforum i vår")
    start = timezone.now() + timedelta(days=6)
    Forum.objects.filter(pk=following.pk).update(starts_at=start, ends_at=start + timedelta(hours=3))
    call_command("daily", stdout=StringIO())
    assert prompt_owners() == 0
    letter = Mail.objects.get(event="commitment_due")
    assert "Chefsforum i vår" in letter.text
    assert "inget svar än" in letter.text


def test_a_summary_waits_for_the_promises_before_it(cast, forum, promise, client_as):
    room = make_room(cast, tables=1, each=1, follows=forum)
    room.open(E)
    room.write(1, E, "Vi behöver ses oftare i vardagen.", "möten")
    room.close()
    assert "Inget svar än." in client_as(cast.per).get(room.forum.get_absolute_url()).text
    version = submit(draft_summary(room.forum, by=cast.karin).versions.get(), by=cast.karin)
    for step in version.steps.filter(stage=1):
        approve(step, by=step.reviewer)
    last = version.steps.get(stage=2)
    ask(promise, text="Hur går det?", by=cast.fatima)
    with pytest.raises(CommitmentsUnanswered):
        approve(last, by=cast.gunnar)
    refused = client_as(cast.gunnar).post(f"/redaktion/granskning/{last.pk}/", {"approve": ""})
    assert refused.status_code == 409
    assert "Det som lovades på forumet innan har inget svar än: " in refused.text
    assert "har inget svar än: ”Bjuda in nämnden.” (Maja Lind)" in refused.text
    assert not Version.objects.live().exists()
    update(promise, text="De kommer i mars.", state="under_way", by=cast.maja)
    approve(last, by=cast.gunnar)
    assert Version.objects.live().get().article == version.article


def test_an_answer_that_comes_after_the_draft_is_marked_in_it(cast, forum, promise, client_as):
    """Else the summary would wait for an answer, and come out saying that there is none."""
    room = make_room(cast, tables=1, each=1, follows=forum)
    room.open(E)
    room.write(1, E, "Vi behöver ses oftare i vardagen.", "möten")
    room.close()
    version = draft_summary(room.forum, by=cast.karin).versions.get()
    assert changed_figures(version) == []
    page = f"/redaktion/{version.article_id}/"
    update(promise, text="De kommer\ni mars.", state="under_way", by=cast.maja)
    [found] = changed_figures(version)
    assert found.around.endswith("Maja Lind: inte påbörjat.")
    assert found.source == "på gång. ”De kommer i mars.”"
    karin = client_as(cast.karin)
    shown = karin.get(page).text
    assert "Svar som har kommit sedan utkastet" in shown
    assert "på gång. ”De kommer i mars.”" in shown
    preview = karin.get(f"{page}version/1/").text
    assert "har fått ett nytt svar sedan dess" in preview
    assert "Åtagandet har fått ett nytt svar: " in karin.get(f"{page}skicka/").text
    # Written into the text, or in words of one's own, there is nothing to mark.
    for told in ("på gång. ”De kommer i mars.”", "nämnden kommer på besök i mars."):
        version.body = version.body.replace("inte påbörjat.", told)
        assert changed_figures(version) == []


def test_an_answer_holds_until_the_next_forum_only(cast, forum, promise):
    update(promise, text="På gång.", state="under_way", by=cast.maja)
    second = make_forum(cast, follows=forum)
    assert not Commitment.objects.unanswered_at(second).exists()
    later = timezone.now() + timedelta(days=100)
    Forum.objects.filter(pk=second.pk).update(starts_at=later, ends_at=later + timedelta(hours=3))
    third = make_forum(cast, follows=Forum.objects.get(pk=second.pk))
    assert list(Commitment.objects.unanswered_at(third)) == [promise]
    assert not Commitment.objects.unanswered_at(forum).exists()
