"""Sharing: documents, links and recordings of a forum, given to those whom it is meant for."""

from uuid import uuid4, uuid5

from django.db import transaction

from accounts.models import LogEntry
from accounts.recording import record
from forums.models import Material
from news.documenting import examine


def share(forum, *, title, by, kind=Material.Kind.MATERIAL, item=None, file=None, url="", key=None):
    """Share a file or a link and return the Material.

    Args:
        title: what people call it; the file's name without its extension if empty.
        item: the programme item that it belongs to; None for the forum as a whole.
        file: an UploadedFile or other Django File; None for a link, `url`.
        key: a new UUID from the form; the same form sent twice shares once.

    Raises:
        news.refusals.BadDocument: `news.examining.examine` says no to the file.
    """
    found = examine(file) if file else None
    title = (title.strip() or (found.name.rpartition(".")[0] if found else url))[:160]
    pk = uuid5(key or uuid4(), str(by.pk))
    with transaction.atomic():
        if shared := Material.objects.select_for_update().filter(pk=pk).first():
            return shared
        material = Material(pk=pk, forum=forum, item=item, kind=kind, title=title, url=url, added_by=by)
        if found:
            material.name, material.extension, material.size = found.name, found.extension, found.size
            file.seek(0)
            material.file.save(found.name, file, save=False)
        try:
            material.save(force_insert=True)
            record("material.shared", about=forum, by=by, material=str(pk))
        except BaseException:
            if material.file:
                material.file.storage.delete(material.file.name)
            raise
    return material


@transaction.atomic
def take_away(material, *, by):
    """Take a material away, with its file."""
    record("material.taken_away", about=material.forum, by=by, material=str(material.pk))
    file = material.file
    material.delete()
    if file:
        transaction.on_commit(lambda: file.storage.delete(file.name))


def was_taken_away(pk, *, forum):
    """Whether there was a material with this id at `forum`: a second click is no fault."""
    entries = LogEntry.objects.filter(event="material.taken_away", about_id=str(forum.pk))
    return entries.filter(details__material=str(pk)).exists()
