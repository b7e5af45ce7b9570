"""Files that are sent several times at the same moment, over real connections."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from accounts.models import LogEntry
from news.documenting import add_document, describe, replace_file
from news.models import Document, Picture
from news.picturing import add_picture

from .making import pdf, upload

AT_ONCE = 4

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(do):
    """What `do` returns for each of the numbers from 0, asked of all at the same moment."""
    start = Barrier(AT_ONCE)

    def do_one(number):
        start.wait()
        try:
            return do(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(do_one, range(AT_ONCE)))


def test_a_picture_sent_by_the_page_and_with_the_form_at_once_is_one(cast):
    key = uuid.uuid4()
    made = at_once(lambda _number: add_picture(upload(), by=cast.karin, key=key).pk)
    picture = Picture.objects.get()
    assert set(made) == {picture.pk}
    assert LogEntry.objects.filter(event="picture.added").count() == 1
    assert default_storage.exists(picture.file.name)


def test_a_form_with_a_document_that_is_sent_several_times_at_once_adds_one(cast):
    key = uuid.uuid4()
    made = at_once(lambda number: add_document(pdf(words=b"%d" % number), by=cast.karin, key=key).pk)
    document = Document.objects.get()
    assert set(made) == {document.pk}
    assert LogEntry.objects.filter(event="document.added").count() == 1
    kept = document.files.get()
    folder, _slash, name = kept.file.name.rpartition("/")
    assert default_storage.listdir(folder) == ([], [name])


def test_documents_of_one_name_sent_at_once_get_an_address_each(cast):
    made = at_once(lambda number: add_document(pdf("plan.pdf"), by=cast.karin, key=uuid.uuid4()).pk)
    assert len(set(made)) == Document.objects.count() == AT_ONCE


def test_new_files_and_a_new_name_at_once_are_all_kept(cast):
    document = add_document(pdf("gammal.pdf"), by=cast.karin)

    def change(number):
        if number:
            return replace_file(document, pdf(f"ny {number}.pdf", b"%d" % number), by=cast.karin).number
        return describe(document, by=cast.karin, title="Planen", in_library=False).title

    assert sorted(at_once(change)[1:]) == [2, 3, 4]
    document = Document.objects.get()
    assert document.title == "Planen"
    assert document.found_by == f"planen {document.newest_file.name}".casefold()
