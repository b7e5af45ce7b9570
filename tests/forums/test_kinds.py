"""Kinds of forums are data, and a new forum may begin where an earlier one was."""

import json
import re
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone, translation

from accounts.granting import grant
from accounts.models import LogEntry, Mail, Person, Role
from forums import apportioning, furnishing, grouping, patterning, planning, reminding
from forums.models import Forum, ForumKind, ProgrammeItem, Reminder
from forums.patterning import facts_of, plan_after, shape_kind
from tests.cast import assign
from tests.forums.test_planning import facts
from tests.visiting import Visitor

STOCKHOLM = timezone.get_default_timezone()
TALK, BREAK = ProgrammeItem.Kind.TALK, ProgrammeItem.Kind.BREAK


def days_on(days):
    return timezone.now() + timedelta(days=days)


def local(*moment):
    return datetime(*moment, tzinfo=STOCKHOLM)


@pytest.fixture
def meeting(cast):
    items = [
        {"starts": time(8, 30), "ends": time(9), "kind": BREAK, "title": "Kaffe", "text": ""},
        {"starts": time(9), "ends": time(11, 30), "kind": TALK, "title": "Läget", "text": "Om läget"},
    ]
    return shape_kind(
        ForumKind.objects.get(pk="meeting"),
        name="Chefsmöte",
        audience=cast.audiences.social,
        seats=20,
        title="Chefsmöte",
        asks_diet=True,
        items=items,
        by=cast.fatima,
    )


def rows(*items, **sent):
    sent |= {"items-TOTAL_FORMS": len(items), "items-INITIAL_FORMS": 0, "save": 1}
    for number, item in enumerate(items):
        sent |= {f"items-{number}-{name}": value for name, value in item.items()}
    return sent


def test_a_forum_of_a_kind_is_suggested_to_follow_the_latest_of_that_kind(
    cast, meeting, make_forum, client_as
):
    other_kind = ForumKind.objects.exclude(pk=meeting.pk).offered().first()
    make_forum(title="Länge sedan", kind=meeting, starts_at=days_on(5))
    latest = make_forum(title="Senast", kind=meeting, starts_at=days_on(9))
    make_forum(title="Utkast", kind=meeting, starts_at=days_on(20), announced=False)
    other = make_forum(title="Annat slag", kind=other_kind, starts_at=days_on(30))
    series = {meeting.pk: latest, other_kind.pk: other}
    client, address = client_as(cast.fatima), reverse("forums:new")
    page = client.get(address, {"kind": meeting.pk})
    assert page.context["form"]["follows"].value() == latest.pk
    assert "Det senaste av samma slag är föreslaget." in page.text
    assert "är föreslaget" not in client.get(address, {"like": latest.slug}).text
    # Whoever chose no kind has the first in the form; the script knows the latest one of each (follows.js).
    page = client.get(address)
    first = page.context["form"]["kind"].value()
    assert page.context["form"]["follows"].value() == series[first].pk
    kinds = BeautifulSoup(page.content, "html.parser").find(id="id_kind")
    assert json.loads(kinds["data-latest"]) == {kind: forum.pk for kind, forum in series.items()}
    # Whoever empties the field is not contradicted.
    sent = facts(cast, kind=meeting.pk, follows="", title="Börjar om")
    assert client.post(f"{address}?kind={meeting.pk}", sent).status_code == 302
    assert Forum.objects.get(title="Börjar om").follows is None


def test_nothing_is_suggested_of_units_that_one_does_not_plan_for_nor_where_there_is_none(
    cast, meeting, make_forum, client_as
):
    address = reverse("forums:new") + f"?kind={meeting.pk}"
    assert not client_as(cast.fatima).get(address).context["form"]["follows"].value()
    grant(cast.per.assignments.first(), role=Role.ORGANISER, unit=cast.units.schools, by=cast.ada)
    make_forum(title="En annan enhets", kind=meeting, unit=cast.units.social)
    client = client_as(Person.objects.get(pk=cast.per.pk))
    assert not client.get(address).context["form"]["follows"].value()
    own = make_forum(title="Den egna enhetens", kind=meeting, unit=cast.units.schools)
    assert client.get(address).context["form"]["follows"].value() == own.pk


