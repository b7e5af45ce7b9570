"""Linking to what is in the portal: found by name, kept by number, told only to those who may see it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from news import linking
from news.models import Article, Blog, Topic
from tests.portal.making import plan
from tests.quieting import quietly


def found(client, question):
    results = client.get(reverse("news:link_targets"), {"q": question}).json()["results"]
    return [(target["name"], target["href"]) for target in results]


def test_articles_forums_and_people_are_found_by_their_names(cast, client_as, published):
    article, forum = published("Tillit på Ängön"), plan(cast, "Tillit i höst")
    cast.per.given_name = "Tillit"
    cast.per.save()
    assert found(client_as(cast.karin), "tillit") == [
        ("Tillit på Ängön", f"/lank/artikel/{article.pk}/"),
        ("Tillit Åkesson", f"/personer/{cast.per.pk}/"),
        ("Tillit i höst", f"/lank/forum/{forum.pk}/"),
    ]
    assert found(client_as(cast.karin), "ängÖN TILL") == [("Tillit på Ängön", f"/lank/artikel/{article.pk}/")]
    assert found(client_as(cast.karin), "angon") == []
    assert found(client_as(cast.karin), " *%_ ") == []


def test_articles_alone_are_found_for_further_reading(cast, client_as, published):
    published("Tillit på Ängön"), plan(cast, "Tillit i höst")
    results = client_as(cast.karin).get(reverse("news:link_targets"), {"q": "tillit", "texter": ""}).json()
    assert [target["name"] for target in results["results"]] == ["Tillit på Ängön"]


def test_topics_and_blogs_are_found_by_their_names(cast, client_as):
    Topic.objects.create(name="Trygg vardag", slug="trygg-vardag")
    Topic.objects.create(name="Trygg då", slug="trygg-da", retired=True)
    Blog.objects.create(name="Trygghetsbloggen", slug="trygg", unit=cast.units.office, office="Chef")
    links = [("Trygg vardag", "/amnen/trygg-vardag/"), ("Trygghetsbloggen", "/bloggar/trygg/")]
    assert found(client_as(cast.karin), "trygg") == links


def test_what_one_may_not_see_is_not_found(cast, client_as, published, start):
    published("Hemlig tillit", audience=cast.audiences.social, restricted=True)
    plan(cast, "Hemlig tillit", audience=cast.audiences.social, restricted=True)
    start("Hemlig tillit i utkast")
    assert found(client_as(cast.karin), "hemlig") == []
    assert len(found(client_as(cast.maja), "hemlig")) == 2
    assert client_as(cast.former).get(reverse("news:link_targets")).status_code == 403


def test_a_link_by_number_leads_to_where_the_thing_is(cast, client_as, published):
    article, forum = published("Tillit", kind=Article.Kind.PAGE), plan(cast, "Tillit i höst")
    client = client_as(cast.per)
    assert client.get(f"/lank/artikel/{article.pk}/").url == "/sidor/tillit/"
    Article.objects.filter(pk=article.pk).update(slug="nytt-namn")
    assert client.get(f"/lank/artikel/{article.pk}/").url == "/sidor/nytt-namn/"
    assert client.get(f"/lank/forum/{forum.pk}/").url == forum.get_absolute_url()


@pytest.mark.parametrize("rows", [1, 30])
def test_a_question_costs_the_same_however_much_there_is(cast, client_as, published, rows):
    with quietly():
        for number in range(rows):
            published(f"Tillit {number}")
            plan(cast, f"Tillit nummer {number}")
    client = client_as(cast.karin)
    with CaptureQueriesContext(connection) as queries:
        assert len(found(client, "tillit")) == min(rows, linking.MOST_OF_A_KIND) * 2
    assert len(queries) <= 9
