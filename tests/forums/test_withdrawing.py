"""Who was invited and is not meant any more is told so, once; whoever has a seat keeps it."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Group, LogEntry, Mail
from accounts.targeting import compose_audience
from forums import announcing, deputising, naming, planning, registering, withdrawing
from forums.forms.plans import COUNT
from forums.models import Registration
from forums.views import listing
from tests.visiting import Visitor

from .test_composing import composed, rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def forum(make_forum):
    """Maja, Ulla, Olof, Gunnar, Elsa and Folke are invited."""
    return make_forum(allows_deputies=True)


@pytest.fixture
def queued(settings):
    """Tasks wait in the database, as in production."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def told():
    return sorted(Mail.objects.filter(event="invitation_withdrawn").values_list("to__given_name", flat=True))


def invited(forum):
    return sorted(forum.invitations.values_list("person__given_name", flat=True))


def only_social(cast, forum, **fields):
    """What the form sends where the audience is made the managers of Socialförvaltningen: Maja and Olof."""

    def moment(at):
        return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")

    kept = {name: moment(getattr(forum, name)) for name in ("starts_at", "ends_at", "registration_closes_at")}
    kept |= {name: getattr(forum, name) for name in ("title", "theme", "place")}
    return composed(cast, rule(cast.units.social), allows_deputies="on", **kept, **fields)


def narrow(cast, forum):
    return planning.change_forum(forum, audience=[(Group.MANAGERS, cast.units.social)], by=cast.fatima)


def test_the_form_says_how_many_and_tells_them_once(cast, forum, client_as):
    registering.register(forum, person=cast.elsa, by=cast.elsa)
    client, url = client_as(cast.fatima), reverse("forums:edit", args=[forum.slug])
    assert "ingår inte i den" not in client.get(url).text
    page = client.post(url, only_social(cast, forum, **{COUNT: "1"})).text
    assert "<strong>3 personer</strong> som är inbjudna ingår inte i den." in page
    assert "1 till har en plats och behåller den" in page
    assert told() == [] and len(invited(forum)) == 6
    for _press in range(2):
        page = client.post(url, only_social(cast, forum), follow=True).text
    assert told() == ["Folke", "Gunnar", "Ulla"]
    assert invited(forum) == ["Elsa", "Maja", "Olof"]
    assert "får veta" not in page  # the second press had nobody to tell
    mail = Mail.objects.get(event="invitation_withdrawn", to=cast.ulla)
    assert mail.calendar_method == "CANCEL"
    assert f"UID:{forum.calendar_uid}" in mail.calendar.replace("\r\n ", "")
    assert not Mail.objects.filter(event="forum_changed").exists()
    assert LogEntry.objects.get(event="forum.invitations_withdrawn").details == {"people": 3}


def test_the_page_says_after_saving_how_many_were_told(cast, forum, client_as):
    url = reverse("forums:edit", args=[forum.slug])
    page = client_as(cast.fatima).post(url, only_social(cast, forum), follow=True).text
    assert "4 personer får veta att inbjudan inte längre gäller." in page


def test_a_seat_or_an_offer_is_kept_until_the_organiser_leaves_its_person_out_by_name(cast, forum):
    seat = registering.register(forum, person=cast.elsa, by=cast.elsa)
    offer = registering.register(forum, person=cast.folke, by=cast.folke)
    until = forum.starts_at - timedelta(days=4)
    forum.registrations.filter(pk=offer.pk).update(state="offered", offered_until=until)
    narrow(cast, forum)
    seat.refresh_from_db()
    assert seat.takes_part
    fatima = Visitor.signed_in(cast.fatima).go(reverse("forums:invited", args=[forum.slug]))
    fatima.sees("har en plats eller ett erbjudande", "Elsa Ängman", "Folke")
    fatima.send("name_people", people="Elsa Ängman", kind="left_out")
    seat.refresh_from_db()
    assert not seat.is_live
    assert "Elsa" in told() and "Folke" not in told()
    assert Registration.objects.get(pk=offer.pk).is_offer
    with pytest.raises(naming.NotMeant):
        naming.leave_out(forum, cast.per, by=cast.fatima)


def test_of_many_who_keep_a_seat_the_page_says_how_many_it_does_not_name(
    cast, make_forum, managers, client_as, monkeypatch
):
    forum = make_forum()
    for person in managers(4):
        registering.register(forum, person=person, by=person)
    monkeypatch.setattr(listing, "NAMES_SHOWN", 3)
    narrow(cast, forum)
    page = client_as(cast.fatima).get(reverse("forums:invited", args=[forum.slug])).text
    kept = page.partition("har en plats eller ett erbjudande")[2].partition("</ul>")[0]
    assert kept.count("Chef Nummer") == 3
    assert "och 1 till" in kept


