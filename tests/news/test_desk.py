"""The desk through the browser's eyes: starting, writing, saving, submitting, taking back."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Unit
from news import publishing, reviewing, writing
from news.models import Article, Picture, Version
from news.views.desk import SECTIONS

from .making import png_header, upload


def edit_url(article):
    return reverse("news:edit", args=[article.pk])


def typed(version, **changes):
    """What the edit form sends."""
    names = ("title", "lead", "body", "picture_caption", "picture_alt", "picture_credit")
    words = {name: getattr(version, name) for name in names}
    return words | {"revision": version.revision, "picture": version.picture_id or ""} | changes


def new_article(cast, **changes):
    return {
        "title": "Ny cykelväg",
        "kind": "news",
        "unit": cast.units.office.pk,
        "audience": cast.audiences.everyone.pk,
        "form_key": uuid.uuid4(),
    } | changes


def test_a_communicator_starts_an_article(cast, client_as):
    client = client_as(cast.karin)
    assert client.get(reverse("news:new")).status_code == 200
    answer = client.post(reverse("news:new"), new_article(cast, embargoed="on"))
    article = Article.objects.get()
    assert answer.url == edit_url(article)
    assert (article.owner, article.embargoed, article.restricted) == (cast.karin, True, False)


@pytest.mark.parametrize("place", ["new", "edit"])
def test_a_form_with_faults_says_so_at_the_top_in_the_readers_language(cast, client_as, place):
    """The browser's own bubble speaks the browser's language, so it is switched off."""
    client = client_as(cast.karin)
    client.post(reverse("news:new"), new_article(cast))
    version = Version.objects.get()
    sent = {"new": new_article(cast, title=""), "edit": typed(version, title="")}[place]
    address = {"new": reverse("news:new"), "edit": edit_url(version.article)}[place]
    page = client.post(address, sent).text
    assert "Ingenting är sparat än. Se de markerade fälten." in page
    assert " novalidate" in page


@pytest.mark.parametrize("part", ["employee", "manager", "elected", "approver", "organiser", "former"])
def test_others_start_nothing(cast, client_as, part):
    client = client_as(cast.by_role[part])
    assert client.get(reverse("news:new")).status_code == 403
    assert client.post(reverse("news:new"), new_article(cast)).status_code == 403
    assert not Article.objects.exists()


def test_a_double_click_starts_one_article(cast, client_as):
    client, sent = client_as(cast.karin), new_article(cast)
    first, second = client.post(reverse("news:new"), sent), client.post(reverse("news:new"), sent)
    assert first.url == second.url
    assert Article.objects.count() == 1


def test_one_writes_only_for_the_units_that_the_role_covers(cast, client_as):
    grant = cast.karin.assignments.get().role_grants.get()
    grant.unit = cast.units.social
    grant.save()
    client = client_as(cast.karin)
    page = client.post(reverse("news:new"), new_article(cast))
    assert page.status_code == 200
    assert "unit" in page.context["form"].errors
    assert not Article.objects.exists()
    client.post(reverse("news:new"), new_article(cast, unit=cast.units.home_care.pk))
    assert Article.objects.get().unit == cast.units.home_care


def test_units_are_offered_in_the_order_of_the_tree(cast, client_as):
    page = client_as(cast.karin).get(reverse("news:new"))
    names = [str(name) for _value, name in page.context["form"].fields["unit"].choices]
    assert names[1] == "Almviks kommun"
    place = names.index("\u2003Socialförvaltningen")
    assert names[place + 1] == "\u2003\u2003Hemtjänsten"
    Unit.objects.filter(pk=cast.units.root.pk).update(position=9)
    first, *_others = Unit.objects.exclude(pk=cast.units.social.pk).in_tree()
    assert (str(first), first.depth) == ("Hemtjänsten", 0)


def test_bad_input_is_said_beside_the_field_and_kept(cast, client_as):
    page = client_as(cast.karin).post(reverse("news:new"), new_article(cast, title="Å" * 200, kind="blog"))
    assert "title" in page.context["form"].errors
    assert "Å" * 200 in page.content.decode()
    assert not Article.objects.exists()


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
    assert article.newest_version.title == "Adas rubrik"
    # Karin has seen both, and chooses hers.
    chosen = opened | {"title": "Karins rubrik", "revision": page.context["form"]["revision"].value()}
    assert client.post(edit_url(article), chosen).status_code == 302
    assert article.newest_version.title == "Karins rubrik"
    assert article.newest_version.revision == theirs.revision + 1


def test_a_text_opened_in_an_earlier_version_overwrites_nothing(cast, client_as, start):
    article = start()
    opened = typed(article.newest_version)  # by Karin, who goes for a coffee
    step = reviewing.submit(article.newest_version, by=cast.ada).steps.get()
    reviewing.return_version(step, by=cast.gunnar, reason="Kortare.")
    theirs = writing.open_draft(article, by=cast.ada)
    page = client_as(cast.karin).post(edit_url(article), opened | {"title": "Karins rubrik"})
    assert page.status_code == 409
    assert page.context["current"] == theirs
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


@pytest.mark.parametrize("part", ["employee", "manager", "organiser", "administrator", "outsider"])
def test_a_draft_does_not_exist_for_others(cast, client_as, start, part):
    article = start()
    client = client_as(cast.by_role[part])
    addresses = [
        edit_url(article),
        reverse("news:preview", args=[article.pk, 1]),
        reverse("news:submit", args=[article.pk]),
    ]
    assert {client.get(address).status_code for address in addresses} == {404}
    for name in ("edit", "submit", "open_version", "withdraw", "trash", "restore"):
        assert client.post(reverse(f"news:{name}", args=[article.pk])).status_code == 404, name
    assert article.versions.get().state == "draft"


def test_an_approver_reads_a_draft_but_does_not_write_in_it(cast, client_as, start):
    article = start()
    client = client_as(cast.gunnar)
    assert client.get(edit_url(article)).status_code == 200
    assert client.get(reverse("news:preview", args=[article.pk, 1])).status_code == 200
    assert client.post(edit_url(article), typed(article.newest_version, title="Nej")).status_code == 403
    assert client.get(reverse("news:submit", args=[article.pk])).status_code == 403
    assert article.newest_version.revision == 0


@pytest.mark.parametrize("part", ["employee", "manager", "organiser", "outsider", "former"])
def test_the_desk_is_for_those_with_something_on_it(cast, client_as, part):
    assert client_as(cast.by_role[part]).get(reverse("news:desk")).status_code == 403


@pytest.mark.parametrize("rows", [1, 30])
def test_the_desk_costs_at_most_twelve_queries(cast, client_as, start, publish, rows):
    for number in range(rows):
        start(title=f"Utkast {number}")
        reviewing.submit(start(title=f"Text {number}").newest_version, by=cast.karin)
        publish(start(title=f"Ute {number}"))
        gone = start(title=f"Slut {number}")
        publish(gone)
        publishing.withdraw(gone, by=cast.karin)
    for person in (cast.gunnar, cast.karin):
        client = client_as(person)
        for section in ("", *SECTIONS, "alla", "papperskorg", "arkiv"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse("news:desk"), {"visa": section}).status_code == 200
            assert len(queries) <= 12, section


def test_submitting_shows_advice_and_asks_once(cast, client_as, start):
    article = start(body="<p>Läs mer <a href='/nyheter/'>här</a></p>")
    client, address = client_as(cast.karin), reverse("news:submit", args=[article.pk])
    (advice,) = client.get(address).context["advice"]
    assert "”här”" in advice.text
    assert f'href="{edit_url(article)}#lank=/nyheter/"' in client.get(address).text
    assert [client.post(address).status_code for _ in range(2)] == [302, 302]
    assert article.newest_version.state == "submitted"
    assert article.newest_version.steps.count() == 1


def test_submitting_says_when_nobody_could_approve(cast, client_as, start):
    article = start()
    address = reverse("news:submit", args=[article.pk])
    assert client_as(cast.karin).get(address).context["has_approver"]
    writing.save_draft(article.newest_version, revision=0, by=cast.gunnar, title="Min", lead="", body="")
    assert not client_as(cast.karin).get(address).context["has_approver"]


def test_a_new_version_beside_the_live_one(cast, client_as, published):
    article = published()
    client, address = client_as(cast.karin), reverse("news:open_version", args=[article.pk])
    assert client.get(address).status_code == 405
    assert [client.post(address).url for _ in range(2)] == [edit_url(article)] * 2
    assert article.versions.count() == 2
    assert "is_minor" in client.get(edit_url(article)).context["form"].fields


def test_taking_back_by_those_who_may(cast, client_as, published):
    article = published()
    address = {name: reverse(f"news:{name}", args=[article.pk]) for name in ("withdraw", "trash", "restore")}
    karin, gunnar = client_as(cast.karin), client_as(cast.gunnar)
    assert [gunnar.post(address["withdraw"]).status_code for _ in range(2)] == [302, 302]
    assert article.live_version() is None
    assert [karin.post(address["trash"]).status_code for _ in range(2)] == [302, 302]
    assert karin.get(edit_url(article)).status_code == 404
    assert (
        "restore" in address
        and article.versions.first().title
        in karin.get(reverse("news:desk") + "?visa=papperskorg").content.decode()
    )
    assert [karin.post(address["restore"]).status_code for _ in range(2)] == [302, 302]
    assert karin.get(edit_url(article)).status_code == 200


def test_a_signatory_takes_nothing_back(cast, client_as, start, publish):
    article = start(signatories=[cast.elsa, cast.olof])
    publish(article)
    client = client_as(cast.elsa)
    for name in ("withdraw", "trash", "restore", "open_version"):
        assert client.post(reverse(f"news:{name}", args=[article.pk])).status_code == 403
    assert article.live_version()


def test_a_preview_shows_any_version_and_is_marked(cast, client_as, published):
    article = published(title="Första")
    draft = writing.open_draft(article, by=cast.karin)
    writing.save_draft(draft, revision=draft.revision, by=cast.karin, title="Andra", lead="", body="")
    client = client_as(cast.karin)
    for number, title in ((1, "Första"), (2, "Andra")):
        page = client.get(reverse("news:preview", args=[article.pk, number])).content.decode()
        assert title in page and "preview-bar" in page
    assert client.get(reverse("news:preview", args=[article.pk, 3])).status_code == 404
    assert Version.objects.count() == 2