def test_the_form_begins_with_what_the_kind_says_and_its_programme_comes_along(cast, meeting, client_as):
    client = client_as(cast.fatima)
    page = client.get(reverse("forums:new"), {"kind": "meeting"})
    initial = page.context["form"].initial
    assert (initial["kind"], initial["seats"], initial["audience"]) == (meeting, 20, cast.audiences.social)
    assert initial["asks_diet"]
    starts = timezone.localtime().replace(hour=13, minute=0) + timedelta(days=20)
    moments = {"starts_at": starts, "ends_at": starts + timedelta(hours=2)}
    sent = facts(cast, kind="meeting", **{k: v.strftime("%Y-%m-%dT%H:%M") for k, v in moments.items()})
    for _click in range(2):
        client.post(reverse("forums:new"), sent)
    forum = Forum.objects.get()
    # Coffee is at one o'clock then; the talk would go on after the end and is left out.
    (item,) = forum.programme.all()
    assert (item.title, timezone.localtime(item.starts_at).time()) == ("Kaffe", time(13))


def test_whoever_arranges_for_everybody_shapes_kinds_and_makes_new_ones(cast, client_as):
    client = client_as(cast.fatima)
    row = {"starts": "08:30", "ends": "09:00", "kind": "break", "title": "Kaffe", "text": ""}
    sent = rows(row, name="Chefsfrukost", name_in_english="Breakfast", seats=12, is_offered="on")
    response = client.post(reverse("forums:new_kind"), sent)
    kind = ForumKind.objects.get(name="Chefsfrukost")
    assert response.url == reverse("forums:edit_kind", args=[kind.pk])
    assert [item.title for item in kind.items.all()] == ["Kaffe"]
    assert "Chefsfrukost" in client.get(reverse("forums:new")).text
    with translation.override("en"):
        assert str(kind) == "Breakfast"
    refused = client.post(reverse("forums:new_kind"), rows(name="chefsfrukost"))
    assert "Det finns redan ett slag med det namnet" in refused.text
    assert 'value="chefsfrukost"' in refused.text
    wrong = {**row, "ends": "08:00"}
    url = reverse("forums:edit_kind", args=[kind.pk])
    assert (
        "Punkten måste sluta efter att den har börjat."
        in client.post(url, rows(wrong, name="X", revision=1)).text
    )
    kind.refresh_from_db()
    assert kind.name == "Chefsfrukost"
    for _click in range(2):
        assert client.post(url, rows(name="Chefsfrukost", revision=1)).status_code == 302
    kind.refresh_from_db()
    assert not kind.is_offered
    assert not kind.items.exists()
    assert kind not in client.get(reverse("forums:new")).context["form"].fields["kind"].queryset


def test_two_who_shape_a_kind_at_once_see_each_others_words(cast, client_as):
    kind = patterning.shape_kind(
        None, name="Chefsfrukost", place="Rådhuset", is_offered=True, items=[], by=cast.ada
    )
    fatima, url = client_as(cast.fatima), reverse("forums:edit_kind", args=[kind.pk])
    opened = fatima.get(url).context["revision"]
    coffee = {"kind": "break", "starts": time(8, 30), "ends": time(9), "title": "Kaffe", "text": ""}
    patterning.shape_kind(kind, name="Chefsfrukost", place="Slottet", items=[coffee], by=cast.ada)
    mine = {"name": "Chefsfrukost", "place": "Biblioteket", "is_offered": "on"}
    refused = fatima.post(url, rows(**mine, revision=opened))
    assert refused.status_code == 409
    for words in ("Plats: Slottet", "08:30, 09:00, Paus, Kaffe", "Plats: Biblioteket", 'value="Biblioteket"'):
        assert words in refused.text
    kind.refresh_from_db()
    assert (kind.place, kind.items.get().title) == ("Slottet", "Kaffe")
    # Sent once more, it is meant.
    assert fatima.post(url, rows(**mine, revision=refused.context["revision"])).status_code == 302
    kind.refresh_from_db()
    assert (kind.place, kind.items.count()) == ("Biblioteket", 0)


