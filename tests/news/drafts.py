"""What the page of a draft sends."""

from django.urls import reverse


def edit_url(article):
    return reverse("news:edit", args=[article.pk])


def typed(version, **changes):
    """What the edit form sends."""
    names = ("title", "lead", "body", "picture_caption", "picture_alt", "picture_credit")
    words = {name: getattr(version, name) for name in names}
    return words | {"revision": version.revision, "picture": version.picture_id or ""} | changes
