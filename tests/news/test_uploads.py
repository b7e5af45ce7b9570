"""Files that the editor takes in while somebody writes."""

import uuid

import pytest
from django.urls import reverse

from news.linking import find_targets
from news.models import Document, Picture

from . import packing
from .making import pdf, png_header, upload

PICTURE, DOCUMENT = "news:upload_picture", "news:upload_document"


def send(client, name, file, key=""):
    file.seek(0)
    return client.post(reverse(name), {"file": file, "key": key})


@pytest.mark.parametrize(("name", "model", "make"), [(PICTURE, Picture, upload), (DOCUMENT, Document, pdf)])
def test_sending_a_file_again_adds_nothing(cast, client_as, name, model, make):
    key, karin = uuid.uuid4(), client_as(cast.karin)
    first, again = (send(karin, name, make(), key).json() for _time in range(2))
    assert first == again
    thing = model.objects.get()
    assert (first["url"], thing.in_library) == (thing.get_absolute_url(), False)


BAD = [
    (PICTURE, upload(b"GIF89a<script>alert(1)</script>", "bild.png")),
    (PICTURE, upload(png_header(20_000, 20_000))),
    (PICTURE, pdf("../../bild.png")),
    (DOCUMENT, upload(b"<html><script>alert(1)</script>", "avtal.pdf")),
    (DOCUMENT, upload(packing.bomb(), "avtal.docx")),
    (DOCUMENT, upload(pdf().read() + packing.word(), "avtal.pdf")),
]


@pytest.mark.parametrize(("name", "file"), BAD)
def test_a_bad_file_is_refused_with_words_and_kept_nowhere(cast, client_as, name, file):
    answer = send(client_as(cast.karin), name, file, "no uuid")
    assert answer.status_code == 422
    assert answer.json()["refused"]
    assert not Picture.objects.exists() and not Document.objects.exists()


def test_without_a_file_or_the_right_nothing_is_taken_in(cast, client_as):
    assert client_as(cast.karin).post(reverse(PICTURE)).status_code == 422
    assert send(client_as(cast.per), PICTURE, upload()).status_code == 403
    assert send(client_as(cast.per), DOCUMENT, pdf()).status_code == 403


def test_a_document_is_linked_to_by_its_name(cast, client_as):
    send(client_as(cast.karin), DOCUMENT, pdf("Årsbudget.pdf"))
    (found,) = find_targets("årsbudget", user=cast.karin)
    assert (found.name, found.href) == ("Årsbudget", Document.objects.get().get_absolute_url())
    assert find_targets("årsbudget", user=cast.ada) == []  # it is in a draft of Karin's, in no library
