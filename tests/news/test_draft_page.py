"""The page of a draft: saving it, alone and beside others, and its picture."""

from uuid import NAMESPACE_URL, uuid5

import pytest
import time_machine

from news import reviewing, writing
from news.models import Picture

from .drafts import edit_url, typed
from .making import png_header, upload


def test_saving_a_draft(cast, client_as, start):
    article = start()
    client = client_as(cast.karin)
    sent = typed(article.newest_version, title="Nya gungor", body="<p>Hej</p><script>alert(1)</script>")
    answer = client.post(edit_url(article), sent | {"save": ""})
    assert answer.url == edit_url(article)
    draft = article.newest_version
    assert (draft.title, draft.body, draft.revision) == ("Nya gungor", "<p>Hej</p>", 1)
    assert "Nya gungor" in client.get(edit_url(article)).content.decode()


TOLD = "Skript och inbäddade delar får aldrig finnas i en text. De togs bort."


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("<p>Hej</p><script>alert(1)</script>", "<p>Hej</p>"),
        ("<p onclick='alert(1)'>Hej</p>", "<p>Hej</p>"),
        ('<p><a href="javascript:alert(1)">Hej</a></p>', "<p><a>Hej</a></p>"),
        ('<p>Hej</p><iframe src="https://film.example/"></iframe>', "<p>Hej</p>"),
    ],
)
def test_who_pastes_a_script_is_told_that_it_went_and_keeps_the_words(cast, client_as, start, pasted, kept):
    article = start()
    client = client_as(cast.karin)
    page = client.post(edit_url(article), typed(article.newest_version, body=pasted), follow=True)
    assert TOLD in page.content.decode()
    assert article.newest_version.body == kept
    plain = typed(article.newest_version, body="<p>Posta brevet onsdag = i dag</p>")
    assert TOLD not in client.post(edit_url(article), plain, follow=True).content.decode()


def test_a_double_click_on_save_saves_once(cast, client_as, start):
    article = start()
    client, sent = client_as(cast.karin), typed(article.newest_version, title="Nya gungor")
    assert [client.post(edit_url(article), sent).status_code for _ in range(2)] == [302, 302]
    assert article.newest_version.revision == 1


@pytest.mark.parametrize("changes", [{"title": ""}, {"title": "x" * 161}, {"lead": "x" * 601}])
def test_missing_and_overlong_fields_keep_what_was_typed(cast, client_as, start, changes):
    article = start()
    sent = typed(article.newest_version, body="<p>Alldeles ny text</p>") | changes
    page = client_as(cast.karin).post(edit_url(article), sent)
    assert page.status_code == 200
    assert list(page.context["form"].errors) == list(changes)
    assert "Alldeles ny text" in page.content.decode()
    assert article.newest_version.revision == 0


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<p>Alldeles ny</p>" + "<div>" * 50_000, "mer än hundra"),
        ("Alldeles ny " * 90_000, "en miljon tecken"),
    ],
    ids=["too deep", "too long"],
)
def test_what_takes_too_long_to_read_is_told_beside_the_text_and_kept(cast, client_as, start, body, told):
    article = start()
    sent, client = typed(article.newest_version, body=body), client_as(cast.karin)
    page = client.post(edit_url(article), sent)
    assert page.status_code == 200
    assert told in page.context["form"].errors["body"][0] and "Alldeles ny" in page.text
    assert article.newest_version.revision == 0
    reviewing.submit(article.newest_version, by=cast.karin)
    page = client.post(edit_url(article), sent)
    assert page.status_code == 409
    assert "Alldeles ny" in page.text


def test_two_people_on_one_draft_see_both_texts(cast, client_as, start):
    article = start()
    opened = typed(article.newest_version)
    client_as(cast.gunnar).post(edit_url(article), opened)
    theirs = writing.save_draft(
        article.newest_version, revision=0, by=cast.ada, title="Adas rubrik", lead="", body="<p>Adas text</p>"
    )
    client = client_as(cast.karin)
    page = client.post(edit_url(article), opened | {"title": "Karins rubrik", "body": "<p>Karins text</p>"})
    text = page.content.decode()
    assert page.status_code == 409
    for words in ("Adas rubrik", "Adas text", "Karins rubrik", "Karins text"):
        assert words in text
    assert "Ada Nyström har sparat utkastet sedan du öppnade det" in text
    assert article.newest_version.title == "Adas rubrik"
    # Karin has seen both, and chooses hers.
    chosen = opened | {"title": "Karins rubrik", "revision": page.context["form"]["revision"].value()}
    assert client.post(edit_url(article), chosen).status_code == 302
    assert article.newest_version.title == "Karins rubrik"
    assert article.newest_version.revision == theirs.revision + 1


