"""Documents in the library and in texts: who finds them, who is sent them, what becomes of them."""

import uuid

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import translation

from accounts.models import LogEntry, Role, RoleGrant
from news import documenting, publishing, writing
from news.models import Document, DocumentFile, Version
from news.refusals import StillInUse

from .making import draw as draw_picture
from .making import encode, pdf, upload

LIBRARY = "/redaktion/dokument/"


@pytest.fixture
def document(cast):
    return documenting.add_document(pdf("plan.pdf"), title="Lekplatsplan", by=cast.karin, in_library=False)


def linking(document, words="planen"):
    return f'<p>Läs <a href="{document.get_absolute_url()}">{words}</a>.</p>'


def body_of(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.fixture
def fetch(client_as, document):
    return lambda person: client_as(person).get(document.get_absolute_url())


def test_who_reads_the_text_gets_the_document(cast, fetch, published, document):
    published(body=linking(document))
    response = fetch(cast.per)
    assert body_of(response) == pdf().read()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="plan.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("prefix", ["", "/_media/"])
def test_what_is_no_pdf_is_saved_and_never_shown(cast, client_as, settings, prefix):
    settings.MEDIA_ACCEL_PREFIX = prefix
    made = documenting.add_document(upload(b"a;b\r\n1;2", "Tabell å.csv"), by=cast.karin)
    response = client_as(cast.karin).get(made.get_absolute_url())
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Tabell%20%C3%A5.csv")
    assert ("X-Accel-Redirect" in response) == bool(prefix)


def test_a_restricted_texts_document_does_not_exist_for_others(cast, fetch, published, document):
    published(body=linking(document), audience=cast.audiences.social, restricted=True)
    assert fetch(cast.maja).status_code == 200
    assert fetch(cast.per).status_code == fetch(cast.yngve).status_code == 404


def test_a_document_lives_and_dies_with_what_is_live(cast, fetch, start, publish, document):
    article = start(body=linking(document))
    assert (fetch(cast.per).status_code, fetch(cast.gunnar).status_code) == (404, 200)
    publish(article)
    assert fetch(cast.per).status_code == 200
    draft = writing.open_draft(article, by=cast.karin)
    writing.save_draft(
        draft, revision=draft.revision, by=cast.karin, title=draft.title, lead="", body="<p>Utan.</p>"
    )
    assert fetch(cast.per).status_code == 200
    publish(article)
    assert fetch(cast.per).status_code == 404
    assert document.versions.get().number == 1


def test_a_withdrawn_texts_document_is_gone(cast, fetch, published, document):
    article = published(body=linking(document))
    publishing.withdraw(article, by=cast.karin)
    assert fetch(cast.per).status_code == 404


def test_the_foot_of_a_text_tells_of_the_file_as_it_is_now(cast, client_as, published, document):
    """Though what has been rendered of the text is kept for ten minutes."""
    article, client = published(body=linking(document)), client_as(cast.per)

    def foot():
        """The list and nothing else: further down, a form's random token may say "kB" or "PDF" too."""
        page = client.get(article.get_absolute_url()).text
        return page.partition("article-documents")[2].partition("</ul>")[0]

    assert "Lekplatsplan" in foot() and "PDF" in foot() and "kB" not in foot()
    documenting.replace_file(document, upload(b"a;b\r\n" + b"1;2\r\n" * 1000, "plan.csv"), by=cast.karin)
    assert "CSV" in foot() and "4,9" in foot() and "kB" in foot() and "PDF" not in foot()
    documenting.describe(document, by=cast.karin, title="Plan för lek", in_library=True)
    assert "Plan för lek" in foot() and "Lekplatsplan" not in foot()


def test_an_address_that_was_never_ones_own_opens_nothing(cast, fetch, published, document, start):
    """Karin's secret is linked to by a colleague who was told its address."""
    RoleGrant.objects.create(assignment=cast.ulla.assignments.get(), role=Role.COMMUNICATOR)
    published(body=linking(document), by=cast.ulla)
    assert fetch(cast.per).status_code == fetch(cast.ulla).status_code == 404
    assert not document.versions.exists()


def test_a_colleague_who_goes_on_writing_keeps_what_the_text_had(cast, start, document):
    article = start(body=linking(document), embargoed=True)
    draft = article.newest_version
    words = {"title": "Ny rubrik", "lead": "", "body": draft.body}
    assert writing.save_draft(draft, revision=0, by=cast.ulla, **words).documents.get() == document


@pytest.mark.parametrize("host", ["", settings.SITE_URL, settings.SITE_URL.upper()])
def test_links_in_the_text_survive_the_sanitiser_and_stand_at_its_foot(
    cast, client_as, published, document, host
):
    text = linking(document).replace('href="', f'href="{host}')
    article = published(body=text + "<p>Och <a href='https://almvik.example/'>mer</a>.</p>")
    page = client_as(cast.per).get(article.get_absolute_url()).text
    assert page.count(f'href="/dokument/{document.pk}/"') == 2
    assert "Lekplatsplan" in page
    assert article.live_version().documents.get() == document


def test_an_article_with_documents_stays_within_six_queries(
    cast, client_as, published, document, django_assert_max_num_queries
):
    article = published(body=linking(document))
    for reader in (client_as(cast.per), client_as(cast.maja)):
        with django_assert_max_num_queries(6):
            assert "Lekplatsplan" in reader.get(article.get_absolute_url()).text


def test_a_new_file_keeps_the_address_and_the_old_file(cast, client_as, published, document):
    published(body=linking(document))
    address = reverse("news:replace_document", args=[document.pk])
    client = client_as(cast.karin)
    for _click in range(2):
        assert client.post(address, {"file": pdf("plan 2.pdf", b"Ny")}).status_code == 302
    assert [file.name for file in document.files.all()] == ["plan 2.pdf", "plan.pdf"]
    assert body_of(client_as(cast.per).get(document.get_absolute_url())) == pdf(words=b"Ny").read()
    with document.files.get(number=1).file.open() as old:
        assert old.read() == pdf().read()
    assert LogEntry.objects.filter(event="document.replaced").count() == 1


def test_a_double_click_adds_one_document(cast, client_as):
    client, key = client_as(cast.karin), uuid.uuid4()
    for _click in range(2):
        answer = client.post(f"{LIBRARY}nytt/", {"file": pdf(), "title": "", "in_library": "on", "key": key})
        assert answer.url == f"{LIBRARY}{Document.objects.get().pk}/"
    made = Document.objects.get()
    assert (made.title, made.in_library, made.files.count()) == ("bilaga", True, 1)
    somebody_else = client_as(cast.karin)
    assert somebody_else.get(answer.url).status_code == 200


def test_a_bad_file_is_told_beside_the_field_and_changes_nothing(cast, client_as, document):
    client = client_as(cast.karin)
    picture = encode(draw_picture())
    for address in (f"{LIBRARY}nytt/", f"{LIBRARY}{document.pk}/fil/"):
        page = client.post(address, {"file": upload(picture), "title": "Bild", "key": uuid.uuid4()})
        assert "Filen är inget dokument som vi kan ta emot" in page.text
    assert 'value="Bild"' in client.post(f"{LIBRARY}nytt/", {"title": "Bild", "key": uuid.uuid4()}).text
    assert (Document.objects.count(), DocumentFile.objects.count()) == (1, 1)


def test_what_is_used_is_not_removed_and_what_is_not_leaves_no_file(
    cast, start, document, django_capture_on_commit_callbacks
):
    article = start(body=linking(document))
    with translation.override("en"), pytest.raises(StillInUse, match="used in a text"):
        documenting.remove(document, by=cast.karin)
    draft = article.newest_version
    writing.save_draft(draft, revision=0, by=cast.karin, title=draft.title, lead="", body="")
    name = document.newest_file.file.name
    assert default_storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        documenting.remove(document, by=cast.karin)
    assert not default_storage.exists(name)
    assert not Document.objects.exists()


def test_a_secret_document_is_found_by_its_owner_and_who_has_its_text_on_the_desk(cast, client_as, document):
    RoleGrant.objects.create(assignment=cast.ulla.assignments.get(), role=Role.COMMUNICATOR)
    shared = documenting.add_document(pdf(), title="Delad mall", by=cast.karin)
    mine = client_as(cast.karin).get(LIBRARY).text
    theirs = client_as(cast.ulla).get(LIBRARY).text
    assert ("Lekplatsplan" in mine, "Lekplatsplan" in theirs) == (True, False)
    assert "Delad mall" in mine
    assert "Delad mall" in theirs
    assert client_as(cast.ulla).get(f"{LIBRARY}{shared.pk}/").status_code == 200
    assert client_as(cast.ulla).get(f"{LIBRARY}{document.pk}/").status_code == 404


def test_only_who_may_edit_every_text_with_it_changes_a_document(cast, client_as, published):
    """Ulla writes for the schools: a document that the office's texts link to is not hers to replace."""
    post = cast.ulla.assignments.get()
    RoleGrant.objects.create(assignment=post, role=Role.COMMUNICATOR, unit=cast.units.schools)
    shared = documenting.add_document(pdf(), title="Delad mall", by=cast.karin)
    client, address = client_as(cast.ulla), f"{LIBRARY}{shared.pk}/"
    assert client.post(f"{address}fil/", {"file": pdf(words=b"2")}).status_code == 302
    published(body=linking(shared))
    for page, sent in (("fil/", {"file": pdf(words=b"3")}), ("ta-bort/", {}), ("", {"title": "Nytt"})):
        assert client.post(address + page, sent).status_code == 403
    assert client.get(address).status_code == 200
    shared.refresh_from_db()
    assert (shared.title, shared.files.count()) == ("Delad mall", 2)


def test_the_chooser_is_answered_with_json(cast, client_as, document):
    documenting.add_document(pdf("Öppettider.pdf"), by=cast.karin)
    client = client_as(cast.karin)
    asked = {"HTTP_ACCEPT": "application/json"}
    answer = client.get(LIBRARY, {"q": "öppet"}, **asked)
    (found,) = answer.json()["results"]
    assert found["title"] == "Öppettider"
    assert found["url"] == f"/dokument/{found['id']}/"
    assert found["detail"].startswith("PDF, ")
    assert "Accept" in answer["Vary"]
    assert client.get(LIBRARY, {"q": "finns ej"}, **asked).json() == {"results": [], "more": False}
    assert client_as(cast.per).get(LIBRARY, **asked).status_code == 403


def test_the_library_costs_as_much_for_thirty_as_for_one(
    cast, client_as, document, django_assert_max_num_queries
):
    client = client_as(cast.karin)
    for more in (0, 29):
        for number in range(more):
            documenting.add_document(pdf(), title=f"Dokument {number}", by=cast.karin)
        with django_assert_max_num_queries(7):
            assert client.get(LIBRARY).status_code == 200


def test_the_page_says_where_a_document_is_used(cast, client_as, published, document):
    page = client_as(cast.karin).get(f"{LIBRARY}{document.pk}/").text
    assert "Ta bort dokumentet" in page
    published("Lekplatser i höst", body=linking(document))
    page = client_as(cast.karin).get(f"{LIBRARY}{document.pk}/").text
    assert "Lekplatser i höst" in page
    assert "Ta bort dokumentet" not in page
    assert Version.objects.get().documents.count() == 1
