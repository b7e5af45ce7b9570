"""The picture above a text, chosen from the library without any script, and a file that is sent twice."""

import uuid

import pytest
from django.urls import reverse

from accounts.models import Role, RoleGrant
from news.models import Picture
from news.picturing import add_picture

from .making import upload
from .test_desk import edit_url, typed

LIBRARY = "/redaktion/bilder/"


@pytest.fixture
def swing(cast):
    words = {"alt": "En gunga", "credit": "Bo Ek"}
    return add_picture(upload(name="gunga.png"), by=cast.ada, in_library=True, **words)


def test_a_picture_is_chosen_from_the_library(cast, client_as, start, swing):
    article, client = start(), client_as(cast.karin)
    sent = typed(article.newest_version, title="Rubriken", choose_picture="", picture_credit="Någon")
    library = client.post(edit_url(article), sent)
    assert library.url == f"{LIBRARY}?till={article.pk}"
    assert article.newest_version.title == "Rubriken"  # nothing typed is lost on the way
    found = client.get(f"{library.url}&q=gung")
    back = f"{edit_url(article)}?bild={swing.pk}"
    assert f'href="{back}"' in found.text
    assert f'name="till" value="{article.pk}"' in found.text
    form = client.get(back).context["form"]
    assert article.newest_version.picture is None
    shown = {name: form[name].value() for name in ("picture", "picture_alt", "picture_credit")}
    assert shown == {"picture": swing.pk, "picture_alt": "En gunga", "picture_credit": "Bo Ek"}
    client.post(back, typed(article.newest_version, **shown))
    assert article.newest_version.picture == swing


def test_a_chosen_picture_is_said_to_be_unsaved_and_then_counts_as_used(cast, client_as, start, swing):
    article, client = start(), client_as(cast.karin)
    about = reverse("news:edit_picture", args=[swing.pk])
    assert not client.get(about).context["is_used"]
    page = client.get(f"{edit_url(article)}?bild={swing.pk}").text
    assert 'data-state="unsaved"' in page
    assert f'href="{about}"' in page
    client.post(edit_url(article), typed(article.newest_version, picture=swing.pk))
    used = client.get(about).context
    assert (used["is_used"], list(used["articles"])) == (True, [article])


def test_the_way_to_the_focal_point_is_shown_to_those_who_may_set_it(
    cast, client_as, start, swing, django_assert_max_num_queries
):
    post = cast.ulla.assignments.get()
    RoleGrant.objects.create(assignment=post, role=Role.COMMUNICATOR, unit=cast.units.schools)
    start(body=f'<figure><img src="{swing.get_absolute_url()}" alt="En gunga"></figure>')
    hers = start(unit=cast.units.schools, by=cast.ulla)
    own = add_picture(upload(), by=cast.ulla, in_library=True)
    for picture, may in ((swing, False), (own, True)):
        page = client_as(cast.ulla).get(f"{edit_url(hers)}?bild={picture.pk}").text
        assert ("<figcaption hidden>" not in page, "<figcaption>" in page) == (may, may)
    for person, about in ((cast.ulla, ""), (cast.karin, reverse("news:edit_picture", args=[swing.pk]))):
        client = client_as(person)
        with django_assert_max_num_queries(7):
            found = client.get(LIBRARY, HTTP_ACCEPT="application/json").json()["results"]
        assert {one["id"]: one["about"] for one in found}[str(swing.pk)] == about


@pytest.mark.parametrize("picked", ["", "inte-en-bild", "50814569-9f97-4f65-a5a2-f71ca65d7937", "secret"])
def test_a_picture_that_is_not_there_is_not_chosen(cast, client_as, start, picked):
    article = start()
    if picked == "secret":
        picked = add_picture(upload(), by=cast.ada).pk
    page = client_as(cast.karin).get(f"{edit_url(article)}?bild={picked}")
    assert page.context["form"]["picture"].value() is None
    assert 'data-state="saved"' in page.text


@pytest.mark.parametrize("number", ["0", "x", "9" * 30, "theirs"])
def test_the_library_chooses_only_for_a_text_that_one_writes_in(cast, client_as, start, swing, number):
    if number == "theirs":
        number = start(by=cast.ada, embargoed=True).pk
    page = client_as(cast.karin).get(LIBRARY, {"till": number})
    assert page.status_code == 200
    assert page.context["chosen_for"] is None
    assert f'href="{LIBRARY}{swing.pk}/"' in page.text


def test_a_file_that_is_sent_at_once_and_with_the_form_is_one_picture(cast, client_as, start):
    article, client, key = start(), client_as(cast.karin), str(uuid.uuid4())
    told = client.post(reverse("news:upload_picture"), {"file": upload(), "key": key}).json()
    sent = typed(article.newest_version, picture_file=upload(), picture_key=key)
    client.post(edit_url(article), sent)
    assert str(article.newest_version.picture_id) == str(Picture.objects.get().pk) == told["id"]
    assert told["about"] == f"{LIBRARY}{told['id']}/"
