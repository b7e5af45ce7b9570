"""The start page and my page: what is next, what is meant for me, what waits for me."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Side
from accounts.notifying import notify
from forums.models import Commitment, Registration
from news.models import Article, ReviewStep, Version
from tests.portal.making import add_version, plan, publish

pytestmark = pytest.mark.django_db


def promise(cast, forum, owner, text="Öppna dörrar på torsdagar", **fields):
    return Commitment.objects.create(
        forum=forum,
        owner=owner,
        unit=cast.units.social,
        text=text,
        due_on=fields.pop("due_on", timezone.localdate() + timedelta(days=30)),
        **fields,
    )


def submit(cast, title, *, reviewer=None):
    """A version in review, asking a named person or else an approver."""
    article = Article.objects.create(
        slug=title.lower(), owner=cast.karin, unit=cast.units.office, audience=cast.audiences.everyone
    )
    version = add_version(article, title, state=Version.State.SUBMITTED)
    asked = {"reviewer": reviewer} if reviewer else {"role": "approver"}
    return ReviewStep.objects.create(version=version, stage=1, **asked)


def answer(forum, person, state, **fields):
    return Registration.objects.create(forum=forum, person=person, state=state, side=Side.OFFICIAL, **fields)


def test_an_empty_house_says_so_kindly(cast, client_as):
    page = client_as(cast.per).get("/")
    assert page.status_code == 200
    assert page.content.decode().count('class="empty"') == 4


def test_it_shows_the_next_forum_with_a_way_to_answer_and_then_the_answer(cast, client_as):
    forum = plan(cast, "Chefsforum")
    forum.invitations.create(person=cast.maja)
    client = client_as(cast.maja)
    page = client.get("/")
    assert page.context["agenda"].next == forum
    assert page.context["agenda"].unanswered == [forum]
    assert 'href="/forum/chefsforum/anmalan/"' in page.content.decode()
    answer(forum, cast.maja, Registration.State.REGISTERED)
    page = client.get("/")
    assert page.context["agenda"].unanswered == []
    assert 'data-state="registered"' in page.content.decode()


def test_a_declined_forum_gives_way_to_the_next(cast, client_as):
    first, second = plan(cast, "Första"), plan(cast, "Andra")
    answer(first, cast.maja, Registration.State.DECLINED)
    assert client_as(cast.maja).get("/").context["agenda"].next == second


def test_a_forum_for_others_is_nobody_elses_next(cast, client_as):
    plan(cast, "Chefsforum")
    plan(cast, "Slutet", restricted=True, audience=cast.audiences.social)
    assert client_as(cast.per).get("/").context["agenda"].forums == []
    titles = [forum.title for forum in client_as(cast.ulla).get("/").context["agenda"].forums]
    assert titles == ["Chefsforum"]


def test_a_held_seat_waits_for_its_answer_until_its_time_is_out(cast, client_as):
    forum = plan(cast, "Chefsforum")
    offer = answer(
        forum, cast.maja, Registration.State.OFFERED, offered_until=timezone.now() + timedelta(hours=3)
    )
    client = client_as(cast.maja)
    assert client.get("/").context["agenda"].offers == [forum]
    Registration.objects.filter(pk=offer.pk).update(offered_until=timezone.now() - timedelta(minutes=1))
    assert client.get("/").context["agenda"].offers == []


def titles(stories):
    return [re.search("<h3[^>]*><a [^>]*>(.*?)</a>", story)[1] for story in stories]


def test_news_meant_for_me_comes_first_and_what_is_not_for_me_not_at_all(cast, client_as):
    publish(cast, "För alla, nyast")
    publish(
        cast, "För socialen", audience=cast.audiences.social, live_from=timezone.now() - timedelta(days=2)
    )
    publish(cast, "Bara socialen", audience=cast.audiences.social, restricted=True)
    publish(cast, "I morgon", live_from=timezone.now() + timedelta(days=1))

    def seen(person):
        return titles(client_as(person).get("/").context["news"])

    assert seen(cast.maja) == ["Bara socialen", "För alla, nyast", "För socialen"]
    assert seen(cast.per) == ["För alla, nyast", "För socialen"]
    assert seen(cast.elsa) == ["För alla, nyast", "För socialen"]


def test_the_latest_post_and_only_posts_stand_under_the_blog(cast, client_as):
    publish(cast, "Gammalt inlägg", kind=Article.Kind.BLOG, live_from=timezone.now() - timedelta(days=9))
    publish(cast, "Nytt inlägg", kind=Article.Kind.BLOG)
    publish(cast, "Om oss", kind=Article.Kind.PAGE)
    page = client_as(cast.per).get("/")
    assert titles(page.context["posts"]) == ["Nytt inlägg"]
    assert page.context["news"] == []


def test_reviews_wait_for_those_asked_and_nobody_else(cast, client_as):
    sign_off = submit(cast, "Sammanfattning", reviewer=cast.elsa)
    review = submit(cast, "Nyhet")

    def waiting(person):
        return list(client_as(person).get("/").context["steps"])

    assert waiting(cast.elsa) == [sign_off]
    assert waiting(cast.gunnar) == [review]
    assert waiting(cast.karin) == []
    assert waiting(cast.per) == []


def test_my_unfinished_commitments_and_nobody_elses(cast, client_as):
    forum = plan(cast, "Chefsforum")
    mine = promise(cast, forum, cast.maja)
    promise(cast, forum, cast.maja, text="Redan hållet", state=Commitment.State.KEPT)
    promise(cast, forum, cast.olof)
    page = client_as(cast.maja).get("/")
    assert list(page.context["commitments"]) == [mine]
    assert f'href="/ataganden/{mine.pk}/"' in page.content.decode()


def test_a_mandate_that_ended_sees_nothing_on_the_start_page(cast, client_as):
    publish(cast, "Öppen nyhet")
    plan(cast, "Chefsforum").invitations.create(person=cast.former)
    page = client_as(cast.former).get("/")
    assert "Öppen nyhet" not in page.content.decode()
    assert "Chefsforum" not in page.content.decode()


def fill(cast, number):
    """Give Gunnar (a manager and approver) `number` of everything."""
    start = Registration.objects.count()
    for each in range(start, start + number):
        forum = plan(cast, f"Forum {each}")
        forum.invitations.create(person=cast.gunnar)
        answer(forum, cast.gunnar, Registration.State.REGISTERED)
        plan(cast, f"Obesvarat {each}").invitations.create(person=cast.gunnar)
        publish(cast, f"Nyhet {each}")
        publish(cast, f"Inlägg {each}", kind=Article.Kind.BLOG)
        submit(cast, f"text-{each}")
        promise(cast, forum, cast.gunnar, text=f"Löfte {each}")
        notify([cast.gunnar], key=f"k{each}", text=lambda: "Nytt", url="/")
        Article.objects.first().comments.create(by=cast.gunnar, text=f"Sagt {each}")


@pytest.mark.parametrize(("path", "queries"), [("/", 10), ("/min-sida/", 12)])
def test_it_costs_the_same_with_1_and_30(cast, client_as, django_assert_max_num_queries, path, queries):
    """Session, person and reach included, once its texts have been rendered for somebody."""
    client = client_as(cast.gunnar)
    fill(cast, 1)
    client.get(path)
    with django_assert_max_num_queries(queries) as first:
        client.get(path)
    fill(cast, 29)
    client.get(path)
    with django_assert_max_num_queries(queries) as last:
        client.get(path)
    assert len(last) <= len(first)


def test_my_page_holds_what_is_mine(cast, client_as):
    forum = plan(cast, "Chefsforum")
    forum.invitations.create(person=cast.maja)
    been = plan(cast, "I fjol", starts_at=timezone.now() - timedelta(days=400))
    answer(been, cast.maja, Registration.State.REGISTERED)
    promise(cast, forum, cast.maja)
    notify([cast.maja], key="k", text=lambda: "Något har hänt", url="/forum/")
    html = client_as(cast.maja).get("/min-sida/").content.decode()
    for words in (
        "Chefsforum",
        "I fjol",
        "Öppna dörrar på torsdagar",
        "Något har hänt",
        "Enhetschef",
        "/forum/chefsforum/anmalan/",
        "/konto/password/change/",
        "/sprak/",
    ):
        assert words in html
    others = client_as(cast.olof).get("/min-sida/").content.decode()
    assert "Öppna dörrar" not in others
    assert "Något har hänt" not in others
