"""Which documents a text links to and which pictures it shows, kept beside it at each save.

In a text a document is a link to /dokument/<uuid>/ and a picture an image at /bilder/<uuid>/<width>.webp.
What is kept says where each is used, and gives those who may read the text the file too.
"""

import re
from urllib.parse import quote
from uuid import UUID

from django.db.models import Q

from news.models import Document, Picture, Version

ID = "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
DOCUMENT = re.compile(rf'\shref="/dokument/{ID}/[^"]*"')
# Only what is a link: words of a text may look like an attribute.
LINK = re.compile(rf'<a href="/dokument/{ID}/[^"]*"')
PICTURE = re.compile(rf'<img(?:\s[a-z]+="[^"]*")*?\ssrc="/bilder/{ID}/[^"]*"')


def documents_in(body):
    """Return the ids of the documents that a sanitised body links to, each once, in their order."""
    return list(dict.fromkeys(map(UUID, DOCUMENT.findall(body))))


def pictures_in(body):
    """Return the ids of the pictures that a sanitised body shows, each once, in their order."""
    return list(dict.fromkeys(map(UUID, PICTURE.findall(body))))


def keep_references(version, *, by):
    """Write down what the version's body refers to. Called wherever a body is written.

    Counted is only what `by` may see, or an earlier version of the article refers to already: so
    nobody opens a file to readers by writing an address that was never theirs.
    """
    version.documents.set(_known(Document, documents_in(version.body), "versions", version, by))
    version.pictures_in_text.set(_known(Picture, pictures_in(version.body), "versions_in_text", version, by))


def _known(model, wanted, used_in, version, by):
    if not wanted:
        return model.objects.none()
    siblings = Version.objects.filter(article=version.article_id)
    used = model.objects.filter(**{f"{used_in}__in": siblings})
    seen = model.objects.visible_to(by)
    return model.objects.filter(Q(pk__in=seen.values("pk")) | Q(pk__in=used.values("pk")), pk__in=wanted)


def at_moment(body, at):
    """Return a sanitised body whose links to documents lead to the files of the moment `at`."""
    asked = f"?vid={quote(at.isoformat())}"
    return LINK.sub(lambda match: f'<a href="/dokument/{match[1]}/{asked}"', body)


def in_order_of_text(documents, body):
    """Return the Documents that a sanitised body links to, as a list in the order of its text."""
    order = {pk: place for place, pk in enumerate(documents_in(body))}
    return sorted(documents, key=lambda document: order.get(document.pk, 0))
