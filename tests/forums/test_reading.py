"""The list of forums and the page of one."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from forums import planning, registering
from forums.models import Commitment, Forum, ProgrammeItem, Registration
from tests.cast import make_person
from tests.quieting import quietly

MOST_ON_LIST, MOST_ON_PAGE = 10, 15


def past(forum, days=30):
    """Move a forum so many days into the past."""
    starts_at = timezone.now() - timedelta(days=days)
    Forum.objects.filter(pk=forum.pk).update(
        starts_at=starts_at, ends_at=starts_at + timedelta(hours=4), registration_closes_at=starts_at
    )
    forum.refresh_from_db()
    return forum


def commit(forum, owner, text, **fields):
    return Commitment.objects.create(
        forum=forum,
        owner=owner,
        unit=owner.assignments.first().unit,
        text=text,
        due_on=timezone.localdate() + timedelta(days=9),
        **fields,
    )


def add_items(forum, count, speakers):
    for number in range(count):
        starts_at = forum.starts_at + timedelta(minutes=5 * number)
        planning.add_item(
            forum,
            kind=ProgrammeItem.Kind.TALK,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=5),
            title=f"Punkt {number}",
            speakers=speakers,
            by=forum.organiser,
        )


def test_the_list_shows_my_answers_and_what_is_past(cast, make_forum, client_as):
    coming, gone = make_forum(title="Höstens forum"), past(make_forum(title="Vårens forum"))
    draft = make_forum(title="Hemliga planer", announced=False)
    registering.register(coming, person=cast.maja, by=cast.maja)
    text = client_as(cast.maja).get(reverse("forums:list")).text
    assert text.index(coming.title) < text.index(gone.title)
    assert 'data-state="registered"' in text
    assert draft.title not in text
    assert draft.title in client_as(cast.fatima).get(reverse("forums:list")).text


def test_restricted_forums_and_drafts_answer_404_to_others(cast, make_forum, client_as):
    closed = make_forum(title="Stängt", restricted=True)
    draft = make_forum(title="Utkast", announced=False)
    for person in (cast.per, cast.yngve):
        assert client_as(person).get(closed.get_absolute_url()).status_code == 404
    assert client_as(cast.maja).get(closed.get_absolute_url()).status_code == 200
    assert client_as(cast.maja).get(draft.get_absolute_url()).status_code == 404
    assert client_as(cast.fatima).get(draft.get_absolute_url()).status_code == 200


def test_a_draft_says_when_the_invitations_go_out_and_not_that_it_is_too_late(cast, make_forum, client_as):
    draft = make_forum(title="Utkast", announced=False)
    page = client_as(cast.fatima).get(draft.get_absolute_url()).text
    assert "Inbjudningarna går ut när forumet utlyses." in page
    assert "Anmälan är stängd." not in page


def test_a_forum_that_is_called_off_says_so_once_and_offers_no_seats(cast, make_forum, client_as):
    forum = make_forum(seats=40)
    Forum.objects.filter(pk=forum.pk).update(state=Forum.State.CANCELLED)
    page = client_as(cast.maja).get(forum.get_absolute_url()).text
    assert page.count("Forumet är inställt.") == 1
    assert "Platser" not in page


def test_the_leaders_of_a_group_work_see_a_restricted_forum_that_they_lead(cast, make_forum, client_as):
    forum = make_forum(restricted=True, audience=cast.audiences.social)
    assert client_as(cast.elsa).get(forum.get_absolute_url()).status_code == 404
    planning.plan_group_work(
        forum, leader_official=cast.olof, leader_elected=cast.elsa, anonymous=True, by=cast.fatima
    )
    assert client_as(cast.elsa).get(forum.get_absolute_url()).status_code == 200


def test_a_forum_opens_with_what_was_promised_before_kept_or_not(cast, make_forum, client_as):
    first = past(make_forum(title="Först"), days=60)
    second = past(make_forum(title="Sedan", follows=first))
    third = make_forum(title="Nu", follows=second)
    commit(first, cast.olof, "Besöka varje enhet")
    commit(second, cast.elsa, "Svara inom två veckor", state=Commitment.State.UNDER_WAY)
    commit(second, cast.elsa, "Redan gjort", state=Commitment.State.KEPT)
    commit(first, cast.elsa, "Gjort för länge sedan", state=Commitment.State.KEPT)
    commit(third, cast.elsa, "Hör till nästa gång")
    text = client_as(cast.maja).get(third.get_absolute_url()).text
    assert "Besöka varje enhet" in text
    assert text.index("Svara inom två veckor") < text.index('id="programme"')
    promised = text[text.index('id="promised"') :]
    promised = promised[: promised.index("</section>")]
    # What is kept comes last, and is said to be.
    assert promised.index("Svara inom två veckor") < promised.index("Redan gjort")
    assert promised.count('data-state="kept"') == 1
    assert 'data-state="kept">genomfört' in promised[promised.index("Redan gjort") :]
    assert promised.count("Inget svar än.") == 2
    assert "Gjort för länge sedan" not in promised
    assert "Hör till nästa gång" not in promised


def test_promises_of_a_forum_one_may_not_see_stay_there(cast, make_forum, client_as):
    closed = past(make_forum(title="Slutet", restricted=True, audience=cast.audiences.social))
    commit(closed, cast.olof, "Hemligt löfte")
    forum = make_forum(follows=closed)
    assert "Hemligt löfte" not in client_as(cast.elsa).get(forum.get_absolute_url()).text
    assert "Hemligt löfte" in client_as(cast.maja).get(forum.get_absolute_url()).text


def test_forums_that_follow_each_other_in_a_ring_end(cast, make_forum, client_as):
    forum = make_forum()
    other = make_forum(title="Andra", follows=forum)
    Forum.objects.filter(pk=forum.pk).update(follows=other)
    assert client_as(cast.maja).get(forum.get_absolute_url()).status_code == 200


@pytest.fixture
def busy_forum(cast, make_forum, managers):
    """A function that makes a full forum with so many items, answers and promises, where Maja waits."""

    def make(rows):
        before = past(make_forum(title="Förra"))
        forum = make_forum(follows=before, seats=rows)
        leaders = {"leader_official": cast.olof, "leader_elected": cast.elsa}
        planning.plan_group_work(forum, **leaders, anonymous=True, by=cast.fatima)
        add_items(forum, rows, [cast.olof, cast.elsa])
        for number in range(rows):
            commit(before, cast.olof, f"Åtagande {number}")
        for person in [*managers(rows), cast.maja]:
            registering.register(forum, person=person, by=person)
        assert Registration.objects.get(person=cast.maja).state == Registration.State.WAITING
        return forum

    return make


@pytest.mark.parametrize("rows", [1, 30])
def test_a_forum_page_costs_the_same_for_one_row_and_for_thirty(
    cast, busy_forum, client_as, django_assert_max_num_queries, rows
):
    forum = busy_forum(rows)
    for reader in (cast.maja, cast.fatima):
        client = client_as(reader)
        with django_assert_max_num_queries(MOST_ON_PAGE):
            text = client.get(forum.get_absolute_url()).text
        assert text.count("Åtagande ") == rows


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_the_same_for_one_row_and_for_thirty(
    cast, make_forum, client_as, django_assert_max_num_queries, rows
):
    with quietly():
        for number in range(rows):
            forum = make_forum(title=f"Kommande {number}")
            registering.register(forum, person=cast.maja, by=cast.maja)
            past(make_forum(title=f"Tidigare {number}"))
    for reader in (cast.maja, cast.fatima):
        client = client_as(reader)
        with django_assert_max_num_queries(MOST_ON_LIST):
            client.get(reverse("forums:list"))


def test_speakers_are_shown_with_their_posts(cast, make_forum, client_as):
    forum = make_forum()
    add_items(forum, 1, [cast.olof])
    text = client_as(cast.maja).get(forum.get_absolute_url()).text
    assert "Socialchef" in text
    assert reverse("accounts:person", args=[cast.olof.pk]) in text


def test_somebody_without_a_post_may_still_have_spoken(cast, make_forum, client_as):
    guest = make_person("gast", "Gösta", "Gäst")
    forum = make_forum()
    add_items(forum, 1, Person.objects.filter(pk=guest.pk))
    assert "Gösta Gäst" in client_as(cast.maja).get(forum.get_absolute_url()).text
