"""The pages that are measured, and the people who read them."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Assignment, Person
from forums.models import Forum, GroupWork
from news.models import Article

QUESTIONS = ("budget", "dialog", "tillit och respekt", "utbildning", "enhetschef", "medarbetare")


@dataclass(frozen=True)
class Page:
    """A kind of page: its name, some addresses of its kind, and what is asked of it.

    `target` is the least part of the floor's rate that it must reach; None where none is set.
    """

    name: str
    paths: list[str]
    target: float | None = None


def pages():
    """The pages, with addresses from the database."""
    articles = Article.objects.live().filter(kind=Article.Kind.NEWS, restricted=False)
    forums = Forum.objects.past().filter(restricted=False, group_work__state=GroupWork.State.CLOSED)
    return [
        Page("start", ["/"], 0.2),
        Page("list", ["/nyheter/", "/nyheter/?page=2", "/nyheter/?page=7"], 0.25),
        Page("article", [article.get_absolute_url() for article in articles.order_by("pk")[:200]], 0.5),
        Page("forum page", [forum.get_absolute_url() for forum in forums]),
        Page("result", [f"{forum.get_absolute_url()}resultat/" for forum in forums]),
        Page("search", [f"/sok/?q={question.replace(' ', '+')}" for question in QUESTIONS]),
        Page("my page", ["/min-sida/"]),
        Page("health", ["/halsa/"]),
    ]


@dataclass(frozen=True)
class Reader:
    """Somebody signed in, and the cookie that says so."""

    person: Person
    cookie: str


def sign_in(number):
    """Sign `number` people in: every third a manager, of the rest most are employees."""
    current = Assignment.objects.current()
    managers = Person.objects.filter(pk__in=current.filter(is_manager=True).values("person_id"))
    everyone = Person.objects.in_service()
    people = [*managers.order_by("pk")[: number // 3], *everyone.order_by("-pk")[: number - number // 3]]
    return [Reader(person, f"{settings.SESSION_COOKIE_NAME}={session_of(person)}") for person in people]


def session_of(person):
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return session.session_key


def count_queries(page, person):
    """How many queries the first address of a page costs, once caches are warm."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(person)
    client.get(page.paths[0])
    with CaptureQueriesContext(connection) as captured:
        client.get(page.paths[0])
    return len(captured)
