"""What must be read asks for a confirmation; its writers see how many have, never who."""

import re

import pytest
from django.core.management import call_command
from django.utils.html import strip_tags

from accounts.models import Cadence, Mail, Notification
from accounts.wishing import wish
from news import confirming, publishing, writing
from news.models import Confirmation
from news.tallying import tally
from tests.cast import assign, make_person

pytestmark = pytest.mark.django_db

KIND = Notification.Kind.MUST_READ


@pytest.fixture
def must_read(cast, start, publish):
    """A news story that Socialförvaltningen (Maja, Olof) must read, just out."""
    article = start("Ny rutin", audience=cast.audiences.social)
    confirming.ask_for_confirmation(article, by=cast.karin)
    publish(article)
    article.refresh_from_db()
    return article


def confirm(article, *people):
    for person in people:
        confirming.confirm(article.live_version(), by=person)


def reminded():
    return sorted(Mail.objects.filter(event="must_read_reminder").values_list("to__given_name", flat=True))


def waiting(client):
    """What the start page says waits for its reader."""
    return client.get("/").content.decode().split('aria-labelledby="waiting-head"')[1].split("</section>")[0]


def staff(unit, many):
    """So many more people in a unit."""
    people = [make_person(f"{unit.slug}{number}", "Kim", f"Nr{number}") for number in range(many)]
    for person in people:
        assign(person, unit, "Handläggare")
    return people


def test_those_it_is_meant_for_are_told_at_once_and_asked_until_they_confirm(cast, must_read, client_as):
    told = Mail.objects.filter(event="article_out")
    assert set(told.values_list("to__given_name", flat=True)) == {"Maja", "Olof"}
    client = client_as(cast.maja)
    assert "Ny rutin" in waiting(client)
    page = client.get(must_read.get_absolute_url()).content.decode()
    (action,) = re.findall(r'action="(/lank/artikel/\d+/last/)"', page)
    for _ in range(2):
        assert client.post(action).url == must_read.get_absolute_url()
    assert Confirmation.objects.get().person == cast.maja
    assert action not in client.get(must_read.get_absolute_url()).content.decode()
    assert "Ny rutin" not in waiting(client)
    assert not cast.maja.notifications.unread().exists()


def test_others_may_read_it_and_are_not_asked(cast, must_read, client_as):
    client = client_as(cast.per)
    assert "/last/" not in client.get(must_read.get_absolute_url()).content.decode()
    with pytest.raises(confirming.NotAsked):
        confirm(must_read, cast.per)
    client.post(f"/lank/artikel/{must_read.pk}/last/")
    assert not Confirmation.objects.exists()


def test_who_prints_it_gets_no_question_without_its_button(cast, must_read, client_as):
    def panel():
        page = client_as(cast.maja).get(must_read.get_absolute_url()).text
        return re.search(r'<section class="([^"]*)" id="bekrafta"', page)[1].split()

    assert "no-print" in panel()
    confirm(must_read, cast.maja)
    assert "no-print" not in panel()


def test_a_change_asks_anew_and_a_small_correction_does_not(cast, must_read, publish):
    def change(**words):
        draft = writing.open_draft(must_read, by=cast.karin)
        words = {"title": draft.title, "lead": "Ny ingress.", "body": draft.body, **words}
        writing.save_draft(draft, revision=draft.revision, by=cast.karin, **words)
        publish(must_read)

    def asked():
        return list(must_read.versions.to_confirm_by(cast.maja))

    confirm(must_read, cast.maja)
    change(is_minor=True)
    assert not asked()
    change(lead="Nu gäller en annan rutin.")
    assert asked() == [must_read.live_version()]
    confirm(must_read, cast.maja)
    assert Confirmation.objects.count() == 2


def test_the_rest_is_reminded_once(cast, must_read):
    confirm(must_read, cast.maja)
    confirming.remind_the_rest(must_read, by=cast.karin)
    assert reminded() == ["Olof"]
    with pytest.raises(confirming.AlreadyReminded):
        confirming.remind_the_rest(must_read, by=cast.karin)
    confirming.carry_out.call(must_read.reading_reminders.get().pk)
    assert reminded() == ["Olof"]


def test_who_wishes_for_a_digest_is_reminded_there_and_a_lost_reminder_is_gone_on_with(cast, must_read):
    wish(cast.olof, {KIND: (True, Cadence.DAILY)})
    confirming.remind_the_rest(must_read, by=cast.karin)
    assert reminded() == ["Maja"]
    assert cast.olof.notifications.waiting().get(key__startswith="reading-reminder").kind == KIND
    Mail.objects.filter(event="must_read_reminder").delete()
    Notification.objects.filter(key__startswith="reading-reminder").delete()
    must_read.reading_reminders.update(done_at=None)
    call_command("daily")
    assert reminded() == ["Maja"]
    assert must_read.reading_reminders.get().done_at


def test_what_is_not_out_reminds_nobody(cast, must_read):
    publishing.withdraw(must_read, by=cast.karin)
    with pytest.raises(confirming.AsksNobody):
        confirming.remind_the_rest(must_read, by=cast.karin)
    assert not must_read.reading_reminders.exists()


def test_fewer_than_ten_are_told_of_as_nobody(cast, must_read):
    confirm(must_read, cast.maja)
    told = tally(must_read.live_version())
    assert (told.asked, told.read, told.rows) == (2, None, [])


def test_the_tally_by_unit_joins_the_small_and_tells_no_fewer_than_five(
    cast, start, publish, django_assert_num_queries
):
    article = start("Till alla", audience=cast.audiences.everyone)
    confirming.ask_for_confirmation(article, by=cast.karin)
    publish(article)
    article.refresh_from_db()
    teachers, carers = staff(cast.units.schools, 20), staff(cast.units.home_care, 10)
    confirm(article, *teachers[:12], *carers[:2])
    with django_assert_num_queries(7):
        told = tally(article.live_version())
    rows = {frozenset(row.names): (row.asked, str(row.read)) for row in told.rows}
    # Per and Ulla of the cast are at the schools, Maja and Olof in the care; all others are few.
    few = {"Socialförvaltningen", "Kommunfullmäktige", "Kommunledningskontoret", "Almvik Energi AB"}
    assert rows == {frozenset(["Utbildningsförvaltningen"]): (22, "12"), frozenset(few): (19, "0–4")}
    assert told.asked == sum(row.asked for row in told.rows)
    assert str(told.read) == "12–16"


def test_the_page_is_for_those_who_may_edit(cast, must_read, client_as):
    staff(cast.units.home_care, 20)
    address = f"/redaktion/{must_read.pk}/lasning/"
    confirm(must_read, cast.maja)
    page = client_as(cast.karin).get(address).content.decode()
    assert "0–4" in page
    assert "Maja" not in page
    assert client_as(cast.gunnar).get(address).status_code == 403
    assert client_as(cast.maja).get(address).status_code == 404
    client_as(cast.karin).post(address, {"do": "remind"})
    assert len(reminded()) == 21
    page = client_as(cast.karin).get(address).content.decode()
    # The page tells when they were reminded, and "21.11" is no count.
    told = strip_tags(page.split("<main")[1].split("Från Samspel")[0])
    assert "21" not in re.sub(r"\d+ \w+ \d{4} klockan \d+\.\d+", "", told), "nor how many are left"
    client_as(cast.karin).post(address, {"do": "stop"})
    must_read.refresh_from_db()
    assert not must_read.must_read
