"""What an organiser plans: facts, programme, group work, tables."""

from datetime import timedelta
from unittest import mock

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Mail, Side
from forums import planning, registering
from forums.models import Forum, ProgrammeItem, Question, Registration, seams_of
from tests.cast import assign

KINDS = ProgrammeItem.Kind


def moment(at):
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")


def facts(cast, **fields):
    starts_at = (timezone.localtime() + timedelta(days=20)).replace(hour=9, minute=0)
    return {
        "kind": "forum",
        "title": "Chefsforum på våren",
        "theme": "Öppenhet",
        "starts_at": moment(starts_at),
        "ends_at": moment(starts_at + timedelta(hours=6)),
        "registration_closes_at": moment(starts_at - timedelta(days=7)),
        "place": "Rådhuset",
        "audience": cast.audiences.leaders.pk,
        "unit": cast.units.office.pk,
        "organiser": "Fatima Nasser",
        **fields,
    }


def item(forum, starts, minutes, title="Punkt", **fields):
    starts_at = forum.starts_at + timedelta(minutes=starts)
    return planning.add_item(
        forum,
        kind=KINDS.TALK,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        title=title,
        by=forum.organiser,
        **fields,
    )


# Facts


def test_an_organiser_makes_a_draft_with_an_address_of_plain_letters(cast, client_as):
    response = client_as(cast.fatima).post(reverse("forums:new"), facts(cast))
    forum = Forum.objects.get()
    assert response.status_code == 302
    assert forum.slug == "chefsforum-pa-varen"
    assert forum.state == Forum.State.DRAFT
    assert forum.organiser == cast.fatima
    assert forum.starts_at.astimezone(timezone.get_current_timezone()).hour == 9


def test_a_taken_address_gets_a_number_and_the_form_keeps_its_own(cast, make_forum):
    assert [make_forum().slug, make_forum().slug] == ["chefsforum-host", "chefsforum-host-2"]
    assert make_forum(title="Nytt").slug == "nytt-2"


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "", "invalid-feedback"),
        ("title", "x" * 121, "invalid-feedback"),
        ("ends_at", "2026-01-01T09:00", "Forumet måste sluta efter att det har börjat."),
        ("registration_closes_at", "2036-01-01T09:00", "Sista svarsdag måste vara innan forumet börjar."),
        ("seats", "0", "invalid-feedback"),
        ("organiser", "Ingen Alls", "Ingen som heter ”Ingen Alls” hittades."),
    ],
)
def test_bad_facts_are_pointed_out_beside_the_field_and_kept(cast, client_as, field, value, message):
    response = client_as(cast.fatima).post(reverse("forums:new"), facts(cast, **{field: value}))
    assert response.status_code == 200
    assert message in response.text
    assert "is-invalid" in response.text
    assert "Öppenhet" in response.text
    assert not Forum.objects.exists()


def test_two_people_of_one_name_are_told_apart_by_address(cast, client_as):
    assign(
        other := type(cast.per).objects.create_user(
            "fatima2@almvik.example", given_name="Fatima", family_name="Nasser"
        ),
        cast.units.schools,
        "Lärare",
    )
    response = client_as(cast.fatima).post(reverse("forums:new"), facts(cast))
    assert "fatima2@almvik.example" in response.text
    client_as(cast.fatima).post(
        reverse("forums:new"), facts(cast, organiser=f"Fatima Nasser <{other.email}>")
    )
    assert Forum.objects.get().organiser == other


def test_moving_an_announced_forum_tells_everybody_once_and_keeps_answers(cast, make_forum):
    forum = make_forum(join_url="https://mote.example/hemlig")
    registering.register(forum, person=cast.maja, by=cast.maja)
    registering.decline(forum, person=cast.ulla, by=cast.ulla)
    forum = planning.change_forum(forum, place="Biblioteket", by=cast.fatima)
    planning.change_forum(forum, place="Biblioteket", by=cast.fatima)
    planning.change_forum(forum, theme="Ett nytt tema", by=cast.fatima)
    told = Mail.objects.filter(event="forum_changed")
    assert cast.maja in {mail.to for mail in told} and cast.elsa in {mail.to for mail in told}
    assert cast.ulla not in {mail.to for mail in told}
    assert told.filter(to=cast.maja).count() == 1
    assert "hemlig" in told.get(to=cast.maja).text
    assert "hemlig" not in told.get(to=cast.elsa).text + told.get(to=cast.elsa).calendar
    forum.refresh_from_db()
    assert forum.calendar_sequence == 1


