"""Routes that an administrator lays out, within what no route can change."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import LogEntry, Role, Side
from news import reviewing, routing
from news.models import ReviewStep, Route
from news.routing import AsksNobody, RouteChanged, SummaryNeedsApprover


def lay_out(cast, *steps, kind="news", revision=0, months=None):
    return routing.lay_out(
        kind,
        steps=[{"days": 3, **step} for step in steps],
        sign_off_days=4,
        months_until_review=months,
        revision=revision,
        by=cast.ada,
    )


@pytest.fixture
def steps_of(cast, start):
    """The steps that a new text has to take: (stage, who) in their order."""

    def steps_of(**fields):
        version = reviewing.submit(start(**fields).newest_version, by=fields.get("by", cast.karin))
        return [(step.stage, step.reviewer or step.role) for step in version.steps.all()]

    return steps_of


def test_without_a_stored_route_one_approver_is_asked_after_those_who_sign(cast, steps_of):
    assert not Route.objects.exists()
    assert steps_of() == [(2, Role.APPROVER)]
    signed = steps_of(kind="summary", signatories={cast.elsa: Side.ELECTED, cast.olof: Side.OFFICIAL})
    assert signed == [(1, cast.elsa), (1, cast.olof), (2, Role.APPROVER)]


def test_steps_go_to_roles_and_people_side_by_side_or_after_one_another(cast, steps_of):
    lay_out(cast, {"stage": 1, "reviewer": cast.maja}, {"stage": 1, "role": Role.COMMUNICATOR})
    assert steps_of(by=cast.ada) == [(2, cast.maja), (2, Role.COMMUNICATOR)]
    lay_out(
        cast, {"stage": 1, "reviewer": cast.maja}, {"stage": 2, "role": Role.APPROVER}, revision=1, months=12
    )
    assert steps_of() == [(2, cast.maja), (3, Role.APPROVER)]
    first, last = ReviewStep.objects.order_by("-pk")[:2][::-1]
    today = timezone.localdate()
    # The days of a stage count from when it begins.
    assert (first.due_on, last.due_on, last.days) == (today + timedelta(days=3), None, 3)


def test_whoever_wrote_or_left_is_not_asked_by_name(cast, steps_of):
    lay_out(cast, {"stage": 1, "reviewer": cast.karin})
    assert steps_of(by=cast.karin) == [(2, Role.APPROVER)]
    cast.karin.assignments.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert steps_of(by=cast.ada) == [(2, Role.APPROVER)]


def test_no_route_lets_a_text_past_the_yes_of_another(cast):
    with pytest.raises(AsksNobody):
        lay_out(cast)
    with pytest.raises(SummaryNeedsApprover):
        lay_out(cast, {"stage": 1, "role": Role.COMMUNICATOR}, kind="summary")
    with pytest.raises(SummaryNeedsApprover):
        lay_out(
            cast, {"stage": 1, "role": Role.APPROVER}, {"stage": 2, "reviewer": cast.maja}, kind="summary"
        )
    assert not Route.objects.exists()


def test_two_administrators_do_not_overwrite_one_another(cast):
    lay_out(cast, {"stage": 1, "role": Role.APPROVER}, months=6)
    with pytest.raises(RouteChanged):
        lay_out(cast, {"stage": 1, "role": Role.COMMUNICATOR})
    lay_out(cast, {"stage": 1, "role": Role.APPROVER}, months=6)  # a double click says the same
    assert LogEntry.objects.filter(event="route.laid_out").count() == 1


def sent(*rows, **fields):
    data = {"revision": 0, "sign_off_days": 5, "months_until_review": ""} | fields
    data |= {"step-TOTAL_FORMS": len(rows), "step-INITIAL_FORMS": len(rows)}
    for place, (stage, who, reviewer) in enumerate(rows):
        row = {"stage": stage, "who": who, "reviewer": reviewer, "days": 5}
        data |= {f"step-{place}-{name}": value for name, value in row.items()}
    return data


def test_more_steps_than_anybody_is_asked_in_are_refused_in_words(cast, client_as):
    client, url = client_as(cast.ada), reverse("news:route", args=["page"])
    page = client.post(url, sent((1, "approver", "")) | {"step-TOTAL_FORMS": "9" * 20})
    assert "som mest 50" in page.text
    assert page.text.count("<fieldset>") <= 50
    assert not LogEntry.objects.filter(event="route.laid_out").exists()


def test_an_administrator_changes_a_route_on_its_page(cast, client_as):
    client, url = client_as(cast.ada), reverse("news:route", args=["page"])
    assert 'value="6"' in client.get(url).text
    assert (
        client.post(url, sent((1, "person", "Maja Lind"), (2, "approver", ""), (1, "", ""))).status_code
        == 302
    )
    asks = Route.objects.of("page").asks()
    assert [(step.stage, str(step)) for step in asks] == [(1, "Maja Lind"), (2, "godkännare")]
    assert "Maja Lind" in client.get(reverse("news:routes")).text


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([(1, "", "")], "inget publiceras utan att en annan person har sagt ja"),
        ([(1, "person", "")], "Skriv vem det är."),
        ([(1, "person", "Ingen Alls")], "Ingen som heter ”Ingen Alls” hittades"),
    ],
)
def test_what_cannot_be_changes_nothing_and_says_why(cast, client_as, rows, message):
    page = client_as(cast.ada).post(reverse("news:route", args=["news"]), sent(*rows, months_until_review=7))
    assert page.status_code == 200
    assert message in page.text and 'value="7"' in page.text
    assert not Route.objects.exists()


def test_a_kind_that_is_none_is_not_there(cast, client_as):
    assert client_as(cast.ada).get(reverse("news:route", args=["recept"])).status_code == 404
