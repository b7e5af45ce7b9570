"""Who is sent the bytes of a picture, and how."""

import pytest
from django.core.files.storage import default_storage
from django.template import Context, Template

from news import publishing, writing
from news.models import Version
from news.picturing import add_picture

from .making import draw, encode, upload


@pytest.fixture
def picture(cast):
    return add_picture(upload(encode(draw(1000, 500))), by=cast.karin)


@pytest.fixture
def illustrated(start, cast, picture):
    """A function that starts an article that shows the picture."""

    def illustrated(**fields):
        article = start(**fields)
        draft = article.newest_version
        writing.save_draft(
            draft,
            revision=draft.revision,
            by=cast.karin,
            title=draft.title,
            lead=draft.lead,
            body=draft.body,
            picture=picture,
            picture_alt="Barn i en gunga",
        )
        return article

    return illustrated


@pytest.fixture
def published(illustrated, publish):
    """A function that starts an article that shows the picture, and publishes it at once."""

    def published(**fields):
        article = illustrated(**fields)
        publish(article)
        return article

    return published


@pytest.fixture
def fetch(client_as, picture):
    """A function that fetches the picture as a person."""

    def fetch(person, width=480, method="get", **headers):
        return getattr(client_as(person), method)(picture.url_at(width), headers=headers)

    return fetch


def test_a_reader_gets_the_picture_of_a_live_article(cast, fetch, published, picture):
    published()
    with default_storage.open(picture.rendition_name(480)) as file:
        kept = file.read()
    response = fetch(cast.per)
    assert response.getvalue() == kept
    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"].startswith("private, max-age=")
    assert "Cookie" in response["Vary"]
    assert fetch(cast.per, method="head").status_code == 200


def test_behind_nginx_the_file_is_named_and_not_sent(cast, fetch, published, picture, settings):
    settings.MEDIA_ACCEL_PREFIX = "/_media/"
    published()
    response = fetch(cast.per, 960)
    assert response["X-Accel-Redirect"] == f"/_media/pictures/{picture.pk}/960.webp"
    assert response["Content-Type"] == "image/webp"
    assert response.content == b""


@pytest.mark.parametrize("prefix", ["", "/_media/"])
def test_a_restricted_articles_picture_does_not_exist_for_others(cast, fetch, published, settings, prefix):
    settings.MEDIA_ACCEL_PREFIX = prefix
    published(audience=cast.audiences.social, restricted=True)
    assert fetch(cast.maja).status_code == 200
    for outside in (cast.yngve, cast.per):
        response = fetch(outside)
        assert response.status_code == 404
        assert "X-Accel-Redirect" not in response


def test_a_drafts_picture_is_for_the_desk(cast, fetch, illustrated):
    illustrated()
    assert fetch(cast.per).status_code == 404
    assert fetch(cast.karin).status_code == 200
    assert fetch(cast.gunnar).status_code == 200


def test_a_withdrawn_articles_picture_is_gone_also_for_who_has_it(cast, fetch, published):
    article = published()
    etag = fetch(cast.per)["ETag"]
    again = fetch(cast.per, if_none_match=etag)
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"].startswith("private")
    publishing.withdraw(article, by=cast.karin)
    assert fetch(cast.per, if_none_match=etag).status_code == 404


def test_a_visitor_is_asked_to_sign_in(client, published, picture):
    published()
    response = client.get(picture.url_at(480))
    assert response.status_code == 302
    assert response["Location"].startswith("/konto/")


def test_widths_that_are_not_made_do_not_exist(cast, fetch, client_as, picture):
    for width in (0, 1, 479, 481, 1600, 10**12):
        assert fetch(cast.karin, width).status_code == 404
    assert fetch(cast.karin, method="post").status_code == 405
    elsewhere = picture.url_at(480).replace(str(picture.pk), "00000000-0000-0000-0000-000000000000")
    assert client_as(cast.karin).get(elsewhere).status_code == 404


def test_a_lost_file_is_told_to_the_operator_and_not_shown(cast, fetch, picture, caplog):
    default_storage.delete(picture.rendition_name(480))
    assert fetch(cast.karin).status_code == 404
    assert picture.rendition_name(480) in caplog.text


def test_a_picture_costs_four_queries(cast, client_as, published, picture, django_assert_max_num_queries):
    reader = client_as(cast.per)
    for articles in (1, 9):
        for number in range(articles):
            published(title=f"Nyhet {articles} {number}")
        with django_assert_max_num_queries(4):
            assert reader.get(picture.url_at(480)).status_code == 200


def show(version):
    return Template('{% load pictures %}{% picture version sizes="50vw" loading="eager" %}').render(
        Context({"version": version})
    )


def test_the_tag_offers_every_width_without_a_query(illustrated, picture, django_assert_num_queries):
    illustrated()
    version = Version.objects.for_reading().get()
    with django_assert_num_queries(0):
        html = show(version)
    for width in (480, 960, 1000):
        assert f"/bilder/{picture.pk}/{width}.webp {width}w" in html
    for attribute in (
        'sizes="50vw"',
        'width="1000"',
        'height="500"',
        'alt="Barn i en gunga"',
        'loading="eager"',
    ):
        assert attribute in html


def test_the_tag_shows_nothing_where_there_is_no_picture(start):
    assert show(start().newest_version).strip() == ""
