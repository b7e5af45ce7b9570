"""One picture that is sent several times at the same moment, over real connections."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from accounts.models import LogEntry
from news.models import Picture
from news.picturing import add_picture

from .making import upload

AT_ONCE = 4

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_picture_sent_by_the_page_and_with_the_form_at_once_is_one(cast):
    start, key = Barrier(AT_ONCE), uuid.uuid4()

    def add(_number):
        start.wait()
        try:
            return add_picture(upload(), by=cast.karin, key=key).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        made = set(pool.map(add, range(AT_ONCE)))
    picture = Picture.objects.get()
    assert made == {picture.pk}
    assert LogEntry.objects.filter(event="picture.added").count() == 1
    assert default_storage.exists(picture.file.name)
