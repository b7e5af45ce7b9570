"""Two organisers with one plan: nobody overwrites what they have not seen."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Mail
from forums import furnishing, planning, registering
from forums.forms.planning import ForumForm
from forums.models import Forum, Registration
from news.curating import plant_topic

from .rows import rows
from .test_planning import facts
from .test_programme import clock, item


@pytest.fixture
def forum(make_forum):
    nine = (timezone.localtime() + timedelta(days=20)).replace(hour=9, minute=0, second=0, microsecond=0)
    return make_forum(starts_at=nine)


@pytest.fixture
def opened(client_as, cast, forum):
    """A function that returns the address of a page of the plan, and Fatima with that page open."""

    def open_part(part):
        url = reverse(f"forums:edit{part and '_'}{part}", args=[forum.slug])
        client = client_as(cast.fatima)
        revision = client.get(url).context["revision"]

        def save(**fields):
            return client.post(url, {"revision": revision, **fields})

        return save

    return open_part


def as_typed(forum, **fields):
    """The form of facts as it is sent where nothing but `fields` was touched."""
    form = ForumForm(person=forum.organiser, instance=Forum.objects.get(pk=forum.pk))
    sent = {bound.html_name: bound.field.widget.format_value(bound.value()) for bound in form}
    flat = {name: value[0] if isinstance(value, list) and value else value for name, value in sent.items()}
    return {name: value for name, value in flat.items() if value not in (None, "", "False", [])} | fields


def test_stale_facts_are_not_put_back(cast, forum, opened):
    save, typed = opened(""), as_typed(forum, theme="Mod i vardagen")
    planning.change_forum(forum, place="Rådhuset", by=cast.fatima)
    response = save(**typed)
    assert response.status_code == 409
    forum.refresh_from_db()
    assert (forum.place, forum.theme) == ("Rådhuset", "Tillit i vardagen")
    assert "Plats: Rådhuset" in response.text
    assert "Plats: Folkets hus, Almvik" in response.text
    assert "Tema: Mod i vardagen" in response.text
    assert "Rubrik:" not in response.text
    assert response.context["form"]["theme"].value() == "Mod i vardagen"
    assert not Mail.objects.filter(event="forum_changed", text__contains="Folkets hus").exists()


def test_what_was_seen_and_sent_once_more_is_saved(cast, forum, opened, client_as):
    save, typed = opened(""), as_typed(forum, theme="Mod i vardagen")
    planning.change_forum(forum, place="Rådhuset", by=cast.fatima)
    revision = save(**typed).context["revision"]
    assert save(**typed, revision=revision).status_code == 302
    forum.refresh_from_db()
    assert forum.theme == "Mod i vardagen"


def test_topics_that_a_colleague_has_chosen_stay(cast, forum, client_as):
    school, water = (plant_topic(name=name, by=cast.ada) for name in ("Skolan", "Vattnet"))
    client, url = client_as(cast.fatima), reverse("forums:about", args=[forum.slug])
    revision = client.get(url).context["revision"]
    colleague = client_as(cast.fatima)
    assert colleague.post(url, {"topics": [school.pk], "revision": revision}).status_code == 302
    response = client.post(url, {"topics": [water.pk], "revision": revision})
    assert response.status_code == 409
    assert "Ämnen: Skolan" in response.text
    assert "Ämnen: Vattnet" in response.text
    assert list(forum.topics.all()) == [school]
    again = {"topics": [water.pk], "revision": response.context["revision"]}
    assert [client.post(url, again).status_code for _click in range(2)] == [302, 302]
    assert list(forum.topics.all()) == [water]


def test_a_double_click_is_no_colleague(cast, forum, opened):
    save, typed = opened(""), as_typed(forum, theme="Mod i vardagen")
    assert [save(**typed).status_code, save(**typed).status_code] == [302, 302]
    save, row = opened("programme"), {"starts": "09:00", "ends": "10:00", "kind": "talk", "title": "Tal"}
    assert [save(**rows(row)).status_code, save(**rows(row)).status_code] == [302, 302]
    assert forum.programme.count() == 1


def test_each_page_has_its_own_count(cast, forum, opened):
    save = opened("programme")
    planning.change_forum(forum, place="Rådhuset", by=cast.fatima)
    row = {"starts": "09:00", "ends": "10:00", "kind": "talk", "title": "Tal"}
    assert save(**rows(row)).status_code == 302


def test_an_item_that_a_colleague_added_stays(cast, forum, opened):
    first = item(forum, 0, 30, "Först")
    save = opened("programme")
    item(forum, 30, 30, "Kollegans")
    mine = {"item": first.pk, "starts": "09:00", "ends": "09:30", "kind": "talk", "title": "Min ändring"}
    response = save(**rows(mine, initial=1))
    assert response.status_code == 409
    assert "09:30, 10:00, Föredrag, Kollegans" in response.text
    assert "09:00, 09:30, Föredrag, Min ändring" in response.text
    assert [each.title for each in forum.programme.all()] == ["Först", "Kollegans"]
    assert save(**rows(mine, initial=1, revision=response.context["revision"])).status_code == 302
    assert [each.title for each in forum.programme.all()] == ["Min ändring", "Kollegans"]


def test_an_item_that_a_colleague_removed_becomes_a_new_one_if_it_is_meant(cast, forum, opened):
    first = item(forum, 0, 30, "Först")
    save = opened("programme")
    planning.set_programme(forum, items=[], removed=[first], by=cast.fatima)
    mine = {"item": first.pk, "starts": "09:00", "ends": "09:30", "kind": "talk", "title": "Min ändring"}
    revision = save(**rows(mine, initial=1)).context["revision"]
    assert not forum.programme.exists()
    assert save(**rows(mine, initial=1, revision=revision)).status_code == 302
    assert [clock(each.starts_at) for each in forum.programme.all()] == ["09:00"]


def test_a_row_added_on_a_stale_page_makes_it_no_fresher(cast, forum, opened):
    save = opened("programme")
    item(forum, 30, 30, "Kollegans")
    mine = {"starts": "09:00", "ends": "09:30", "kind": "talk", "title": "Min"}
    response = save(**rows(mine, add_row="items"))
    assert save(**rows(mine, revision=response.context["revision"])).status_code == 409


def test_a_stale_plan_of_group_work_and_stale_tables_are_stopped(cast, forum, opened):
    plan, tables = opened("group_work"), opened("tables")
    leaders = {"leader_official": cast.olof, "leader_elected": cast.elsa, "anonymous": True}
    planning.plan_group_work(forum, **leaders, questions=[("need", "Vad behövs?")], by=cast.fatima)
    furnishing.set_tables(forum, count=5, by=cast.fatima)
    question = rows({"kind": "need", "text": "Något annat?"}, prefix="questions")
    data = {"leader_official": "Olof Ek", "leader_elected": "Folke Dahl"}
    response = plan(**data, **question, **rows(prefix="rounds"))
    assert response.status_code == 409
    assert "Vad behövs?" in response.text
    assert forum.group_work.questions.get().text == "Vad behövs?"
    assert tables(tables=2).status_code == 409
    assert forum.tables.count() == 5


def test_a_colleague_who_comes_between_check_and_lock_is_seen(cast, forum, opened, monkeypatch):
    save, typed = opened(""), as_typed(forum, theme="Mod i vardagen")
    change = planning.change_forum

    def late(forum, **fields):
        change(forum, place="Rådhuset", by=cast.fatima)
        return change(forum, **fields)

    monkeypatch.setattr(planning, "change_forum", late)
    assert save(**typed).status_code == 409
    forum.refresh_from_db()
    assert (forum.place, forum.theme) == ("Rådhuset", "Tillit i vardagen")


def test_the_form_for_a_new_forum_sent_twice_makes_one(cast, client_as):
    sent = facts(cast)
    client = client_as(cast.fatima)
    first, second = (client.post(reverse("forums:new"), sent) for _ in range(2))
    assert first.url == second.url
    assert Forum.objects.count() == 1
    client.post(reverse("forums:new"), {**sent, "form_key": uuid4()})
    assert Forum.objects.count() == 2


@pytest.mark.parametrize(("mode", "cleared"), [("on_site", "place"), ("online", "join_url")])
def test_a_way_of_taking_part_that_somebody_chose_stays_open(cast, forum, opened, mode, cleared):
    planning.change_forum(forum, join_url="https://mote.example/x", by=cast.fatima)
    registering.register(forum, person=cast.maja, by=cast.maja, mode=mode)
    save = opened("")
    response = save(**as_typed(forum, **{cleared: ""}))
    assert list(response.context["form"].errors) == [cleared]
    forum.refresh_from_db()
    assert getattr(forum, cleared)
    registering.cancel(Registration.objects.get(), by=cast.maja)
    assert save(**as_typed(forum, **{cleared: ""})).status_code == 302


def test_a_programme_of_two_days_says_which_day(cast, make_forum, client_as):
    nine = (timezone.localtime() + timedelta(days=20)).replace(hour=9, minute=0, second=0, microsecond=0)
    forum = make_forum(starts_at=nine, ends_at=nine + timedelta(days=1, hours=6))
    item(forum, 0, 60, "Inledning")
    item(forum, 24 * 60, 60, "Andra morgonen")
    text = client_as(cast.maja).get(forum.get_absolute_url()).text
    assert text.count('class="programme-day"') == 2
    one_day = make_forum(title="Kort", starts_at=nine)
    item(one_day, 0, 60, "Inledning")
    assert "programme-day" not in client_as(cast.maja).get(one_day.get_absolute_url()).text
