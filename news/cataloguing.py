"""Keeping the library of pictures: saying what each shows, removing what no text shows."""

from datetime import timedelta
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts.models import LogEntry
from accounts.recording import record
from news.models import Article, Document, DocumentFile, Picture
from news.picturing import findable_words
from news.refusals import StillInUse
from news.surrounding import show_anew

# A file without a row may belong to an upload that is under way; after this it does not.
STRAY_AFTER = timedelta(days=1)


@transaction.atomic
def describe_picture(picture, *, by, **words):
    """Say what a picture is called and shows: `name`, `alt`, `is_decoration`, `credit`, `in_library`, and
    in percent from the left and from the top where it is worth seeing: `focal_x`, `focal_y`.

    Texts that show it already keep their own words. Saying what is so already changes nothing.
    """
    if all(getattr(picture, name) == value for name, value in words.items()):
        return picture
    was = picture.focal_classes
    for name, value in words.items():
        setattr(picture, name, value)
    if picture.focal_classes != was:
        show_anew(Article.objects.filter(versions__in=picture.all_versions))
    picture.found_by = findable_words(picture)
    picture.save(update_fields=[*words, "found_by"])
    record("picture.described", about=picture, by=by)
    return picture


@transaction.atomic
def remove_picture(picture, *, by):
    """Remove a picture that no version of any text shows, with its files.

    Raises:
        StillInUse: some version does, also one that is no longer live.
    """
    picture = Picture.objects.select_for_update().get(pk=picture.pk)
    if picture.all_versions.exists():
        raise StillInUse
    record("picture.removed", about=picture, by=by)
    storage, folder = picture.file.storage, f"pictures/{picture.pk}"
    picture.delete()
    transaction.on_commit(lambda: _delete_folder(storage, folder))


def was_removed(pk, *, by):
    """Return whether `by` has removed the picture with this id: a second click is no fault."""
    return LogEntry.objects.filter(event="picture.removed", about_id=str(pk), by=by).exists()


def sweep_strays(storage=default_storage):
    """Delete the files that an upload left behind whose transaction was undone; return how many.

    Every row of a picture or a document names its files, so a file that no row names is nobody's.
    """
    rooms = {"pictures": Picture.objects, "documents": Document.objects}
    return sum(_sweep(storage, room, objects) for room, objects in rooms.items())


def _sweep(storage, room, objects):
    known = {str(pk) for pk in objects.values_list("pk", flat=True)}
    named = set(DocumentFile.objects.values_list("file", flat=True)) if room == "documents" else set()
    swept = 0
    for folder in _listed(storage, room)[0]:
        is_strange = _is_id(folder) and folder not in known
        if not is_strange and room == "pictures":
            continue
        for file in _listed(storage, f"{room}/{folder}")[1]:
            name = f"{room}/{folder}/{file}"
            if name not in named and storage.get_modified_time(name) < timezone.now() - STRAY_AFTER:
                storage.delete(name)
                swept += 1
    return swept


def _delete_folder(storage, folder):
    for file in _listed(storage, folder)[1]:
        storage.delete(f"{folder}/{file}")


def _listed(storage, folder):
    return storage.listdir(folder) if storage.exists(folder) else ([], [])


def _is_id(name):
    try:
        return str(UUID(name)) == name
    except ValueError:
        return False
