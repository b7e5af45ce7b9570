"""Planning the group work and the tables."""

import uuid

import pytest
from django.urls import reverse
from lxml.html import fromstring

from accounts.models import Side
from forums import planning
from forums.models import Forum, Question
from forums.working import close_round, open_group_work, open_round

from .room import E, O, seat
from .rows import rows


def group_work_data(**fields):
    return {
        "leader_elected": "Elsa Ängman",
        "leader_official": "Olof Ek",
        "anonymous": "on",
        "dots_on": "room",
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


def test_every_kind_of_question_is_planned(cast, make_forum, client_as):
    forum = make_forum()
    url, client = reverse("forums:edit_group_work", args=[forum.slug]), client_as(cast.fatima)
    kinds = ["need", "expectation", "lesson", "keep", "idea", "open"]
    assert sorted(kinds) == sorted(Question.Kind.values)
    asked = rows(*({"kind": kind, "text": f"Fråga om {kind}?"} for kind in kinds), prefix="questions")
    assert client.post(url, group_work_data(**asked)).status_code == 302
    work = Forum.objects.get(pk=forum.pk).group_work
    assert [(each.kind, each.text) for each in work.questions.all()] == [
        (kind, f"Fråga om {kind}?") for kind in kinds
    ]
    odd = rows({"kind": "wish", "text": "Vad önskar du?"}, prefix="questions")
    refused = client.post(url, group_work_data(**odd, revision=1))
    assert refused.context["plan"].questions.forms[0].errors.keys() == {"kind"}
    assert work.questions.count() == 6


def test_the_rounds_that_are_suggested_are_the_elected_the_officials_and_both(cast, make_forum, client_as):
    forum = make_forum()
    url, client = reverse("forums:edit_group_work", args=[forum.slug]), client_as(cast.fatima)
    page = fromstring(client.get(url).text)
    fields = {field.name: field.value for field in page.xpath("//select[@name] | //input[@name]")}
    given = [
        {name: fields[f"rounds-{place}-{name}"] for name in ("side", "minutes")}
        for place in range(int(fields["rounds-TOTAL_FORMS"]))
    ]
    assert [one["side"] for one in given] == ["elected", "official", "both"]
    client.post(url, group_work_data(**rows(*given, prefix="rounds", initial=3)))
    work = Forum.objects.get(pk=forum.pk).group_work
    assert [each.side for each in work.rounds.all()] == [Side.ELECTED, Side.OFFICIAL, ""]
    # The third is open to both sides, and each of the others to its own.
    table = forum.tables.create(number=1)
    seated = {side: seat(cast, table, side, 1)[0] for side in (E, O)}
    open_group_work(work, by=cast.fatima)
    wrote = []
    for each in work.rounds.all():
        open_round(each, by=cast.fatima)
        for side, person in seated.items():
            note = {"note_id": uuid.uuid4(), "question": work.questions.get().pk, "text": "Vi hör ihop."}
            answer = client_as(person).post(f"/forum/{forum.slug}/grupparbete/", note)
            wrote.append((each.order, side, answer.status_code))
        close_round(each, by=cast.fatima)
    assert wrote == [(1, E, 302), (1, O, 409), (2, E, 409), (2, O, 302), (3, E, 302), (3, O, 302)]


def test_dots_are_planned_for_the_room_or_for_each_group(cast, make_forum, client_as):
    forum = make_forum()
    url, client = reverse("forums:edit_group_work", args=[forum.slug]), client_as(cast.fatima)
    for revision, scope in enumerate(["table", "room"]):
        assert client.post(url, group_work_data(dots_on=scope, revision=revision)).status_code == 302
        assert Forum.objects.get(pk=forum.pk).group_work.dots_on == scope
    refused = client.post(url, group_work_data(dots_on="somewhere", revision=2))
    assert refused.context["plan"].form.errors.keys() == {"dots_on"}
    assert Forum.objects.get(pk=forum.pk).group_work.dots_on == "room"


def test_the_wall_is_opened_to_all_in_the_plan_and_closed_unless_said(cast, make_forum, client_as):
    forum = make_forum()
    url, client = reverse("forums:edit_group_work", args=[forum.slug]), client_as(cast.fatima)
    for revision, said in enumerate([{"wall_for_all": "on"}, {}]):
        assert client.post(url, group_work_data(**said, revision=revision)).status_code == 302
        assert Forum.objects.get(pk=forum.pk).group_work.wall_for_all == bool(said)
    assert client_as(cast.maja).post(url, group_work_data(wall_for_all="on", revision=2)).status_code == 403
    work = Forum.objects.get(pk=forum.pk).group_work
    work.state = "open"
    work.save()
    refused = client.post(url, group_work_data(wall_for_all="on", revision=2))
    assert "har börjat" in refused.text
    assert not Forum.objects.get(pk=forum.pk).group_work.wall_for_all


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
    response = client_as(cast.fatima).post(url, {"tables": 2, "revision": 1})
    assert "Det finns anteckningar från ett av borden" in response.text
    assert forum.tables.count() == 4
    client_as(cast.fatima).post(url, {"tables": 3, "revision": 1})
    assert forum.tables.count() == 3
