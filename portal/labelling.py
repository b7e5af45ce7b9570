"""Labelling: what the log calls a thing where its own name is not told, in the reader's language.

Some things are kept in the log by number, since their names may tell of what is still secret, or of who has
answered what. What the reader may open is called by its name of today; else by what it is, "ämne 8".
"""

from django.apps import apps

from forums.models import Forum
from news.models import Document, Picture

# By what a thing that is kept by number is known: what the reader may see of its kind, and the name there.
OPENED = {
    "news.document": (Document.objects.visible_to, "pk", "title"),
    "news.picture": (Picture.objects.visible_to, "pk", "name"),
    # Whose answer it is, is told on the forum's own page to those who arrange it.
    "forums.registration": (Forum.objects.visible_to, "registrations__pk", "title"),
}


def labels_of(entries, user):
    """{(kind, id as text): name today} of what these entries keep by number and `user` may open. A query for
    each of those kinds that is among them."""
    found = {}
    for kind, (visible_to, key, name) in OPENED.items():
        ids = {entry.about_id for entry in entries if entry.about_type == kind}
        if ids:
            rows = visible_to(user).order_by().filter(**{f"{key}__in": ids}).values_list(key, name)
            found |= {(kind, str(pk)): label for pk, label in rows if label}
    return found


def by_number(entry):
    """What kind of thing an entry is about, and its number, of a long one how it begins: "ämne 8"."""
    return f"{_model_of(entry).verbose_name} {entry.about_id.partition('-')[0]}"


def is_numbered(entry):
    """Whether the log has no name of what an entry is about: "document 7"."""
    return entry.about_name == f"{_model_of(entry).model_name} {entry.about_id}"


def _model_of(entry):
    return apps.get_model(entry.about_type)._meta
