"""Saying whose words a text is, and who holds the office now."""

from dataclasses import dataclass

from django.utils import timezone

from accounts.models import Person


@dataclass(frozen=True)
class Byline:
    """The author of a text as its readers are told.

    Attributes:
        title: the author's post when it came out, or None.
        is_former: whether the author no longer holds the blog's office.
        holders: those who hold it today, of a text of a former one.
    """

    author: Person
    title: str | None
    is_former: bool
    holders: tuple[Person, ...]


def byline_of(version, stands, *, article):
    """The Byline of a version of `article` that stands in its Around, or None where it speaks on behalf
    of its unit."""
    if article.author is None:
        return None
    day = timezone.localdate(version.published_at or timezone.now())
    unit = article.blog.unit_id if article.blog else article.unit_id
    # The post in the text's own unit first; else the one that they had last.
    posts = [post for post in stands.posts if post.is_current(day)]
    posts.sort(key=lambda post: (post.unit_id == unit, post.starts_on), reverse=True)
    holders = tuple(dict.fromkeys(post.person for post in stands.holding if article.blog.gives_to(post)))
    is_former = article.blog is not None and article.author not in holders
    title = within_a_line(posts[0].title) if posts else None
    return Byline(article.author, title, is_former, holders if is_former else ())


def writers_of(versions):
    """(author, first year, last year) of each author of published `versions` (a QuerySet), latest first.
    Two queries."""
    rows = versions.order_by("published_at").values_list("article__author", "published_at")
    years = {}
    for author, at in rows:
        if author:
            first, _last = years.get(author, (at, at))
            years[author] = (first, at)
    people = Person.objects.in_bulk(years)
    told = [(people[pk], *(timezone.localtime(at).year for at in span)) for pk, span in years.items()]
    return sorted(told, key=lambda row: row[2], reverse=True)


def within_a_line(title):
    """A title as it stands after a name: "Kommundirektör" -> "kommundirektör", but "HR-chef"."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title
