"""An audience that the organiser puts together on the form of the forum: roles and sides x units."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from accounts.assigning import assign as assign_post
from accounts.models import Audience, Group, LogEntry, Side
from accounts.targeting import compose_audience
from forums.forms.plans import COUNT
from forums.models import Forum
from forums.patterning import facts_of, plan_after
from news.models import Article
from news.writing import start_article
from tests.visiting import Visitor

from .rows import rows
from .test_planning import facts


def rule(unit, group=Group.MANAGERS, **more):
    return {"group": group, "unit": unit.pk, **more}


def composed(cast, *rules, **fields):
    return facts(cast, audience="", **rows(*rules, prefix="rules"), **fields)


@pytest.fixture
def schools_organiser(cast):
    """Ulla, who arranges forums for the schools and for nobody else."""
    cast.ulla.assignments.get().role_grants.create(role="organiser", unit=cast.units.schools)
    return cast.ulla


def names(people):
    return {person.given_name for person in people}


def test_an_organiser_puts_an_audience_together_without_an_administrator(cast, client_as):
    sent = composed(cast, rule(cast.units.social), rule(cast.units.council, Group.ELECTED))
    assert client_as(cast.fatima).post(reverse("forums:new"), sent).status_code == 302
    forum = Forum.objects.get()
    # Managers at and below the department, and the elected of the board below the council.
    assert names(forum.people_meant()) == {"Maja", "Olof", "Elsa", "Folke"}
    assert forum.audience.name == "Förtroendevalda i Kommunfullmäktige; chefer i Socialförvaltningen"
    assert LogEntry.objects.get(event="audience.composed").by == cast.fatima


def test_it_is_counted_before_anything_is_saved_and_after(cast, client_as):
    client = client_as(cast.fatima)
    sent = composed(cast, rule(cast.units.social), rule(cast.units.home_care), title="", **{COUNT: "1"})
    page = client.post(reverse("forums:new"), sent)
    assert "<strong>2 personer</strong> i målgruppen i dag" in page.text
    assert "Öppenhet" in page.text
    assert "is-invalid" not in page.text and "Inget är sparat" not in page.text
    assert not Forum.objects.exists() and not Audience.objects.filter(is_composed=True).exists()
    ready = facts(cast, audience=cast.audiences.social.pk, **{COUNT: "1"})
    social = cast.audiences.social.assignments().values("person").distinct().count()
    assert f"<strong>{social} personer</strong>" in client.post(reverse("forums:new"), ready).text
    client.post(reverse("forums:new"), composed(cast, rule(cast.units.social)))
    page = client.get(reverse("forums:edit", args=[Forum.objects.get().slug]))
    assert "<strong>2 personer</strong> i målgruppen i dag" in page.text
    invited = client.get(reverse("forums:invited", args=[Forum.objects.get().slug])).text
    assert "Målgruppen ”Chefer i Socialförvaltningen”" in invited
    assert f"{reverse('forums:edit', args=[Forum.objects.get().slug])}#id_audience" in invited


def test_whoever_has_left_or_fits_two_rows_is_counted_as_invited(cast, client_as):
    get_user_model().objects.filter(pk=cast.olof.pk).update(is_active=False)
    rules = (
        rule(cast.units.social),
        rule(cast.units.root, Group.OFFICIALS),
        rule(cast.units.social, "everyone"),
    )
    page = client_as(cast.fatima).post(reverse("forums:new"), composed(cast, *rules, **{COUNT: "1"}))
    counted = page.context["plan"].people
    client_as(cast.fatima).post(reverse("forums:new"), composed(cast, *rules))
    assert counted == Forum.objects.get().people_meant().count()


def test_another_row_without_a_script_keeps_what_was_typed(cast, client_as):
    sent = composed(cast, rule(cast.units.social), add_row="rules")
    page = client_as(cast.fatima).post(reverse("forums:new"), sent)
    assert 'name="rules-1-unit"' in page.text
    assert page.context["plan"].people == 2
    assert not Forum.objects.exists()


def test_it_can_be_come_back_to_and_changed(cast, client_as):
    forum = new_forum(cast, client_as, rule(cast.units.social))
    fatima = Visitor.signed_in(cast.fatima).go(reverse("forums:edit", args=[forum.slug]))
    form = fatima.form("rules-0-unit")
    assert (form["rules-0-unit"].value, form["audience"].value) == (str(cast.units.social.pk), "")
    fatima.send(theme="Ett annat tema")
    assert Forum.objects.get().audience == forum.audience
    fatima.send("add_row=rules")
    form = fatima.form("rules-1-unit")
    fatima.send(
        **{"rules-0-DELETE": True, "rules-1-group": "elected", "rules-1-unit": str(cast.units.root.pk)}
    )
    assert names(Forum.objects.get().people_meant()) == {"Elsa", "Folke"}
    # And back to one that administrators have made: the rows as they stand say nothing against it.
    fatima.send(audience=str(cast.audiences.leaders.pk))
    assert Forum.objects.get().audience == cast.audiences.leaders


def test_the_same_put_together_twice_is_one_audience(cast, client_as):
    first = new_forum(cast, client_as, rule(cast.units.social), rule(cast.units.schools))
    second = new_forum(cast, client_as, rule(cast.units.schools), rule(cast.units.social))
    third = new_forum(cast, client_as, rule(cast.units.schools))
    assert first.audience == second.audience != third.audience
    assert Audience.objects.filter(is_composed=True).count() == 2


def test_two_that_are_called_the_same_are_told_apart(cast):
    twin = type(cast.units.social).objects.create(
        name=cast.units.social.name, slug="tvilling", kind="section", parent=cast.units.schools
    )
    audiences = [
        compose_audience([(Group.MANAGERS, unit)], by=cast.fatima) for unit in (cast.units.social, twin)
    ]
    assert [audience.name for audience in audiences] == [
        "Chefer i Socialförvaltningen",
        "Chefer i Socialförvaltningen (2)",
    ]


def test_a_long_one_has_a_name_that_fits(cast):
    units = [
        type(cast.units.social).objects.create(
            name=f"Avdelningen för strategisk utveckling {number}",
            slug=f"avd-{number}",
            kind="section",
            parent=cast.units.schools,
        )
        for number in range(8)
    ]
    for size in (7, 8):
        rules = [(Group.EVERYONE, unit) for unit in units[:size]]
        assert len(compose_audience(rules, by=cast.fatima).name) <= 120


def test_the_next_forum_keeps_it(cast, client_as):
    old = new_forum(cast, client_as, rule(cast.units.social))
    like = f"{reverse('forums:new')}?like={old.slug}"
    fatima = Visitor.signed_in(cast.fatima).go(like)
    assert fatima.form("rules-0-unit")["rules-0-unit"].value == str(cast.units.social.pk)
    nine = (timezone.localtime() + timedelta(days=50)).replace(hour=9, minute=0)
    sent = {name: value.strftime("%Y-%m-%dT%H:%M") for name, value in times(nine).items()}
    fatima.send(theme="Ljus", title="Nästa", **sent)
    assert Forum.objects.get(title="Nästa").audience == old.audience
    new = plan_after(old, **facts_of(old) | times(nine), theme="Mod", form_key=uuid4(), by=cast.fatima)
    assert new.audience == old.audience
    # It is offered at any other forum too, to those who arranged the one that it was made for.
    assert old.audience in offered(client_as, cast.fatima)


def test_it_is_no_audience_of_texts_kinds_or_others_who_arrange(cast, client_as, schools_organiser):
    forum = new_forum(cast, client_as, rule(cast.units.social))
    assert forum.audience not in offered(client_as, schools_organiser)
    assert cast.audiences.social in offered(client_as, schools_organiser)
    for page, person in (("news:new", cast.karin), ("forums:new_kind", cast.fatima)):
        form = client_as(person).get(reverse(page)).context["form"]
        assert forum.audience not in form.fields["audience"].queryset
    sent = facts(cast, audience=forum.audience.pk, unit=cast.units.schools.pk)
    assert client_as(schools_organiser).post(reverse("forums:new"), sent).status_code == 200
    assert Forum.objects.count() == 1


def test_a_summary_for_it_keeps_it(cast, client_as):
    forum = new_forum(cast, client_as, rule(cast.units.social))
    article = start_article(
        kind=Article.Kind.NEWS, unit=forum.unit, audience=forum.audience, title="Det blev så", by=cast.karin
    )
    page = Visitor.signed_in(cast.karin).go(reverse("news:meant_for", args=[article.pk]))
    page.send(audience=str(forum.audience_id), restricted=True)
    article.refresh_from_db()
    assert (article.audience, article.restricted) == (forum.audience, True)


@pytest.mark.parametrize("group", Group)
def test_an_organiser_of_a_unit_puts_no_others_together(cast, client_as, schools_organiser, group):
    client = client_as(schools_organiser)
    for unit in (cast.units.root, cast.units.social, cast.units.office):
        sent = composed(cast, rule(cast.units.schools), rule(unit, group), unit=cast.units.schools.pk)
        page = client.post(reverse("forums:new"), sent)
        assert "Du ordnar inte forum för den enheten." in page.text
        counted = client.post(reverse("forums:new"), {**sent, COUNT: "1"}).context["plan"].people
        assert counted == 1  # Ulla herself: nothing is told of the other unit
    assert not Forum.objects.exists() and not Audience.objects.filter(is_composed=True).exists()
    client.post(reverse("forums:new"), composed(cast, rule(cast.units.schools), unit=cast.units.schools.pk))
    assert names(Forum.objects.get().people_meant()) == {"Ulla"}


def test_what_a_colleague_with_more_to_say_put_there_stays_and_grows_no_further(
    cast, client_as, schools_organiser
):
    forum = new_forum(cast, client_as, rule(cast.units.social), unit=cast.units.schools.pk)
    ulla = Visitor.signed_in(schools_organiser).go(reverse("forums:edit", args=[forum.slug]))
    ulla.send(theme="Ett annat tema")
    forum.refresh_from_db()
    assert (forum.theme, names(forum.people_meant())) == ("Ett annat tema", {"Maja", "Olof"})
    ulla.send(**{"rules-0-group": "everyone"}).sees("Du ordnar inte forum för den enheten.")
    forum.refresh_from_db()
    assert names(forum.people_meant()) == {"Maja", "Olof"}


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ([], "Ange vilka som är inbjudna"),
        ([{"group": "managers", "unit": ""}], "Ange vilka som är inbjudna"),
        ([{"group": "kings", "unit": "1"}], "kings"),
        ([{"group": "managers", "unit": "x"}], "Du ordnar inte forum för den enheten."),
    ],
)
def test_an_audience_of_nothing_is_pointed_out_and_all_is_kept(cast, client_as, rules, message):
    page = client_as(cast.fatima).post(reverse("forums:new"), composed(cast, *rules))
    assert message in page.text
    assert "Öppenhet" in page.text
    assert not Forum.objects.exists()


def test_two_audiences_at_once_are_asked_about(cast, client_as):
    sent = composed(cast, rule(cast.units.social)) | {"audience": cast.audiences.everyone.pk}
    page = client_as(cast.fatima).post(reverse("forums:new"), sent)
    assert "Du har valt ”Alla” och dessutom fyllt i rader" in page.text
    assert not Forum.objects.exists()


def test_it_follows_the_posts_of_the_day(cast, client_as):
    forum = new_forum(cast, client_as, rule(cast.units.council, Group.ELECTED))
    assign_post(
        cast.per,
        unit=cast.units.board,
        title="Ersättare",
        side=Side.ELECTED,
        starts_on=timezone.localdate(),
        ends_on=None,
        is_manager=False,
        party="Almvikslistan",
        by=cast.ada,
    )
    assert names(forum.people_meant()) == {"Elsa", "Folke", "Per"}


def test_a_restricted_forum_opens_to_it_alone(cast, client_as):
    forum = new_forum(cast, client_as, rule(cast.units.social), restricted="on")
    Forum.objects.update(state=Forum.State.ANNOUNCED)
    assert client_as(cast.maja).get(forum.get_absolute_url()).status_code == 200
    assert client_as(cast.elsa).get(forum.get_absolute_url()).status_code == 404


def test_administrators_look_at_it_and_leave_it_as_it_is(cast, client_as):
    forum = new_forum(cast, client_as, rule(cast.units.social))
    url = f"/admin/accounts/audience/{forum.audience_id}/change/"
    ada = client_as(cast.ada)
    assert ada.get(url).status_code == 200
    assert ada.post(url, {"name": "Alla"}).status_code == 403
    forum.audience.refresh_from_db()
    assert forum.audience.name == "Chefer i Socialförvaltningen"


def new_forum(cast, client_as, *rules, **fields):
    """A draft that Fatima makes with the form, with an audience of these rules."""
    sent = composed(cast, *rules, **fields)
    assert client_as(cast.fatima).post(reverse("forums:new"), sent).status_code == 302
    return Forum.objects.latest("created_at")


def times(starts_at):
    return {
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
        "registration_closes_at": starts_at - timedelta(days=3),
    }


def offered(client_as, person):
    return client_as(person).get(reverse("forums:new")).context["form"].fields["audience"].queryset
