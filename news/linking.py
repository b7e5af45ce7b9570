"""What a text may link to within the portal: found by its name, kept by its number.

A link holds an address made of a number (/lank/artikel/12/), which leads to wherever the thing is now.
Who may see it is asked when somebody follows the link; a text tells nothing of it but the words that
its writer chose (decisions/0101).
"""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from django.conf import settings
from django.db.models import BigAutoField, QuerySet
from django.urls import Resolver404, resolve, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import Person
from news.models import Article, Blog, Document, Topic, Version
from news.outlining import Link, anchors_of, links_of

WORD = re.compile(r"[^\W_]+")
# More words than this in a question only slow it down.
MOST_WORDS = 6
MOST_OF_A_KIND = 6
# What the page of a text has beside its headings, and words to look for (":~:text=", of the browser's own).
PLACES = re.compile(r"innehall|bekrafta|omdome|kommentarer|kommentar-[0-9]+|top|.*:~:.*")


@dataclass(frozen=True)
class Target:
    """Something to link to: what it is, its name, what tells it from others, its lasting address."""

    kind: str
    name: str
    detail: str
    href: str


@dataclass(frozen=True)
class Linkable:
    """A kind of thing that texts link to.

    Attributes:
        find: (user, words) -> Targets that the user may see whose name holds every word, a few.
        seen_by: user -> QuerySet of the things that the user may see.
        addresses: name of an address -> the field that its one argument is; or that field and what else
            must be so of the thing at this address, as a dict of look-ups.
        headings: (field, values) -> {value: the anchors of the headings that readers find there}; None of
            what has none.
    """

    find: Callable[..., list[Target]]
    seen_by: Callable[..., QuerySet]
    addresses: dict[str, str | tuple[str, dict]]
    headings: Callable[..., dict] | None = None

    def field_at(self, name):
        """The field that an address's argument is, and what else must be so of the thing there."""
        field = self.addresses[name]
        return (field, {}) if isinstance(field, str) else field


@dataclass(frozen=True)
class DeadLink(Link):
    """A link that leads nowhere: to no page or, `lacks_heading`, to no such heading on it; or, `is_inside`,
    to where only those who write and look after the portal come."""

    lacks_heading: bool = False
    is_inside: bool = False


LINKABLES = []


def register(linkable):
    """Let texts link to one more kind of thing. Called once for each, when the apps are ready."""
    LINKABLES.append(linkable)


def find_targets(text, *, user, among=LINKABLES):
    """Return the Targets that `user` may see and whose name holds every word of `text`, a few of each
    kind; none where it holds no word.

    Args:
        among: the Linkables that are looked through.
    """
    words = WORD.findall(text)[:MOST_WORDS]
    return [target for linkable in among for target in linkable.find(user, words)] if words else []


def named(queryset, field, words):
    """Rows whose `field` holds every word. Upper and lower case are the same letter; å and a are not."""
    for word in words:
        # A pattern, since SQLite's LIKE knows only the case of a to z. `word` is letters and digits.
        queryset = queryset.filter(**{f"{field}__iregex": word})
    return queryset[:MOST_OF_A_KIND]


def dead_links(body, *, user):
    """Return the DeadLinks of a sanitised body: to nothing within the portal that `user` can see, or to no
    heading of the text itself or of the text that they lead to; or into the desk, whoever `user` is.

    A query for each kind of address that is linked to, and one more where headings are, however many.
    """
    dead, asked, anchors = [], defaultdict(list), anchors_of(body)
    for link in links_of(body):
        if link.href.startswith("#") and _fragment(link) not in anchors:
            dead.append(DeadLink(link.href, link.text, lacks_heading=True))
        path = path_within(link.href)
        if path is None:
            continue
        if path.startswith((reverse("news:desk"), reverse("admin:index"))):
            dead.append(DeadLink(link.href, link.text, is_inside=True))
            continue
        try:
            match = resolve(path)
        except Resolver404:
            dead.append(DeadLink(link.href, link.text))
            continue
        if _linkable_at(match.view_name):
            (value,) = [*match.args, *match.kwargs.values()][:1]
            asked[match.view_name].append((value, link))
    for name, pairs in asked.items():
        dead += _dead_at(name, pairs, user)
    return dead