def test_seats_are_never_fewer_than_those_taken(cast, make_forum, client_as):
    forum = make_forum(seats=3)
    for person in (cast.maja, cast.ulla):
        registering.register(forum, person=person, by=person)
    url = reverse("forums:edit", args=[forum.slug])
    kept = {"starts_at": moment(forum.starts_at), "ends_at": moment(forum.ends_at)}
    response = client_as(cast.fatima).post(url, facts(cast, seats=1, title="Nytt namn", **kept))
    assert "Fler platser än så är redan tagna eller erbjudna." in response.text
    assert "Nytt namn" in response.text
    forum.refresh_from_db()
    assert (forum.seats, forum.title) == (3, "Chefsforum höst")


def test_more_seats_go_to_those_who_wait(cast, make_forum):
    forum = make_forum(seats=1)
    for person in (cast.maja, cast.ulla, cast.elsa):
        registering.register(forum, person=person, by=person)
    planning.change_forum(forum, seats=2, by=cast.fatima)
    assert Registration.objects.get(person=cast.ulla).is_offer
    planning.change_forum(forum, seats=None, by=cast.fatima)
    assert Registration.objects.get(person=cast.elsa).is_offer


def test_an_earlier_deadline_shortens_offers(cast, make_forum):
    forum = make_forum(seats=1)
    for person in (cast.maja, cast.ulla):
        registering.register(forum, person=person, by=person)
    registering.cancel(Registration.objects.get(person=cast.maja), by=cast.maja)
    soon = timezone.now() + timedelta(hours=2)
    planning.change_forum(forum, registration_closes_at=soon, by=cast.fatima)
    assert Registration.objects.get(person=cast.ulla).offered_until == soon


# Programme


def test_overlaps_and_gaps_are_found(cast, make_forum):
    forum = make_forum()
    item(forum, 0, 60, "Långt")
    item(forum, 15, 15, "Mitt i")
    item(forum, 60, 30, "Möter")
    item(forum, 100, 20, "Efter en lucka")
    found = [
        (before.title, after.title, minutes) for before, after, minutes in seams_of(forum.programme.all())
    ]
    assert found == [("Långt", "Mitt i", -45), ("Möter", "Efter en lucka", 10)]


def rows(*items, prefix="items", initial=0, **more):
    data = {f"{prefix}-TOTAL_FORMS": str(len(items)), f"{prefix}-INITIAL_FORMS": str(initial), **more}
    for number, fields in enumerate(items):
        data |= {f"{prefix}-{number}-{name}": value for name, value in fields.items()}
    return data


def clock(at):
    return timezone.localtime(at).strftime("%H:%M")


@pytest.fixture
def nine():
    return (timezone.localtime() + timedelta(days=20)).replace(hour=9, minute=0, second=0, microsecond=0)


def test_the_programme_is_written_changed_and_emptied_row_by_row(cast, make_forum, client_as, nine):
    forum = make_forum(starts_at=nine)
    url = reverse("forums:edit_programme", args=[forum.slug])
    client = client_as(cast.fatima)
    talk = {
        "starts": "09:00",
        "ends": "10:00",
        "kind": "talk",
        "title": "Tal",
        "speakers": "Olof Ek, elsa@almvik.example",
    }
    coffee = {"starts": "10:00", "ends": "10:30", "kind": "break", "title": "Kaffe"}
    untouched = {"kind": "talk"}
    assert client.post(url, rows(talk, coffee, untouched)).status_code == 302
    first, second = forum.programme.all()
    assert set(first.speakers.all()) == {cast.olof, cast.elsa}
    assert clock(second.ends_at) == "10:30"

    changed = {**talk, "item": first.pk, "title": "Tal om tillit"}
    gone = {**coffee, "item": second.pk, "DELETE": "on"}
    assert client.post(url, rows(changed, gone, initial=2)).status_code == 302
    assert [(each.pk, each.title) for each in forum.programme.all()] == [(first.pk, "Tal om tillit")]