def test_a_place_in_the_queue_is_given_up_and_a_deputy_keeps_theirs(cast, make_forum):
    forum = make_forum(seats=1, allows_deputies=True)
    registering.register(forum, person=cast.elsa, by=cast.elsa)
    waiting = registering.register(forum, person=cast.ulla, by=cast.ulla)
    deputy = deputising.send_deputy(forum, person=cast.folke, deputy=cast.per, by=cast.folke)
    narrow(cast, forum)
    waiting.refresh_from_db()
    deputy.refresh_from_db()
    assert waiting.state == Registration.State.CANCELLED
    assert deputy.state == Registration.State.WAITING
    assert told() == ["Gunnar", "Ulla"]  # Folke, who sends a deputy, has no entry any more


def test_whoever_said_no_is_not_written_to(cast, forum):
    registering.decline(forum, person=cast.ulla, by=cast.ulla)
    narrow(cast, forum)
    assert "Ulla" not in told()


def test_whoever_is_meant_again_is_invited_again_and_can_fall_out_again(cast, forum):
    for _time in range(2):
        narrow(cast, forum)
        planning.change_forum(forum, audience=cast.audiences.leaders, by=cast.fatima)
        announcing.invite_newcomers(forum, by=cast.fatima)
    mails = Mail.objects.filter(to=cast.ulla).order_by("queued_at").values_list("event", flat=True)
    assert list(mails) == ["forum_invitation", "invitation_withdrawn"] * 2 + ["forum_invitation"]


def test_whoever_leaves_a_post_is_told_by_one_press(cast, forum, client_as):
    cast.ulla.assignments.update(is_manager=False)
    client, page = client_as(cast.fatima), reverse("forums:invited", args=[forum.slug])
    assert "Ta tillbaka 1 inbjudan" in client.get(page).text
    url = reverse("forums:withdraw_invitations", args=[forum.slug])
    for _press in range(2):
        client.post(url)
    assert told() == ["Ulla"]
    assert "Ta tillbaka 1 inbjudan" not in client.get(page).text


def test_whoever_has_left_the_municipality_is_told_nothing(cast, forum):
    cast.ulla.assignments.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert withdrawing.withdraw_invitations(forum, by=cast.fatima) == 0
    assert told() == []


def test_the_mails_are_decided_in_the_transaction_and_written_once_by_a_task(
    cast, forum, queued, monkeypatch
):
    narrow(cast, forum)
    assert told() == []
    task = DBTaskResult.objects.get(task_path=withdrawing.tell_withdrawn.module_path)
    monkeypatch.setattr(withdrawing, "AT_A_TIME", 3)
    for _time in range(2):  # cut off and begun again
        withdrawing.tell_withdrawn.call(*task.args_kwargs["args"])
    assert told() == ["Elsa", "Folke", "Gunnar", "Ulla"]


def test_whoever_is_invited_again_before_the_mail_is_written_hears_nothing(cast, forum, queued):
    narrow(cast, forum)
    planning.change_forum(forum, audience=cast.audiences.leaders, by=cast.fatima)
    announcing.invite_newcomers(forum, by=cast.fatima)
    task = DBTaskResult.objects.get(task_path=withdrawing.tell_withdrawn.module_path)
    withdrawing.tell_withdrawn.call(*task.args_kwargs["args"])
    assert told() == []


def test_a_refused_change_takes_nothing_back(cast, forum):
    with pytest.raises(planning.TimesOutOfOrder):
        planning.change_forum(forum, audience=cast.audiences.social, ends_at=forum.starts_at, by=cast.fatima)
    assert told() == [] and len(invited(forum)) == 6


def test_nothing_is_taken_back_of_a_draft_or_of_what_is_over(cast, make_forum, forum):
    draft = make_forum(announced=False, title="Utkast")
    with pytest.raises(announcing.NotAnnounced):
        withdrawing.withdraw_invitations(draft, by=cast.fatima)
    with time_machine.travel(forum.ends_at + timedelta(minutes=1), tick=False):
        narrow(cast, forum)
        with pytest.raises(announcing.AlreadyPast):
            withdrawing.withdraw_invitations(forum, by=cast.fatima)
    assert told() == [] and len(invited(forum)) == 6


def test_only_its_organisers_take_invitations_back(cast, forum, client_as):
    cast.ulla.assignments.update(is_manager=False)
    url = reverse("forums:withdraw_invitations", args=[forum.slug])
    for person in (cast.maja, cast.elsa, cast.karin, cast.ada):
        assert client_as(person).post(url).status_code == 403
        sent = only_social(cast, forum)
        assert client_as(person).post(reverse("forums:edit", args=[forum.slug]), sent).status_code == 403
    assert told() == [] and len(invited(forum)) == 6


def test_it_costs_the_same_for_few_and_for_many(cast, make_forum, managers, queued):
    managers(30)
    office = compose_audience([(Group.MANAGERS, cast.units.office)], by=cast.fatima)
    counts = []
    for group in (Group.ELECTED, Group.MANAGERS):
        forum = make_forum(audience=[(group, cast.units.root)])
        with CaptureQueriesContext(connection) as counted:
            planning.change_forum(forum, audience=office, by=cast.fatima)
        counts.append(len(counted))
    assert counts[0] == counts[1]
