"""Asking for the evaluation: those who were there, once, when the forum is over, guests too."""

import re
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Mail
from forums import announcing, arriving, circulating, deputising, evaluating, naming, planning, registering
from forums.models import Circular, Forum, Registration, Verdict
from tests.visiting import Visitor

pytestmark = pytest.mark.django_db

GOOD = {"worth": 5, "heard": 4, "useful": 5}


@pytest.fixture
def forum(cast, make_forum):
    """Maja and Folke are registered on site, Elsa online; Ulla has said no."""
    forum = make_forum(join_url="https://mote.example/hemlig")
    for person in (cast.maja, cast.folke):
        registering.register(forum, person=person, by=person)
    registering.register(forum, person=cast.elsa, by=cast.elsa, mode="online")
    registering.decline(forum, person=cast.ulla, by=cast.ulla)
    return forum


def after(forum, **late):
    return time_machine.travel(forum.ends_at + timedelta(**late), tick=False)


def daily():
    call_command("daily", stdout=StringIO())


def asked():
    return sorted(Mail.objects.filter(event="evaluation_asked").values_list("to__given_name", flat=True))


def test_those_who_were_there_are_asked_once(cast, forum):
    with after(forum, minutes=-1):
        daily()
        assert asked() == []
    with after(forum):
        daily()
        daily()
    with after(forum, days=3):
        daily()
    assert asked() == ["Elsa", "Folke", "Maja"]
    mail = Mail.objects.get(event="evaluation_asked", to=cast.maja)
    assert mail.subject == "Vad tyckte du om Chefsforum höst?"
    page = reverse("forums:evaluate", args=[forum.slug])
    assert page in mail.text
    assert page in mail.html
    assert "hemlig" not in mail.text + mail.html + mail.calendar


def test_where_people_were_checked_in_those_who_did_not_come_are_not_asked(cast, forum):
    maja = forum.registrations.get(person=cast.maja)
    with after(forum):
        arriving.check_in(maja, by=cast.fatima)
        daily()
        assert asked() == ["Elsa", "Maja"]
        with pytest.raises(evaluating.WasNotThere):
            evaluating.give_verdict(forum, by=cast.folke, **GOOD)
        assert "Berätta vad du tyckte" not in Visitor.signed_in(cast.folke).go(forum.get_absolute_url()).text
        Visitor.signed_in(cast.folke).go(reverse("forums:evaluate", args=[forum.slug])).sees(
            "Du checkades inte in i dörren", cast.fatima.email
        )
        assert evaluating.evaluation_of(forum).asked == 2
        # Whoever the door missed is checked in afterwards.
        arriving.check_in(forum.registrations.get(person=cast.folke), by=cast.fatima)
        evaluating.give_verdict(forum, by=cast.folke, **GOOD)


def test_it_is_asked_in_the_language_of_each(cast, forum):
    cast.elsa.language = "en"
    cast.elsa.save()
    with after(forum):
        daily()
    english = Mail.objects.get(event="evaluation_asked", to=cast.elsa)
    assert english.subject == "What did you think of Chefsforum höst?"
    assert "Your answers are kept without your name" in english.text
    assert "Your answers are kept without your name" in english.html
    assert "Dina svar sparas utan ditt namn" in Mail.objects.get(event="evaluation_asked", to=cast.maja).text


@pytest.mark.parametrize(("late", "number"), [({"days": 13, "hours": 23}, 3), ({"days": 14}, 0)])
def test_after_a_worker_was_down_it_is_asked_late_while_an_answer_can_be_given(forum, late, number):
    with after(forum, **late):
        daily()
        daily()
    assert len(asked()) == number


def test_whoever_has_told_already_is_not_asked(cast, forum):
    with after(forum):
        evaluating.give_verdict(forum, by=cast.maja, **GOOD)
        daily()
    assert asked() == ["Elsa", "Folke"]


def test_nobody_is_asked_of_what_was_called_off_or_when_the_answers_are_told(cast, forum, make_forum):
    announcing.call_off(forum, by=cast.fatima)
    closed = make_forum(title="Stängt")
    registering.register(closed, person=cast.maja, by=cast.maja)
    with after(closed):
        evaluating.close_evaluation(closed, by=cast.fatima)
    with after(forum):
        daily()
    assert asked() == []


