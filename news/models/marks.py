"""Marks: what is asked of live versions for each reader, when their words are kept."""

from collections import namedtuple

from django.urls import reverse

# The name of the address of an article, by its kind; what is not named here is read among the news.
ADDRESSES = {"blog": "news:blog_post", "page": "news:page"}

# Everything in which one rendering of a published version can differ from another of it, beside its
# words, which never change.
MARKED = {
    "pk": "pk",
    "title": "title",
    "saved_at": "saved_at",
    "approved_at": "approved_at",
    "published_at": "published_at",
    "updated_at": "updated_at",
    "article_id": "article_id",
    "slug": "article__slug",
    "kind": "article__kind",
    "owner_id": "article__owner_id",
    "unit_id": "article__unit_id",
    "audience_id": "article__audience_id",
    "restricted": "article__restricted",
    "must_read": "article__must_read",
    "edition": "article__edition",
    "talk": "article__talk",
    "author_id": "article__author_id",
}


def address_of(kind, slug):
    """The path at which an article of a kind is read."""
    return reverse(ADDRESSES.get(kind, "news:article"), args=[slug])


class Mark(namedtuple("Mark", [*MARKED, "aimed"])):
    """What identifies a live version and where it may be read, without its words (`news.keeping`)."""

    __slots__ = ()

    def get_absolute_url(self):
        return address_of(self.kind, self.slug)
