"""From the last note to the draft: those who write hear that the group work is closed, and those who led it
see how far the summary has come."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Mail, Notification, Role, RoleGrant
from forums.committing import commit, update
from forums.models import Forum, GroupWork
from forums.naming import invite_also
from forums.relaying import way_of
from forums.summarising import draft_summary
from news.models import ReviewStep
from news.reviewing import approve, return_version, submit
from tests.cast import assign, make_person

from .room import E, O, make_forum, make_room

pytestmark = pytest.mark.django_db

HEADING = "Vägen till sammanfattningen"


@pytest.fixture
def room(cast):
    return make_room(cast, tables=2, each=5)


def close(room):
    room.open(E)
    room.write(1, E, "Vi behöver lita på varandra.", "tillit")
    room.open(O)
    room.write(2, O, "Vi kan vårt arbete.", "tillit")
    room.close()
    room.work.refresh_from_db()


def told():
    found = Notification.objects.filter(key__endswith=":closed")
    return sorted(found.values_list("person__given_name", flat=True))


def panel(client, room):
    """What the result page says of the way to the summary, as plain words; None where it says nothing."""
    page = client.get(f"/forum/{room.forum.slug}/resultat/").text
    if HEADING not in page:
        return None
    part = page[page.index(HEADING) :]
    return " ".join(part[: part.index("</section>")].split())


def test_those_who_may_write_are_told_once(cast, room):
    for person, unit in ((cast.ulla, cast.units.schools), (cast.maja, cast.units.root), (cast.olof, None)):
        RoleGrant.objects.create(assignment=person.assignments.get(), role=Role.COMMUNICATOR, unit=unit)
    left = make_person("nisse", "Nisse", "Nord")
    assign(left, cast.units.office, "Kommunikatör", roles=[Role.COMMUNICATOR]).delete()
    close(room)
    room.close()
    # Ulla writes for another unit; Olof leads, and signs what somebody else has written.
    assert told() == ["Karin", "Maja"]
    letter = Mail.objects.get(event="group_work_closed", to=cast.karin)
    assert letter.subject == "Dags att göra ett utkast till sammanfattning av Chefsforum i november"
    assert f"/forum/{room.forum.slug}/resultat/" in letter.text
    assert "lita på" not in letter.text
    assert Mail.objects.filter(event="group_work_closed").count() == 2


def test_whoever_closes_it_need_not_be_told(cast, room):
    RoleGrant.objects.create(assignment=cast.fatima.assignments.get(), role=Role.COMMUNICATOR, unit=None)
    close(room)
    assert told() == ["Karin"]


def test_nobody_hears_of_a_forum_that_does_not_exist_for_them(cast, client_as):
    """A restricted one: the leaders see that somebody has to be let in before there can be a summary."""
    room = make_room(cast, audience=cast.audiences.social, restricted=True)
    close(room)
    assert told() == []
    assert "ingen som skriver för Almviks kommun kan se det här forumet" in panel(client_as(cast.olof), room)
    invite_also(room.forum, cast.karin, by=cast.fatima)
    assert "De som kan göra det har fått besked: Karin Berg." in panel(client_as(cast.olof), room)


def test_the_way_is_seen_from_the_close_until_it_is_out(cast, room, client_as):
    close(room)
    leader, writer = client_as(cast.elsa), client_as(cast.karin)
    assert "De som kan göra det har fått besked: Karin Berg." in panel(leader, room)
    assert "Gör det med knappen ovanför" in panel(writer, room)
    assert "Sedan skriver Elsa Ängman och Olof Ek under" in panel(leader, room)

    version = draft_summary(room.forum, by=cast.karin).versions.get()
    assert "Utkast av Karin Berg" in panel(leader, room)
    submit(version, by=cast.karin)
    elected, official = version.steps.get(reviewer=cast.elsa), version.steps.get(reviewer=cast.olof)
    approve(elected, by=cast.elsa)
    seen = panel(leader, room)
    assert seen.index("Elsa Ängman") < seen.index("godkänd") < seen.index("Olof Ek") < seen.index("väntar")
    approve(official, by=cast.olof)
    later = timezone.now() + timedelta(days=1)
    approve(version.steps.get(stage=2), by=cast.gunnar, live_from=later)
    assert way_of(room.work).comes_out_at == later
    assert "Publiceras den" in panel(leader, room)
    version.refresh_from_db()
    version.live_from = timezone.now()
    version.save(update_fields=["live_from"])
    assert panel(leader, room) is None


def test_a_draft_that_came_back_says_so(cast, room, client_as):
    close(room)
    version = submit(draft_summary(room.forum, by=cast.karin).versions.get(), by=cast.karin)
    step = ReviewStep.objects.get(version=version, reviewer=cast.elsa)
    return_version(step, reason="Fel siffra i ingressen.", by=cast.elsa)
    seen = panel(client_as(cast.fatima), room)
    assert "tillbakalämnad" in seen
    assert "Fel siffra" not in seen  # between those who sign and those who write


def test_others_see_nothing_of_it(cast, room, client_as):
    close(room)
    for person in (room.seated[1, E][0], cast.per, cast.gunnar):
        assert panel(client_as(person), room) is None


def test_it_stands_on_the_start_page_of_those_who_may_write_until_somebody_has_begun(
    cast, room, client_as, django_assert_max_num_queries
):
    RoleGrant.objects.create(assignment=cast.olof.assignments.get(), role=Role.COMMUNICATOR)  # leads it
    RoleGrant.objects.create(
        assignment=cast.ulla.assignments.get(), role=Role.COMMUNICATOR, unit=cast.units.schools
    )

    def waits_for(person):
        return "skriv sammanfattningen" in client_as(person).get("/").text

    assert not waits_for(cast.karin)
    close(room)
    assert waits_for(cast.karin)
    assert not any(waits_for(person) for person in (cast.olof, cast.ulla, cast.fatima, cast.per))
    client = client_as(cast.karin)
    with django_assert_max_num_queries(11):
        assert f'href="/forum/{room.forum.slug}/resultat/"' in client.get("/").text
    GroupWork.objects.filter(pk=room.work.pk).update(closed_at=timezone.now() - timedelta(days=31))
    assert not waits_for(cast.karin)
    GroupWork.objects.filter(pk=room.work.pk).update(closed_at=timezone.now())
    draft_summary(room.forum, by=cast.karin)
    assert not waits_for(cast.karin)


def test_what_keeps_the_summary_from_coming_out_is_told_from_the_beginning(cast, room, client_as):
    """Not first to the approver, when both leaders have signed."""
    before = make_forum(cast, title="Chefsforum i våras")
    Forum.objects.filter(pk=room.forum.pk).update(follows=before)
    fields = {
        "unit": cast.units.home_care,
        "due_on": timezone.localdate() + timedelta(days=9),
        "by": cast.fatima,
    }
    promise = commit(before, owner=cast.maja, text="Bjuda in nämnden.", **fields)
    commit(before, owner=cast.olof, text="Svara inom en vecka.", **fields)
    close(room)
    karin = client_as(cast.karin)
    assert "kan inte publiceras förrän de här 2 åtagandena från tidigare har fått svar:" in panel(karin, room)
    assert f'href="/ataganden/{promise.pk}/" lang="sv">Bjuda in nämnden.</a>' in panel(karin, room)
    draft_summary(GroupWork.objects.get(pk=room.work.pk).forum, by=cast.karin)
    update(promise, text="De kommer i mars.", state="under_way", by=cast.maja)
    told = panel(karin, room)
    assert "Svara inom en vecka." in told
    assert "Bjuda in nämnden." not in told