def test_closed_between_the_round_and_the_mails_nobody_is_asked(cast, forum, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with after(forum):
        evaluating.ask_what_people_thought()
        task = DBTaskResult.objects.get(
            task_path=circulating.carry_out.module_path,
            status="READY",
            args_kwargs__args=[Circular.objects.get(event="evaluation").pk],
        )
        evaluating.close_evaluation(Forum.objects.get(pk=forum.pk), by=cast.fatima)
        assert task.task.call(*task.args_kwargs["args"]) == 0
    assert asked() == []


def test_two_rounds_at_once_ask_once(forum, monkeypatch):
    with after(forum):
        seen_by_both = list(Forum.objects.to_be_evaluated())
        assert evaluating.ask_what_people_thought() == 1
        monkeypatch.setattr(Forum.objects, "to_be_evaluated", lambda: Forum.objects.filter(pk__in=[]))
        assert [evaluating._ask(each) for each in seen_by_both] == [False]
        with pytest.raises(IntegrityError), transaction.atomic():
            Circular.objects.create(forum=forum, event=Circular.Event.EVALUATION, sequence=0)
    assert len(asked()) == 3


def test_who_has_left_is_not_asked(cast, forum):
    cast.maja.assignments.update(ends_on=timezone.localdate())
    with after(forum):
        daily()
    assert asked() == ["Elsa", "Folke"]


@pytest.fixture
def guest(cast, forum, invite_gisela):
    """Gisela from outside, who is registered."""
    named = invite_gisela(forum)
    announcing.invite_newcomers(forum, by=cast.fatima)
    registering.register(forum, person=named.person, by=named.person)
    return named


def test_a_guest_tells_what_they_thought_once_by_their_own_link(cast, forum, guest):
    with after(forum):
        daily()
        assert "Gisela" in asked()
        mail = Mail.objects.get(event="evaluation_asked", to=guest.person)
        link = re.search(r"(/gast/\S+/tyck-till/)", mail.text).group(1)
        assert link in mail.html
        assert forum.get_absolute_url() not in mail.text + mail.html
        page = Visitor(guest.person).go(link).sees("Vad tyckte du?", "Gisela Grann")
        page.send(worth=5, heard=4, useful=3).sees("Tack!")
        page.go(link).sees("Du har berättat vad du tyckte.")
        again = Client().post(link, GOOD)
        assert again.status_code == 409
        assert Verdict.objects.count() == 1
        assert evaluating.evaluation_of(forum).asked == 4


def test_a_guest_who_leaves_a_grade_out_keeps_what_was_typed(forum, guest):
    link = reverse("forums:guest_evaluate", args=[guest.token])
    with after(forum):
        answer = Client().post(link, {"worth": 5, "words": "Mer kaffe."})
    assert answer.status_code == 409
    assert "Välj ett betyg från 1 till 5." in answer.text
    assert "Mer kaffe." in answer.text
    assert not Verdict.objects.exists()


def test_a_guest_who_did_not_answer_or_was_taken_back_tells_nothing(cast, forum, guest):
    link = reverse("forums:guest_evaluate", args=[guest.token])
    with after(forum):
        Registration.objects.filter(person=guest.person).update(state="declined")
        assert Client().post(link, GOOD).status_code == 409
        assert not Verdict.objects.exists()
    naming.take_back(guest, by=cast.fatima)
    with after(forum):
        assert Client().get(link).status_code == 404


def test_a_guest_in_two_forums_at_one_time_is_told(cast, forum, guest, invite_gisela, make_forum):
    other = make_forum(title="Studiebesök", starts_at=forum.starts_at + timedelta(hours=1))
    second = invite_gisela(other)
    announcing.invite_newcomers(other, by=cast.fatima)
    Visitor(guest.person).go(reverse("forums:guest", args=[second.token])).sees(
        "Du är anmäld till Chefsforum höst, som är samtidigt."
    ).press("Ja, jag kommer")
    told = Mail.objects.get(event="registration_confirmed", to=guest.person, about=f"forum:{other.pk}")
    for part in (told.text, told.html):
        assert "Tänk på att du också har en plats på Chefsforum höst" in part
    planning.change_forum(forum, ends_at=forum.ends_at + timedelta(hours=1), by=cast.fatima)
    moved = Mail.objects.get(event="forum_changed", to=guest.person, about=f"forum:{forum.pk}")
    assert "Studiebesök" in moved.text


def test_a_guest_sends_no_deputy_and_is_told_whom_to_ask(cast, forum, guest):
    page = reverse("forums:guest", args=[guest.token])
    assert "i ditt ställe" not in Client().get(page).text
    forum = planning.change_forum(forum, allows_deputies=True, by=cast.fatima)
    assert f"skriv till {cast.fatima.full_name}" in Visitor(guest.person).go(page).text
    with pytest.raises(deputising.NoDeputies):
        deputising.send_deputy(forum, person=guest.person, deputy=cast.per, by=guest.person)
    with pytest.raises(deputising.DeputyNotInService):
        deputising.send_deputy(forum, person=cast.maja, deputy=guest.person, by=cast.maja)


def test_a_guest_shows_a_code_of_their_own_at_the_door(cast, forum, guest):
    page = reverse("forums:guest", args=[guest.token])
    assert "<svg" in Visitor(guest.person).go(page).page.html.select_one(".my-code-qr").decode()
    answer = forum.registrations.get(person=guest.person)
    assert arriving.answer_with(arriving.code_of(answer), forum) == answer
    registering.cancel(answer, by=guest.person)
    assert "my-code-qr" not in Client().get(page).text