def test_whoever_saved_in_between_is_named_with_the_time(cast, client_as, start):
    article = start()
    draft, opened = article.newest_version, typed(article.newest_version)

    def save(person, title):
        words = {"title": title, "lead": "", "body": "", "window": uuid5(NAMESPACE_URL, person.email)}
        current = article.newest_version
        return writing.save_draft(current, revision=current.revision, by=person, **words)

    def told(**changes):
        return client_as(cast.karin).post(edit_url(article), opened | {"title": "Karins"} | changes).text

    with time_machine.travel("2026-11-26T10:00+01:00", tick=False):
        save(cast.ada, "Adas")
        half_way = article.newest_version.revision
        save(cast.ada, "Adas igen")
    with time_machine.travel("2026-11-26T14:32+01:00", tick=False):
        save(cast.gunnar, "Gunnars")
    for seen in (draft.revision, half_way):  # Ada's second save is of the same run as her first
        page = told(revision=seen)
        assert "Gunnar Holm har sparat utkastet sedan du öppnade det" in page
        assert "Sparat av Gunnar Holm den 26 november kl. 14.32. Dessförinnan av Ada Nyström." in page
    assert "Dessförinnan" not in told(revision=half_way + 1)
    with time_machine.travel("2026-11-26T15:00+01:00", tick=False):
        save(cast.karin, "Karins andra fönster")
    page = told()
    assert "Du har sparat utkastet i ett annat fönster sedan du öppnade det här" in page
    assert "Sparat av dig den 26 november kl. 15.00. Dessförinnan av Gunnar Holm, Ada Nyström." in page


def test_a_text_opened_in_an_earlier_version_overwrites_nothing(cast, client_as, start):
    article = start()
    opened = typed(article.newest_version)  # by Karin, who goes for a coffee
    step = reviewing.submit(article.newest_version, by=cast.ada).steps.get()
    reviewing.return_version(step, by=cast.gunnar, reason="Kortare.")
    theirs = writing.open_draft(article, by=cast.ada)
    page = client_as(cast.karin).post(edit_url(article), opened | {"title": "Karins rubrik"})
    assert page.status_code == 409
    assert page.context["current"] == theirs
    assert "Ada Nyström har sparat utkastet" in page.text  # she began the version
    assert article.newest_version.title == theirs.title


def test_what_is_typed_while_somebody_submits_is_shown_not_lost(cast, client_as, start):
    article = start()
    opened = typed(article.newest_version)
    reviewing.submit(article.newest_version, by=cast.gunnar)
    page = client_as(cast.karin).post(edit_url(article), opened | {"body": "<p>Min halva mening</p>"})
    assert page.status_code == 409
    assert "Min halva mening" in page.content.decode()
    assert "Min halva" not in article.newest_version.body


def test_a_picture_with_its_words(cast, client_as, start):
    article = start()
    words = {"picture_alt": "En gunga", "picture_caption": "Ekbacken", "picture_credit": "Karin Berg"}
    sent = typed(article.newest_version, picture_file=upload()) | words
    assert client_as(cast.karin).post(edit_url(article), sent).status_code == 302
    draft = article.newest_version
    assert draft.picture == Picture.objects.get()
    assert {name: getattr(draft, name) for name in words} == words
    client_as(cast.karin).post(edit_url(article), typed(draft, remove_picture="on"))
    assert article.newest_version.picture is None


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"GIF89a nej", "Filen är ingen bild"), (png_header(20_000, 20_000), "fler än 50 miljoner bildpunkter")],
)
def test_a_picture_that_is_none_or_a_bomb_changes_nothing_and_says_so(cast, client_as, start, content, told):
    article = start()
    sent = typed(article.newest_version, title="Ny rubrik", picture_file=upload(content, "bild.png"))
    page = client_as(cast.karin).post(edit_url(article), sent)
    assert list(page.context["form"].errors) == ["picture_file"]
    assert told in page.content.decode()
    assert "Ny rubrik" in page.content.decode()
    assert article.newest_version.revision == 0
    assert not Picture.objects.exists()


def test_a_picture_is_kept_while_another_field_is_mended(cast, client_as, start):
    article = start()
    client = client_as(cast.karin)
    page = client.post(edit_url(article), typed(article.newest_version, title="", picture_file=upload()))
    picture = Picture.objects.get()
    assert page.context["form"]["picture"].value() == str(picture.pk)
    client.post(edit_url(article), typed(article.newest_version, title="Rubrik", picture=picture.pk))
    assert article.newest_version.picture == picture


def test_nobody_borrows_a_picture_that_they_may_not_see(cast, client_as, start):
    article, secret = start(), start(by=cast.ada, embargoed=True)
    client_as(cast.ada).post(edit_url(secret), typed(secret.newest_version, picture_file=upload()))
    picture = Picture.objects.get()
    page = client_as(cast.karin).post(edit_url(article), typed(article.newest_version, picture=picture.pk))
    assert "picture" in page.context["form"].errors
    assert article.newest_version.picture is None