def _dead_at(name, pairs, user):
    """The DeadLinks among `pairs`, each the argument of this kind of address and the Link to it."""
    linkable = _linkable_at(name)
    field, such = linkable.field_at(name)
    wanted = {value for value, _link in pairs if _may_be_held(value)}
    found = linkable.seen_by(user).filter(**such, **{f"{field}__in": wanted})
    there = set(found.values_list(field, flat=True))
    dead = [DeadLink(link.href, link.text) for value, link in pairs if value not in there]
    pointing = [(value, link) for value, link in pairs if value in there and _points_to_heading(link)]
    if pointing and linkable.headings:
        anchors = linkable.headings(field, {value for value, _link in pointing})
        dead += [
            DeadLink(link.href, link.text, lacks_heading=True)
            for value, link in pointing
            if _fragment(link) not in anchors.get(value, ())
        ]
    return dead


def _fragment(link):
    return unquote(link.href.partition("#")[2])


def _points_to_heading(link):
    fragment = _fragment(link)
    return bool(fragment) and not PLACES.fullmatch(fragment)


def _may_be_held(value):
    """Whether a column can hold it. SQLite can't even be asked for a larger number."""
    return not isinstance(value, int) or value <= BigAutoField.MAX_BIGINT


def path_within(href):
    """Return the path of an address within the portal, without what follows "?" or "#"; else None."""
    home = f"{settings.SITE_URL}/"
    if href.startswith(home):
        href = href.removeprefix(settings.SITE_URL)
    return re.split(r"[?#]", href)[0] if href.startswith("/") else None


def _linkable_at(name):
    return next((linkable for linkable in LINKABLES if name in linkable.addresses), None)


def _articles(user, words):
    live = Version.objects.live().visible_to(user).select_related("article__unit").defer("body")
    return [
        Target(
            capfirst(version.article.get_kind_display()),
            version.title,
            str(version.article.unit),
            reverse("news:by_number", args=[version.article_id]),
        )
        for version in named(live.order_by("-published_at", "-pk"), "title", words)
    ]


def _people(user, words):
    found = Person.objects.visible_to(user).named(" ".join(words)).with_assignments()[:MOST_OF_A_KIND]
    return [
        Target(_("Person"), person.full_name, _post_of(person), reverse("accounts:person", args=[person.pk]))
        for person in found
    ]


def _post_of(person):
    return next((f"{post.title}, {post.unit}" for post in person.current_assignments), "")


def _article_headings(field, values):
    live = Version.objects.live().filter(**{f"article__{field}__in": values})
    return {value: anchors_of(body) for value, body in live.values_list(f"article__{field}", "body")}


ARTICLES = Linkable(
    find=_articles,
    seen_by=Article.objects.visible_to,
    headings=_article_headings,
    addresses={
        "news:by_number": "pk",
        # An address of another kind leads nowhere, whatever its last part.
        "news:article": ("slug", {"kind__in": [Article.Kind.NEWS, Article.Kind.SUMMARY]}),
        "news:blog_post": ("slug", {"kind": Article.Kind.BLOG}),
        "news:page": ("slug", {"kind": Article.Kind.PAGE}),
    },
)
register(ARTICLES)


def _documents(user, words):
    found = Document.objects.visible_to(user).matching(" ".join(words)).with_newest_file()[:MOST_OF_A_KIND]
    return [
        Target(_("Document"), document.title, document.name, document.get_absolute_url())
        for document in found
    ]


register(
    Linkable(
        find=_documents,
        seen_by=Document.objects.visible_to,
        addresses={"news:document": "pk", "news:document_named": "pk"},
    )
)
register(
    Linkable(
        find=_people,
        seen_by=Person.objects.visible_to,
        addresses={"accounts:person": "pk"},
    )
)


def _topics(_user, words):
    topics = named(Topic.objects.in_use(), "name", words)
    return [Target(_("Topic"), topic.name, "", topic.get_absolute_url()) for topic in topics]


def _blogs(_user, words):
    blogs = named(Blog.objects.select_related("unit"), "name", words)
    return [Target(_("Blog"), blog.name, str(blog.unit), blog.get_absolute_url()) for blog in blogs]


# Anyone may see these, and the address of each stays as it is when it is renamed.
register(
    Linkable(find=_topics, seen_by=lambda _user: Topic.objects.all(), addresses={"portal:topic": "slug"})
)
register(Linkable(find=_blogs, seen_by=lambda _user: Blog.objects.all(), addresses={"news:one_blog": "slug"}))
