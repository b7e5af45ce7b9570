"""Keeping the search entries true to what they are about, in the transaction that changes it."""

import html
import re
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from django.utils.html import strip_tags

from accounts.models import Assignment, Person, Unit
from forums.models import Forum, ProgrammeItem
from news.models import Version
from portal.models import SearchEntry
from portal.swedish import as_seen, stem, words_of

# Characters of one text that are searched; PostgreSQL's tsvector has an end at 1 MB.
LONGEST_TEXT = 100_000
LONGEST_TITLE = 400
# Where one of these begins or ends, so does a word.
BLOCK = re.compile(r"<(?=/?(?:p|h[1-6]|li|br|hr|blockquote|t[dhr]|div|figcaption|cite)\b)")
REINDEX_BATCH = 500
DAYS_BACK = 14


def connect():
    """Listen for changes of what can be found. Called once, when the app is ready."""
    post_save.connect(_version_saved, sender=Version, dispatch_uid="index-version")
    post_save.connect(_forum_saved, sender=Forum, dispatch_uid="index-forum")
    for signal in (post_save, post_delete):
        signal.connect(_item_changed, sender=ProgrammeItem, dispatch_uid=f"index-item-{id(signal)}")
        signal.connect(_assignment_changed, sender=Assignment, dispatch_uid=f"index-assignment-{id(signal)}")
    post_save.connect(_person_saved, sender=Person, dispatch_uid="index-person")
    post_save.connect(_unit_saved, sender=Unit, dispatch_uid="index-unit")


# The receivers. `raw` is a fixture being loaded: run `reindex` after it. Deleted things take their
# entries with them by cascade.


def _version_saved(instance, raw, **kwargs):
    if not raw and instance.state == Version.State.APPROVED:
        index([instance])


def _forum_saved(instance, raw, **kwargs):
    if not raw:
        index([instance])


def _item_changed(instance, **kwargs):
    index(Forum.objects.filter(pk=instance.forum_id))


def _person_saved(instance, raw, update_fields, **kwargs):
    # Signing in saves `last_login`; that is no reason to write the index.
    if not raw and (update_fields is None or {"given_name", "family_name"} & set(update_fields)):
        index([instance])


def _assignment_changed(instance, **kwargs):
    index(Person.objects.filter(pk=instance.person_id))


def _unit_saved(instance, created, raw, **kwargs):
    if not raw and not created:
        index(Person.objects.filter(assignments__unit=instance).distinct())


@transaction.atomic
def index(things):
    """Write the search entries of `things` (versions, forums or people), replacing those they have."""
    entries = [entry_of(thing) for thing in things]
    if not entries:
        return
    for field in SearchEntry.FIELDS.values():
        about = [getattr(entry, f"{field}_id") for entry in entries if getattr(entry, f"{field}_id")]
        if about:
            SearchEntry.objects.filter(**{f"{field}__in": about}).delete()
    SearchEntry.objects.bulk_create(entries)


@transaction.atomic
def reindex():
    """Write every search entry anew and return how many there are."""
    SearchEntry.objects.all().delete()
    for things in (
        Version.objects.filter(state=Version.State.APPROVED),
        Forum.objects.prefetch_related("programme"),
        Person.objects.prefetch_related("assignments__unit"),
    ):
        batch = []
        for thing in things.order_by("pk").iterator(chunk_size=REINDEX_BATCH):
            batch.append(entry_of(thing))
            if len(batch) == REINDEX_BATCH:
                SearchEntry.objects.bulk_create(batch)
                batch = []
        SearchEntry.objects.bulk_create(batch)
    if connection.vendor == "postgresql":
        # So many at once wait in a list that every question wades through until the next vacuum.
        with connection.cursor() as cursor:
            cursor.execute("SELECT gin_clean_pending_list('portal_searchentry_document')")
    return SearchEntry.objects.count()


def reindex_people_with_new_days():
    """Write anew the entries of those whose posts began or ended in the last DAYS_BACK days: for the
    daily round, which may be late. Returns how many.

    Who may be found never waits for this; only by which titles.
    """
    today = timezone.localdate()
    days = (today - timedelta(days=DAYS_BACK), today)
    recent = Q(assignments__starts_on__range=days) | Q(assignments__ends_on__range=days)
    people = list(Person.objects.filter(recent).prefetch_related("assignments__unit").distinct())
    index(people)
    return len(people)


def entry_of(thing):
    """Return an unsaved SearchEntry with the words of a Version, Forum or Person."""
    if isinstance(thing, Version):
        return _entry(thing.title, thing.lead, as_text(thing.body), thing.picture_caption, version=thing)
    if isinstance(thing, Forum):
        items = [f"{item.title} {item.text} {item.guests}" for item in thing.programme.all()]
        title = f"{thing.title} – {thing.theme}"
        return _entry(title, thing.description, thing.place, *items, forum=thing)
    posts = [post for post in thing.assignments.all() if post.is_current()]
    return _entry(thing.full_name, *(f"{post.title}, {post.unit.name}" for post in posts), person=thing)


def as_text(body):
    """Return rich text as plain text in which words of different blocks stay apart."""
    return html.unescape(strip_tags(BLOCK.sub(" <", body)))


def _entry(title, *texts, **about):
    # An å typed as a and a ring is still an å, and a word with a soft hyphen in it still one word.
    title = as_seen(title)[:LONGEST_TITLE]
    text = as_seen(" ".join(" ".join(filter(None, texts)).split()))[:LONGEST_TEXT]
    return SearchEntry(
        title=title, text=text, title_stems=_stems_of_title(title), text_stems=_stems(text), **about
    )


def _stems(text):
    return " ".join(stem(word) for word in words_of(text))


def _stems_of_title(title):
    """The stems, and after them the words whose stems are shorter, for matching by beginnings."""
    words = words_of(title)
    return " ".join([*(stem(word) for word in words), *(word for word in words if stem(word) != word)])