def test_a_colleague_who_saves_a_kind_between_look_and_lock_is_seen(cast, client_as, monkeypatch):
    kind = patterning.shape_kind(None, name="Chefsfrukost", place="Rådhuset", items=[], by=cast.ada)
    shape = patterning.shape_kind

    def late(kind, **fields):
        shape(kind, name="Chefsfrukost", place="Slottet", items=[], by=cast.ada)
        return shape(kind, **fields)

    monkeypatch.setattr(patterning, "shape_kind", late)
    mine = rows(name="Chefsfrukost", place="Biblioteket", revision=kind.revision)
    response = client_as(cast.fatima).post(reverse("forums:edit_kind", args=[kind.pk]), mine)
    assert response.status_code == 409
    assert "Plats: Slottet" in response.text
    kind.refresh_from_db()
    assert kind.place == "Slottet"


def test_a_study_visit_with_outside_guests_is_planned_by_its_kind_alone(cast):
    """From the kind of the first start to a guest's yes, by the pages and the mails alone."""
    kind = ForumKind.objects.get(pk="visit")
    shape_kind(
        kind,
        name=kind.name,
        title="Studiebesök",
        description="Vi visar vad vi gör.",
        audience=cast.audiences.social,
        seats=12,
        asks_diet=True,
        items=[],
        by=cast.ada,
    )
    fatima = Visitor.signed_in(cast.fatima).go(f"{reverse('forums:new')}?kind=visit")
    form = fatima.form("title")
    assert (form["title"].value, form["description"].value) == ("Studiebesök", "Vi visar vad vi gör.")
    assert (form["seats"].value, form["asks_diet"].checked) == ("12", True)
    sent = facts(cast, title="Besök på vattenverket")
    sent.pop("form_key"), sent.pop("kind"), sent.pop("audience")
    fatima.send(**{name: str(value) for name, value in sent.items()})
    forum = Forum.objects.get()
    assert (forum.kind_id, forum.seats, forum.asks_diet) == ("visit", 12, True)
    fatima.go(reverse("forums:invited", args=[forum.slug]))
    fatima.send(given_name="Gisela", family_name="Grann", email="gisela@granne.example").sees("Gisela Grann")
    fatima.follow("Utlys").sees("1 gäst utifrån är inbjuden.").press("Utlys och bjud in")
    mail = Mail.objects.get(to__email="gisela@granne.example")
    link = re.search(r"(/gast/[^\s\"<]+/)", mail.text).group(1)
    Visitor(mail.to).go(link).sees("Besök på vattenverket").press("Ja, jag kommer").sees("Du är anmäld")
    assert forum.registrations.get().is_guests
    fatima.go(reverse("forums:participants", args=[forum.slug])).sees("Gisela Grann gäst")


def test_a_kind_that_is_no_longer_offered_stays_on_its_forums(cast, make_forum, client_as):
    forum = make_forum()
    ForumKind.objects.filter(pk="forum").update(is_offered=False)
    page = client_as(cast.fatima).get(reverse("forums:edit", args=[forum.slug]))
    assert forum.kind in page.context["form"].fields["kind"].queryset
    assert "Chefsforum" in client_as(cast.maja).get(forum.get_absolute_url()).text


def test_organisers_of_a_unit_choose_among_the_kinds_but_do_not_shape_them(cast, client_as):
    post = assign(cast.ulla, cast.units.schools, "Samordnare")
    post.role_grants.create(role="organiser", unit=cast.units.schools)
    client = client_as(cast.ulla)
    assert client.get(reverse("forums:new"), {"kind": "large"}).context["form"].initial["kind"].pk == "large"
    assert client.get(reverse("forums:kinds")).status_code == 403
    assert client.post(reverse("forums:new_kind"), rows(name="Nytt")).status_code == 403


