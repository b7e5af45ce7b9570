"""Taking documents in, replacing their files, removing what nothing refers to.

Another app that takes files in asks `examine`, which says what an upload is or refuses it.
"""

from hashlib import file_digest
from uuid import uuid4, uuid5

from django.db import transaction

from accounts.models import LogEntry
from accounts.recording import record
from news.examining import Examined, examine
from news.models import Article, Document
from news.refusals import StillInUse
from news.surrounding import show_anew

__all__ = [
    "Examined",
    "add_document",
    "describe",
    "examine",
    "remove",
    "replace_file",
    "was_removed",
]


def add_document(file, *, by, title="", in_library=True, key=None):
    """Take in an uploaded file as a Document, and return it.

    Args:
        file: an UploadedFile or other Django File.
        title: what people call it; the file's name without its extension if empty.
        in_library: whether others who write find it before a text refers to it.
        key: a new UUID from the form; the same form sent twice finds the first one's document.

    Raises:
        BadDocument: `news.examining.examine` says no.
    """
    found = examine(file)
    title = (title.strip() or found.name.rpartition(".")[0])[:160]
    with transaction.atomic():
        document, is_new = Document.objects.get_or_create(
            pk=uuid5(key or uuid4(), str(by.pk)),
            defaults={"title": title, "in_library": in_library, "uploaded_by": by},
        )
        if is_new:
            _keep(document, file, found, number=1, by=by)
            record("document.added", about=document, by=by)
    return document


def replace_file(document, file, *, by):
    """Let the document's address lead to a new file from now on; the older ones are kept.

    The same file as the newest (a double click) changes nothing.

    Raises:
        BadDocument: `news.examining.examine` says no.
    """
    found = examine(file)
    with transaction.atomic():
        _show_anew(document)
        document = Document.objects.select_for_update().get(pk=document.pk)
        newest = document.newest_file
        if newest.digest == _digest_of(file):
            return newest
        kept = _keep(document, file, found, number=newest.number + 1, by=by)
        record("document.replaced", about=document, by=by, number=kept.number)
    return kept


@transaction.atomic
def describe(document, *, by, title, in_library):
    """Change what the document is called, and whether others who write find it. Saying what is so
    already changes nothing."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    if (document.title, document.in_library) == (title.strip(), in_library):
        return document
    _show_anew(document)
    document.title, document.in_library = title.strip(), in_library
    _keep_findable(document, document.newest_file)
    record("document.described", about=document, by=by)
    return document


@transaction.atomic
def remove(document, *, by):
    """Remove a document that no version of any text refers to, with its files.

    Raises:
        StillInUse: some version does, also one that is no longer live.
    """
    document = Document.objects.select_for_update().get(pk=document.pk)
    if document.versions.exists():
        raise StillInUse
    record("document.removed", about=document, by=by)
    files = [(kept.file.storage, kept.file.name) for kept in document.files.all()]
    document.delete()
    transaction.on_commit(lambda: [storage.delete(name) for storage, name in files])


def was_removed(pk, *, by):
    """Return whether `by` has removed the document with this id: a second click is no fault."""
    return LogEntry.objects.filter(event="document.removed", about_id=str(pk), by=by).exists()


def _show_anew(document):
    """Let the texts that refer to it tell of it anew: its title, kind and size stand at their foot. Done
    before the document is held: whoever saves a text holds that first, and refers to documents after."""
    show_anew(Article.objects.filter(versions__documents=document))


def _keep(document, file, found, *, number, by):
    """Write the file and its row; the file goes again where the row can't be written."""
    kept = document.files.model(
        document=document,
        number=number,
        name=found.name,
        extension=found.extension,
        size=found.size,
        digest=_digest_of(file),
        uploaded_by=by,
    )
    kept.file.save(found.name, file, save=False)
    try:
        kept.save(force_insert=True)
    except BaseException:
        kept.file.storage.delete(kept.file.name)
        raise
    _keep_findable(document, kept)
    return kept


def _keep_findable(document, newest):
    document.found_by = f"{document.title} {newest.name}".casefold()
    document.save()


def _digest_of(file):
    file.seek(0)
    digest = file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return digest
