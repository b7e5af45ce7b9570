"""Pages stay within their queries, for the first reader of a text in a process as for the next."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from news.blogging import open_blog
from news.confirming import ask_for_confirmation, confirm
from news.curating import plant_topic
from news.discussing import say
from news.documenting import add_document
from news.models import Article
from news.picturing import add_picture
from news.publishing import trash
from news.surrounding import surround
from tests.news.making import pdf, upload

pytestmark = pytest.mark.django_db
Kind = Article.Kind


@pytest.fixture
def surrounded(cast, published):
    """A function that publishes a text of a kind with everything around it that a text can have."""

    def make(kind):
        topics = [plant_topic(name=f"{name} {kind}", by=cast.ada) for name in ("Trygghet", "Tillit", "Barn")]
        blog = open_blog(name=f"Bloggen {kind}", unit=cast.units.office, office="Kommunalråd", by=cast.ada)
        files = [add_document(pdf(words=b"%d" % one), title=f"Plan {one}", by=cast.karin) for one in range(3)]
        picture = add_picture(upload(), by=cast.karin)
        links = "".join(f'<a href="{one.get_absolute_url()}">{one.title}</a> ' for one in files)
        shown = f'<figure><img src="{picture.get_absolute_url()}" alt="Lek"></figure>'
        headings = "<h2>Ett</h2><h2>Två</h2><h2>Tre</h2>"
        article = published(f"Allt om {kind}", kind=kind, body=f"{headings}<p>{links}</p>{shown}")
        others = [published(f"Annat {one} {kind}") for one in range(2)]
        surround(others[1], by=cast.karin, topics=topics)
        surround(
            article,
            by=cast.karin,
            topics=topics,
            author=cast.olof,
            blog=blog if kind == Kind.BLOG else None,
            related=others[:1],
            talk=Article.Talk.OPEN,
        )
        article.refresh_from_db()
        for one in range(3):
            said = say(article, by=cast.maja, text=f"Fråga {one}")
            say(article, by=cast.olof, text=f"Svar {one}", answers=said)
        return article

    return make


@pytest.mark.parametrize("kind", Kind.values)
def test_an_article_costs_at_most_six_for_everybody_cold_and_warm(
    cast, client_as, surrounded, django_assert_max_num_queries, kind
):
    article = surrounded(kind)
    for must_read in (False, True):
        if must_read:
            ask_for_confirmation(article, by=cast.karin)
            confirm(article.live_version(), by=cast.maja)
        for reader in (one for one in cast.by_role.values() if one.reach.in_service):
            client = client_as(reader)
            caches["template_fragments"].clear()
            for _visit in ("cold", "warm"):
                with django_assert_max_num_queries(6):
                    text = client.get(article.get_absolute_url()).text
                assert all(words in text for words in ("Trygghet", "Plan 2", "image/avif", "Svar 2", "Olof"))
                leads_away = not (must_read and reader.reach.audiences)
                assert ("Annat 0" in text and "Annat 1" in text) == leads_away


@pytest.fixture
def addresses(cast, surrounded, published):
    """Those of the lists, with more texts than a page holds."""
    blog = surrounded(Kind.BLOG).blog
    for number in range(21):
        surround(published(f"Inlägg {number}", kind=Kind.BLOG), by=cast.karin, blog=blog, author=cast.olof)
        published(f"Nyhet {number}")
    addresses = [reverse("news:list"), reverse("news:blog"), blog.get_absolute_url()]
    return [*addresses, *(f"{address}?page=2" for address in addresses)]


def test_a_list_costs_at_most_ten_cold_and_warm(cast, client_as, addresses, django_assert_max_num_queries):
    for reader in (one for one in cast.by_role.values() if one.reach.in_service):
        client = client_as(reader)
        for address in addresses:
            caches["template_fragments"].clear()
            for _visit in ("cold", "warm"):
                with django_assert_max_num_queries(10):
                    assert "news-row-text" in client.get(address).text


def test_more_rows_cost_no_more_queries(cast, client_as, surrounded, published):
    """The blog, a topic, both libraries' pages of one thing, the trash and the history."""
    blog, article = surrounded(Kind.BLOG).blog, surrounded(Kind.NEWS)
    topic, version = article.topics.first(), article.live_version()
    picture, document = version.pictures_in_text.first(), version.documents.first()
    reader, writer = client_as(cast.per), client_as(cast.karin)
    pages = [
        (reader, reverse("news:blog")),
        (reader, blog.get_absolute_url()),
        (reader, topic.get_absolute_url()),
        (writer, reverse("news:edit_picture", args=[picture.pk])),
        (writer, reverse("news:edit_document", args=[document.pk])),
        (writer, f"{reverse('news:desk')}?visa=papperskorg"),
        (writer, reverse("news:history", args=[article.pk])),
    ]
    shows = f'<figure><img src="{picture.get_absolute_url()}" alt="Lek"></figure>'
    body = f'{shows}<p><a href="{document.get_absolute_url()}">Plan</a></p>'

    def costs():
        found = {}
        for client, address in pages:
            client.get(address)  # with warm caches, whatever was made before
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200, address
            found[address] = len(captured)
        return found

    def add(rows):
        for number in rows:
            post = published(f"Inlägg {number}", kind=Kind.BLOG, body=body)
            surround(post, by=cast.karin, blog=blog, author=cast.olof, topics=[topic])
            trash(published(f"Slängd {number}"), by=cast.karin)

    add(range(2))
    few = costs()
    add(range(2, 12))
    assert costs() == few
