"""What one has said beneath texts is found on one's own page, and can always be taken back."""

import pytest
from django.urls import reverse

from news import publishing, targeting
from news.discussing import hide, say
from news.models import Article, Comment
from news.surrounding import surround

pytestmark = pytest.mark.django_db
Talk = Article.Talk
LIST = reverse("news:my_comments")


@pytest.fixture
def said(cast, published):
    """What Per has said about a text that Karin opened to comments."""
    article = published("Nya lekplatser")
    surround(article, by=cast.karin, talk=Talk.OPEN)
    return say(article, by=cast.per, text="Finns det en gunga?", is_question=True)


def close(article, cast):
    surround(article, by=cast.karin, talk=Talk.CLOSED)


def put_away(article, cast):
    surround(article, by=cast.karin, talk=Talk.NONE)


def withdraw(article, cast):
    publishing.withdraw(article, by=cast.karin)


def trash(article, cast):
    publishing.trash(article, by=cast.karin)


def narrow(article, cast):
    meant = {"audience": cast.audiences.social, "embargoed": False, "owner": cast.karin}
    targeting.retarget(article, by=cast.gunnar, restricted=True, **meant)


@pytest.mark.parametrize(
    ("becomes", "is_read"),
    [(close, True), (put_away, True), (withdraw, False), (trash, False), (narrow, False)],
)
def test_it_is_taken_back_whatever_has_become_of_the_text(cast, client_as, said, becomes, is_read):
    becomes(said.article, cast)
    client = client_as(cast.per)
    for address in (LIST, reverse("portal:my_page")):
        page = client.get(address).text
        assert "Finns det en gunga?" in page
        assert ("Nya lekplatser" in page) == is_read
        assert ("En text som inte visas längre" in page) != is_read
    take_back = reverse("news:take_back_comment", args=[said.pk])
    for other in (cast.maja, cast.karin, cast.ada):
        assert client_as(other).post(take_back).status_code == 404
    said.refresh_from_db()
    assert said.text
    for form, then in (({}, said.article.get_absolute_url() if is_read else LIST), ({"listed": ""}, LIST)):
        answer = client.post(take_back, form)
        assert (answer.status_code, answer.url) == (302, then)
    said.refresh_from_db()
    assert said.text == "" and said.taken_back_at
    assert "gunga" not in client.get(LIST).text + client.get(reverse("portal:my_page")).text


def test_nobody_finds_what_others_have_said(cast, client_as, said):
    for address in (LIST, reverse("portal:my_page")):
        assert "gunga" not in client_as(cast.maja).get(address).text
    assert "Du har inte skrivit något under en text" in client_as(cast.maja).get(LIST).text


def test_what_the_desk_has_hidden_is_there_with_the_reason(cast, client_as, said):
    hide(said, by=cast.karin, why="Nämner ett barn.")
    page = client_as(cast.per).get(LIST).text
    assert "Finns det en gunga?" in page and "Dold av redaktionen: Nämner ett barn." in page


def test_the_list_costs_as_much_with_one_row_as_with_thirty(
    cast, client_as, said, published, django_assert_max_num_queries
):
    client = client_as(cast.per)
    with django_assert_max_num_queries(8):
        client.get(LIST)
    for number in range(29):
        Comment.objects.create(article=published(f"Text {number}"), by=cast.per, text=f"Ord {number}")
    with django_assert_max_num_queries(8):
        assert client.get(LIST).text.count("Ta tillbaka<") == 30
