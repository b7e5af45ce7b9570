"""The library of pictures, the pictures within texts, and what becomes of their files."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import LogEntry, Role, RoleGrant
from news import cataloguing, documenting, reviewing, writing
from news.illustrating import illustrate
from news.models import Picture
from news.picturing import add_picture
from news.refusals import NoAlternativeText, StillInUse
from news.sanitising import clean_html

from .making import draw, encode, pdf, upload

LIBRARY = "/redaktion/bilder/"


@pytest.fixture(autouse=True)
def empty_storage(settings):
    """Changing STORAGES makes Django forget the storage that other tests wrote to."""
    settings.STORAGES = {**settings.STORAGES}


@pytest.fixture
def picture(cast):
    return add_picture(upload(encode(draw(1000, 500)), "lekplats.png"), by=cast.karin, alt="Barn i en gunga")


def showing(picture, alt='alt="Barn &gt; vuxna"'):
    caption = "<figcaption>En gunga<cite>Karin Berg</cite></figcaption>"
    return f'<p>Före.</p><figure><img {alt} src="{picture.get_absolute_url()}">{caption}</figure>'


def described(picture, **changes):
    words = {"name": "Gungan", "alt": "Barn", "credit": "Karin", "focal_x": 20, "focal_y": 80}
    return words | {"in_library": "on"} | changes


def test_a_double_click_makes_one_picture(cast, client_as):
    client, key = client_as(cast.karin), uuid.uuid4()
    for _click in range(2):
        words = {"alt": "Torget", "credit": "Per", "in_library": "on", "key": key}
        sent = words | {"file": upload(name="å.png")}
        answer = client.post(f"{LIBRARY}ny/", sent)
        assert answer.status_code == 302
    made = Picture.objects.get()
    assert (made.name, made.alt, made.credit, made.in_library) == ("å.png", "Torget", "Per", True)
    assert "Torget" in client.get(answer.url).text


def test_a_picture_says_what_it_shows_or_that_it_is_decoration(cast, client_as):
    client = client_as(cast.karin)
    sent = {"credit": "Per", "in_library": "on"}
    page = client.post(f"{LIBRARY}ny/", sent | {"file": upload(), "key": uuid.uuid4()})
    assert "Skriv vad bilden visar" in page.text
    assert 'value="Per"' in page.text
    assert not Picture.objects.exists()
    ok = client.post(f"{LIBRARY}ny/", sent | {"file": upload(), "key": uuid.uuid4(), "is_decoration": "on"})
    assert ok.status_code == 302


def test_what_is_no_picture_is_told_beside_the_field(cast, client_as):
    sent = {"file": upload(b"<svg onload=alert(1)>"), "alt": "Torget", "key": uuid.uuid4()}
    page = client_as(cast.karin).post(f"{LIBRARY}ny/", sent)
    assert "Filen är ingen bild som vi kan läsa" in page.text
    assert 'value="Torget"' in page.text
    assert not Picture.objects.exists()


def test_the_focal_point_steers_every_crop(cast, client_as, picture, start, publish):
    client = client_as(cast.karin)
    assert client.post(f"{LIBRARY}{picture.pk}/", described(picture)).status_code == 302
    picture.refresh_from_db()
    assert (picture.focal_x, picture.focal_y, picture.focal_classes) == (20, 80, "focal-x-2 focal-y-8")
    page = client.get(LIBRARY).text
    assert 'class="focal-x-2 focal-y-8"' in page
    for outside in (-1, 101):
        page = client.post(f"{LIBRARY}{picture.pk}/", described(picture, focal_x=outside))
        assert "invalid-feedback" in page.text
    picture.refresh_from_db()
    assert picture.focal_x == 20


def test_a_moved_focal_point_is_seen_at_once_in_texts(cast, client_as, picture, start, publish):
    """Above a text and within one, though what has been rendered of them is kept for ten minutes."""
    within, above = start(body=showing(picture)), start("Gungor")
    draft = above.newest_version
    shown = {"title": draft.title, "lead": "", "body": draft.body, "picture": picture}
    writing.save_draft(draft, revision=draft.revision, by=cast.karin, picture_alt="Gungor", **shown)
    publish(above)
    publish(within)
    reader = client_as(cast.per)
    pages = lambda: [reader.get(one.get_absolute_url()).text for one in (above, within)]  # noqa: E731
    assert not any("focal-x" in page for page in pages())
    assert client_as(cast.karin).post(f"{LIBRARY}{picture.pk}/", described(picture)).status_code == 302
    assert all("focal-x-2 focal-y-8" in page for page in pages())


def test_the_library_is_searched_in_swedish_and_answers_the_chooser(cast, client_as, picture):
    add_picture(upload(name="Ån.png"), by=cast.karin, alt="Ån vid torget", credit="Öhman")
    client, asked = client_as(cast.karin), {"HTTP_ACCEPT": "application/json"}
    (found,) = client.get(LIBRARY, {"q": "åN ÖHMAN"}, **asked).json()["results"]
    assert (found["alt"], found["credit"], found["is_decoration"]) == ("Ån vid torget", "Öhman", False)
    assert clean_html(f'<img src="{found["url"]}" alt="x">') == f'<img src="{found["url"]}" alt="x">'
    assert client.get(found["thumb"]).status_code == 200
    assert "Ån.png" in client.get(LIBRARY, {"q": "ån"}).text
    assert "Ingen bild har de orden" in client.get(LIBRARY, {"q": "gungbräda"}).text
    assert client_as(cast.per).get(LIBRARY, **asked).status_code == 403


def test_a_secret_picture_is_not_in_a_colleagues_library(cast, client_as, picture):
    RoleGrant.objects.create(assignment=cast.ulla.assignments.get(), role=Role.COMMUNICATOR)
    theirs = client_as(cast.ulla)
    assert "lekplats.png" not in theirs.get(LIBRARY).text
    assert theirs.get(f"{LIBRARY}{picture.pk}/").status_code == 404
    cataloguing.describe_picture(picture, by=cast.karin, in_library=True)
    assert "lekplats.png" in theirs.get(LIBRARY).text


def test_only_who_may_edit_every_text_with_it_changes_a_picture(cast, client_as, picture, start):
    RoleGrant.objects.create(
        assignment=cast.ulla.assignments.get(), role=Role.COMMUNICATOR, unit=cast.units.schools
    )
    cataloguing.describe_picture(picture, by=cast.karin, in_library=True)
    start(body=showing(picture))
    client, address = client_as(cast.ulla), f"{LIBRARY}{picture.pk}/"
    assert client.get(address).status_code == 200
    assert client.post(address, described(picture)).status_code == 403
    assert client.post(f"{address}ta-bort/").status_code == 403


def test_the_library_costs_as_much_for_thirty_as_for_one(cast, client_as, django_assert_max_num_queries):
    client = client_as(cast.karin)
    for more in (1, 29):
        for _number in range(more):
            add_picture(upload(encode(draw(20, 10))), by=cast.karin)
        with django_assert_max_num_queries(7):
            assert client.get(LIBRARY).status_code == 200


def test_a_picture_in_a_text_is_shown_in_every_form_and_to_its_readers_only(
    cast, client_as, picture, published
):
    article = published(body=showing(picture), audience=cast.audiences.social, restricted=True)
    page = client_as(cast.maja).get(article.get_absolute_url()).text
    for part in (
        'type="image/avif"',
        f"/bilder/{picture.pk}/480.avif 480w",
        f"/bilder/{picture.pk}/960.webp 960w",
        'width="1000" height="500"',
        'loading="lazy"',
        "Barn &gt; vuxna",
        "<cite>Karin Berg</cite>",
    ):
        assert part in page
    for form in ("webp", "avif"):
        response = client_as(cast.maja).get(picture.url_at(480, form))
        assert (response.status_code, response["Content-Type"]) == (200, f"image/{form}")
        assert client_as(cast.per).get(picture.url_at(480, form)).status_code == 404


def test_an_article_with_pictures_in_it_stays_within_six_queries(
    cast, client_as, picture, published, django_assert_max_num_queries
):
    article = published(body=showing(picture) * 3)
    for reader in (client_as(cast.per), client_as(cast.maja)):
        with django_assert_max_num_queries(6):
            assert reader.get(article.get_absolute_url()).text.count("image/avif") == 3


def test_a_text_shows_only_pictures_that_its_writer_may_see(cast, picture, start):
    article = start(body=showing(picture), by=cast.ulla)
    assert not picture.versions_in_text.exists()
    assert "<img" not in illustrate(article.newest_version, [])


@pytest.mark.parametrize(
    "image",
    [
        '<img src="https://ond.example/a.png" alt="x">',
        '<img src="//ond.example/bilder/a.webp">',
        '<img src="/konto/logout/" alt="x">',
        '<img src="/bilder/../konto/logout/" alt="x">',
        '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
        "<img onerror=alert(1) src=x>",
    ],
)
def test_no_other_image_stays_in_a_text(image):
    assert clean_html(f"<p>Hej</p><figure>{image}</figure>") == "<p>Hej</p>"


@pytest.mark.parametrize("where", ["beside", "within"])
def test_a_picture_without_alternative_text_is_not_sent_to_review(cast, picture, start, where):
    body = showing(picture, alt="") if where == "within" else "<p>Hej.</p>"
    draft = start(body=body).newest_version
    words = {"title": draft.title, "lead": "", "by": cast.karin}
    beside = picture if where == "beside" else None
    draft = writing.save_draft(draft, revision=0, body=body, picture=beside, **words)
    with translation.override("en"), pytest.raises(NoAlternativeText, match="no alternative text"):
        reviewing.submit(draft, by=cast.karin)
    draft.refresh_from_db()
    assert draft.is_editable
    draft = writing.save_draft(
        draft,
        revision=draft.revision,
        body=body.replace("<img ", '<img alt="" '),
        picture=beside,
        picture_is_decoration=True,
        **words,
    )
    assert not reviewing.submit(draft, by=cast.karin).is_editable


def test_what_is_shown_is_not_removed_and_what_is_not_leaves_no_file(
    cast, client_as, picture, start, django_capture_on_commit_callbacks
):
    unused = add_picture(upload(), by=cast.karin)
    start("Lekplatser", body=showing(picture))
    with pytest.raises(StillInUse):
        cataloguing.remove_picture(picture, by=cast.karin)
    page = client_as(cast.karin).get(f"{LIBRARY}{picture.pk}/").text
    assert ("Lekplatser" in page, "Ta bort bilden" in page) == (True, False)
    with django_capture_on_commit_callbacks(execute=True):
        address = reverse("news:remove_picture", args=[unused.pk])
        assert client_as(cast.karin).post(address).url == LIBRARY
    assert default_storage.listdir(f"pictures/{unused.pk}")[1] == []
    assert Picture.objects.get() == picture
    assert LogEntry.objects.filter(event="picture.removed").count() == 1


def test_files_of_an_undone_upload_are_swept_and_no_others(cast, picture):
    kept = documenting.add_document(pdf(), by=cast.karin)

    def undone():
        with transaction.atomic():
            add_picture(upload(), by=cast.karin)
            documenting.add_document(pdf(), by=cast.karin)
            documenting.replace_file(kept, pdf(words=b"Ny"), by=cast.karin)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        undone()
    default_storage.save("pictures/annat.txt", ContentFile(b"annat"))
    assert cataloguing.sweep_strays() == 0  # it may be under way
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert cataloguing.sweep_strays() == 7  # five of the picture, two of the documents
        assert cataloguing.sweep_strays() == 0
    assert default_storage.exists(kept.newest_file.file.name)
    for name in ("original.webp", "480.webp", "480.avif", "960.webp", "1000.avif"):
        assert default_storage.exists(f"pictures/{picture.pk}/{name}")
    assert default_storage.exists("pictures/annat.txt")