def test_a_new_forum_begins_where_an_earlier_one_was(cast, make_forum, client_as):
    old = make_forum(seats=30, starts_at=local(2026, 3, 27, 9), asks_diet=True, announced=False)
    planning.add_item(
        old,
        kind=TALK,
        title="Välkomna",
        starts_at=local(2026, 3, 27, 9, 30),
        ends_at=local(2026, 3, 27, 10),
        speakers=[cast.maja],
        by=cast.fatima,
    )
    planning.plan_group_work(
        old,
        leader_official=cast.olof,
        leader_elected=cast.elsa,
        anonymous=True,
        questions=[("need", "Vad behöver vi?")],
        rounds=[("elected", 30), ("", 20)],
        by=cast.fatima,
    )
    furnishing.set_tables(old, count=4, by=cast.fatima)
    apportioning.set_quotas(old, quotas=[("elected", None, 10)], by=cast.fatima)
    reminding.set_reminders(old, reminders=[(Reminder.To.REGISTERED, 1, time(9))], by=cast.fatima)
    page = client_as(cast.fatima).get(reverse("forums:new"), {"like": old.slug})
    assert page.context["form"].initial["like"] == old
    new = plan_after(
        old,
        **facts_of(old),
        theme="Öppenhet",
        starts_at=local(2026, 10, 23, 13),
        ends_at=local(2026, 10, 23, 17),
        registration_closes_at=local(2026, 10, 20, 12),
        form_key=uuid4(),
        by=cast.fatima,
    )
    assert new.state == Forum.State.DRAFT
    assert new.slug != old.slug
    (item,) = new.programme.all()
    assert item.starts_at == local(2026, 10, 23, 13, 30)
    assert not item.speakers.exists()
    assert list(new.group_work.questions.values_list("text", flat=True)) == ["Vad behöver vi?"]
    assert list(new.group_work.rounds.values_list("side", "minutes")) == [("elected", 30), ("", 20)]
    assert (new.tables.count(), new.quotas.get().seats, new.reminders.get().days_before) == (4, 10, 1)
    assert not new.invitations.exists()
    # Leaders whose posts have ended do not come along; nor do quotas that the room is too small for.
    cast.elsa.assignments.update(ends_on=timezone.localdate() - timedelta(days=1))
    smaller = plan_after(
        old,
        **facts_of(old) | {"seats": 5},
        theme="Öppenhet",
        starts_at=local(2026, 10, 24, 13),
        ends_at=local(2026, 10, 24, 17),
        registration_closes_at=local(2026, 10, 20, 12),
        by=cast.fatima,
    )
    assert not hasattr(smaller, "group_work")
    assert not smaller.quotas.exists()
    assert LogEntry.objects.filter(event="forum.planned").count() == 3


def test_the_departments_that_were_groups_are_groups_again(cast, make_forum):
    old = make_forum()
    planning.plan_group_work(
        old,
        leader_official=cast.olof,
        leader_elected=cast.elsa,
        anonymous=False,
        questions=[("lesson", "Vad tar ni med er?")],
        rounds=[("", 20)],
        by=cast.fatima,
    )
    units = [cast.units.social, cast.units.energy]
    grouping.group_by_units(old, units=units, by=cast.fatima)
    starts_at = old.starts_at + timedelta(days=30)
    new = plan_after(
        old,
        **facts_of(old),
        theme="Ljus",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
        registration_closes_at=starts_at - timedelta(days=1),
        by=cast.fatima,
    )
    assert new.group_work.has_unit_groups
    assert {table.unit for table in new.tables.all()} == set(units)


def test_a_day_across_the_change_of_hour_keeps_its_times_of_day(cast, make_forum):
    old = make_forum(starts_at=local(2026, 3, 27, 20), ends_at=local(2026, 3, 28, 12), announced=False)
    times = {"starts_at": local(2026, 3, 28, 9), "ends_at": local(2026, 3, 28, 10)}
    planning.add_item(old, kind=TALK, title="Frukost", **times, by=cast.fatima)
    new = plan_after(
        old,
        **facts_of(old),
        theme="Ljus",
        starts_at=local(2026, 10, 24, 20),
        ends_at=local(2026, 10, 25, 12),
        registration_closes_at=local(2026, 10, 20, 12),
        by=cast.fatima,
    )
    (item,) = new.programme.all()
    assert item.starts_at.astimezone(UTC) == datetime(2026, 10, 25, 8, tzinfo=UTC)  # winter time
    assert item.ends_at - item.starts_at == timedelta(hours=1)


def test_only_forums_that_one_arranges_are_a_pattern(cast, make_forum, client_as):
    secret = make_forum(restricted=True, unit=cast.units.social, title="Slutet")
    post = assign(cast.ulla, cast.units.schools, "Samordnare")
    post.role_grants.create(role="organiser", unit=cast.units.schools)
    page = client_as(cast.ulla).get(reverse("forums:new"), {"like": secret.slug})
    assert page.context["pattern"] is None
    assert secret not in page.context["earlier"]