def test_rows_that_nobody_touched_stay_as_they_are(cast, make_forum, client_as, nine):
    forum = make_forum(starts_at=nine)
    here = item(forum, 0, 30, "Står kvar", speakers=[cast.olof])
    url = reverse("forums:edit_programme", args=[forum.slug])
    form = client_as(cast.fatima).get(url).context["formset"].forms[0]
    sent = {name: form[name].value() for name in form.fields}
    sent |= {"item": here.pk, "starts": "09:00", "ends": "09:30", "speakers": "Olof Ek <olof@almvik.example>"}
    sent = {name: value for name, value in sent.items() if value is not None}
    new = {"starts": "09:30", "ends": "10:00", "kind": "talk", "title": "Ny"}
    assert client_as(cast.fatima).post(url, rows(sent, new, initial=1)).status_code == 302
    assert [(each.pk == here.pk, each.title) for each in forum.programme.all()] == [
        (True, "Står kvar"),
        (False, "Ny"),
    ]
    assert list(here.speakers.all()) == [cast.olof]


def test_a_bad_row_changes_nothing_and_keeps_every_row(cast, make_forum, client_as, nine):
    forum = make_forum(starts_at=nine)
    good = {"starts": "09:00", "ends": "10:00", "kind": "talk", "title": "Bra punkt"}
    for bad in (
        {"ends": "08:00"},
        {"starts": "23:00", "ends": "23:30"},
        {"title": ""},
        {"speakers": "Ingen Alls"},
    ):
        response = client_as(cast.fatima).post(
            reverse("forums:edit_programme", args=[forum.slug]), rows(good, {**good, "title": "Dålig", **bad})
        )
        assert response.status_code == 200
        assert "is-invalid" in response.text
        assert "Bra punkt" in response.text
    assert not forum.programme.exists()


def test_a_row_is_added_without_scripts_and_what_was_typed_stays(cast, make_forum, client_as, nine):
    forum = make_forum(starts_at=nine)
    typed = {"starts": "09:00", "ends": "10:00", "kind": "talk", "title": "Halvskriven"}
    response = client_as(cast.fatima).post(
        reverse("forums:edit_programme", args=[forum.slug]), rows(typed, add_row="items")
    )
    assert 'name="items-TOTAL_FORMS" value="2"' in response.text
    assert 'name="items-1-title"' in response.text
    assert "Halvskriven" in response.text
    assert not forum.programme.exists()


def test_a_row_of_another_forums_item_is_refused(cast, make_forum, client_as, nine):
    forum, other = make_forum(starts_at=nine), make_forum(starts_at=nine, title="Annat")
    theirs = item(other, 0, 30, "Deras")
    row = {"item": theirs.pk, "starts": "09:00", "ends": "10:00", "kind": "talk", "title": "Min nu"}
    client_as(cast.fatima).post(reverse("forums:edit_programme", args=[forum.slug]), rows(row, initial=1))
    theirs.refresh_from_db()
    assert (theirs.forum, theirs.title) == (other, "Deras")


def test_the_verb_refuses_items_out_of_time(cast, make_forum):
    forum = make_forum()
    with pytest.raises(planning.OutsideForum):
        item(forum, -30, 60)
    with pytest.raises(planning.TimesOutOfOrder):
        item(forum, 30, -10)


# Group work and tables


def group_work_data(**fields):
    return {
        "leader_elected": "Elsa Ängman",
        "leader_official": "Olof Ek",
        "anonymous": "on",
        **rows({"kind": "need", "text": "Vad behöver du?"}, {"kind": "need", "text": ""}, prefix="questions"),
        **rows(
            {"side": "elected", "minutes": "20"},
            {"side": "both", "minutes": "15"},
            prefix="rounds",
            initial=2,
        ),
        **fields,
    }


