"""Syndicating: what is published, as Atom feeds (RFC 4287) at addresses of one's own.

A feed holds headline and lead, never the text: a feed reader may keep what it gets on a machine of
somebody else's, and what is restricted is read in the portal.
"""

import re
from io import StringIO

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from news.models import Article, Version

# The feeds by kind: their name in the address, what they are called, the page of the same, what is in them.
KINDS = {
    "nyheter": (_("News"), "news:list", [Article.Kind.NEWS, Article.Kind.SUMMARY]),
    "sammanfattningar": (_("Forum summaries"), "news:list", [Article.Kind.SUMMARY]),
    "blogg": (_("The blog"), "news:blog", [Article.Kind.BLOG]),
    "sidor": (_("Pages"), "portal:start", [Article.Kind.PAGE]),
}
ENTRIES = 30
# What XML 1.0 cannot hold (section 2.2).
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class _Feed(Atom1Feed):
    """Atom's own; one without entries was last updated on a day that is given, not just now."""

    def latest_post_date(self):
        return max((item["updateddate"] for item in self.items), default=self.feed["since"])


def addresses_of(key, topics):
    """Return ([(name, path)] of the feeds by kind, [(topic, path)] of those by topic) for a PersonalKey."""
    by_kind = [(name, reverse("news:feed", args=[key.token, kind])) for kind, (name, *_rest) in KINDS.items()]
    by_topic = [(topic, reverse("news:topic_feed", args=[key.token, topic.slug])) for topic in topics]
    return by_kind, by_topic


def feed_of_kind(person, kind, *, path):
    """Write the feed of one kind, a name of KINDS, for `person`, in the active language. One query.

    Args:
        path: where it is read.
    """
    name, page, kinds = KINDS[kind]
    return _write(
        person, _live_for(person).of_kinds(*kinds), name=name, page=reverse(page), name_in_id=kind, path=path
    )


def feed_of_topic(person, topic, *, path):
    """The same of what is written about a topic, and about what is below it."""
    page = topic.get_absolute_url()
    return _write(
        person, _live_for(person).about(topic), name=topic.name, page=page, name_in_id="texter", path=path
    )


def _live_for(person):
    return Version.objects.live().visible_to(person)


def _write(person, versions, *, name, page, name_in_id, path):
    site = settings.SITE_URL
    feed = _Feed(
        title=f"{name} – Samspel, {settings.MUNICIPALITY}",
        link=site + page,
        # The same for everybody, and so without the key (RFC 4287, section 4.2.6).
        feed_guid=f"{site}{page}#{name_in_id}",
        description="",
        feed_url=site + path,
        language=get_language(),
        since=person.created_at,
    )
    newest = versions.order_by("-updated_at", "-pk").select_related("article__unit", "article__author")
    for version in newest.defer("body")[:ENTRIES]:
        article = version.article
        feed.add_item(
            title=_writable(version.title),
            link=site + article.get_absolute_url(),
            description=escape(_writable(version.lead)) or None,
            unique_id=site + reverse("news:by_number", args=[article.pk]),
            pubdate=version.published_at,
            updateddate=version.updated_at,
            author_name=str(article.author or article.unit),
        )
    written = StringIO()
    feed.write(written, "utf-8")
    return written.getvalue()


def _writable(text):
    return UNWRITABLE.sub("", text)