def test_group_work_is_planned_with_its_leaders_questions_and_rounds(cast, make_forum, client_as):
    forum = make_forum()
    url = reverse("forums:edit_group_work", args=[forum.slug])
    assert client_as(cast.fatima).post(url, group_work_data()).status_code == 302
    work = Forum.objects.get(pk=forum.pk).group_work
    assert work.leaders == [cast.elsa, cast.olof]
    assert [(question.kind, question.text) for question in work.questions.all()] == [
        (Question.Kind.NEED, "Vad behöver du?")
    ]
    assert [(each.side, each.minutes) for each in work.rounds.all()] == [(Side.ELECTED, 20), ("", 15)]
    assert client_as(cast.fatima).get(url).status_code == 200


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"leader_elected": "Maja Lind"}, "Den här ledaren måste vara förtroendevald i dag."),
        ({"leader_official": "Folke Dahl"}, "Den här ledaren måste vara tjänsteperson i dag."),
        ({"leader_official": "elsa@almvik.example"}, "Grupparbetet har två ledare. Välj två olika personer."),
        ({"leader_elected": "Frida Forsman"}, "Ingen som heter"),
    ],
)
def test_leaders_speak_for_their_side_today(cast, make_forum, client_as, fields, message):
    forum = make_forum()
    url = reverse("forums:edit_group_work", args=[forum.slug])
    response = client_as(cast.fatima).post(url, group_work_data(**fields))
    assert response.status_code == 200
    assert message in response.text
    assert "Vad behöver du?" in response.text
    assert not hasattr(Forum.objects.get(pk=forum.pk), "group_work")


def test_group_work_that_has_begun_is_planned_no_more(cast, make_forum):
    forum = make_forum()
    leaders = {
        "leader_official": cast.olof,
        "leader_elected": cast.elsa,
        "anonymous": True,
        "by": cast.fatima,
    }
    work = planning.plan_group_work(forum, **leaders)
    work.state = work.State.OPEN
    work.save()
    with pytest.raises(planning.GroupWorkBegun):
        planning.plan_group_work(forum, **leaders)


def test_tables_come_and_go_but_not_with_notes(cast, make_forum, client_as):
    forum = make_forum()
    url = reverse("forums:edit_tables", args=[forum.slug])
    client_as(cast.fatima).post(url, {"tables": 4})
    assert [table.number for table in forum.tables.all()] == [1, 2, 3, 4]
    work = planning.plan_group_work(
        forum,
        leader_official=cast.olof,
        leader_elected=cast.elsa,
        anonymous=True,
        questions=[("need", "Vad?")],
        by=cast.fatima,
    )
    forum.tables.get(number=3).notes.create(question=work.questions.get(), side=Side.ELECTED, text="Dialog")
    response = client_as(cast.fatima).post(url, {"tables": 2})
    assert "Det finns anteckningar från ett av borden" in response.text
    assert forum.tables.count() == 4
    client_as(cast.fatima).post(url, {"tables": 3})
    assert forum.tables.count() == 3


# Who may not


@pytest.mark.parametrize("page", ["edit", "edit_programme", "edit_group_work", "edit_tables"])
def test_only_organisers_of_the_unit_plan(cast, make_forum, client_as, page):
    forum = make_forum()
    url = reverse(f"forums:{page}", args=[forum.slug])
    assert client_as(cast.fatima).get(url).status_code == 200
    for person in (cast.maja, cast.elsa, cast.karin, cast.gunnar, cast.ada, cast.per):
        assert client_as(person).get(url).status_code == 403
        with mock.patch("forums.planning.record") as recorded:
            assert client_as(person).post(url, facts(cast)).status_code == 403
        assert not recorded.called
    assert client_as(cast.former).get(url).status_code == 404


def test_only_organisers_start_a_forum_and_only_for_their_unit(cast, client_as):
    for person in (cast.maja, cast.karin, cast.former):
        assert client_as(person).get(reverse("forums:new")).status_code == 403
        assert client_as(person).post(reverse("forums:new"), facts(cast)).status_code == 403
    post = cast.ulla.assignments.get()
    post.role_grants.create(role="organiser", unit=cast.units.schools)
    response = client_as(cast.ulla).post(reverse("forums:new"), facts(cast))
    assert response.status_code == 200
    assert not Forum.objects.exists()
    client_as(cast.ulla).post(reverse("forums:new"), facts(cast, unit=cast.units.schools.pk))
    assert Forum.objects.get().unit == cast.units.schools
