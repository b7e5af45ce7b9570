"""Every address, tried by everybody: closed by default, and told nothing of what is not theirs."""

import re

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from accounts.models import Person
from tests.portal.access_table import ANYBODY, NOBODY, PREFIXES, ROWS
from tests.portal.world import SECRETS

pytestmark = pytest.mark.django_db

# A form sent without its fields is answered by the page again, by the next page, or by a refusal in
# words: whoever gets one of these has come in.
CAME_IN = {200, 302, 400, 409, 422}


INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)[^>]*>|<style[^>]*>|<[a-z][^>]*\s(?:style|on[a-z]+|hx-on[^=]*)=[^>]*>|javascript:",
    re.IGNORECASE,
)


def patterns(resolver=None, path="", namespace=""):
    """Every (path, full name) of the portal's addresses."""
    for entry in (resolver or get_resolver()).url_patterns:
        here = path + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield here, f"{namespace}{entry.name}"
        else:
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from patterns(entry, here, inner)


def is_library(path):
    return any(path.startswith(prefix) for prefix in PREFIXES)


def test_every_address_has_a_row_and_every_row_an_address():
    named = {name for path, name in patterns() if not is_library(path)}
    assert named == {row.name for row in ROWS}


def test_every_prefix_is_of_a_library_and_is_in_use():
    for prefix in PREFIXES:
        assert any(path.startswith(prefix) for path, _ in patterns())


def expected(row, part, allowed):
    if allowed is None:
        return "405"
    if part == "former" and row.finds != ANYBODY:
        return "403"
    if part not in row.finds:
        return "404"
    return "in" if part in allowed else "403"


def seen(response):
    if response.status_code == 302 and response.url.startswith("/konto/login/"):
        return "sign in"
    return "in" if response.status_code in CAME_IN else str(response.status_code)


class Undone(Exception):  # noqa: N818 - nothing has gone wrong
    """Ends a transaction whose writes are not to be kept."""


def answer(client, method, path, data=None):
    """The answer to one request, with everything that it wrote undone."""
    try:
        with transaction.atomic():
            response = getattr(client, method)(path, data)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            raise Undone
    except Undone:
        return response, body.decode(errors="replace")


@pytest.fixture
def cast(made, db):
    return made[0]


def test_everybody_at_every_address(cast, world, client_as):
    """One test for all rows, since its world takes seconds to make; it lists every difference."""
    clients = {"anonymous": Client()} | {part: client_as(person) for part, person in cast.by_role.items()}
    wrong = []
    for row in ROWS:
        path = reverse(row.name, kwargs=world[row.thing])
        for part, client in clients.items():
            for method, allowed in (("get", row.gets), ("post", row.posts)):
                if allowed is None and part not in ("anonymous", "administrator"):
                    continue  # 405 is answered before anybody is looked at: one of them is enough
                response, body = answer(client, method, path)
                open_to_all = row.finds == ANYBODY
                due = "sign in" if part == "anonymous" and not open_to_all else expected(row, part, allowed)
                if seen(response) != due:
                    wrong.append(f"{row.name} ({row.thing}) {method} as {part}: {seen(response)}, not {due}")
                for secret, may_know in SECRETS.items():
                    if secret in body and part not in may_know:
                        wrong.append(f"{row.name} ({row.thing}) {method} tells {part} of “{secret}”")
    assert not wrong, f"{len(wrong)} differences:\n" + "\n".join(wrong)


def test_no_page_holds_or_allows_an_inline_script_or_style(cast, world, client_as):
    clients = {part: client_as(person) for part, person in cast.by_role.items()}
    wrong, pages = [], 0
    for row in ROWS:
        for part in sorted((row.gets or NOBODY) & clients.keys())[:1]:
            response = clients[part].get(reverse(row.name, kwargs=world[row.thing]))
            policy = response.headers["Content-Security-Policy"]
            if "unsafe" in policy or "default-src 'none'" not in policy:
                wrong.append(f"{row.name}: {policy}")
            if response.headers["Content-Type"].startswith("text/html"):
                pages += 1
                wrong += [f"{row.name}: {found}" for found in INLINE.findall(response.content.decode())]
    assert pages > 30
    assert not wrong, "\n".join(wrong)


GUARDED = [model for model in apps.get_models() if hasattr(model._default_manager, "visible_to")]


def test_everything_that_has_readers_says_who_they_are():
    names = {model.__name__ for model in GUARDED}
    assert names == {
        *("Person", "Article", "Version", "Picture", "Document"),
        *("Forum", "Material", "Commitment", "Result", "SearchEntry"),
    }


def test_asking_what_one_may_see_costs_two_queries(cast, world, django_assert_max_num_queries):
    for part in ("employee", "manager", "elected", "communicator", "organiser"):
        for model in GUARDED:
            reader = Person.objects.get(pk=cast.by_role[part].pk)  # whose reach nobody has asked for yet
            with django_assert_max_num_queries(2):
                found = len(model.objects.visible_to(reader))
            # Materials are for those whom a forum is meant for.
            assert bool(found) != ((part, model.__name__) == ("employee", "Material")), (part, model)


def test_an_address_that_leads_nowhere_is_not_there(cast, client_as):
    for name, person in cast.by_role.items():
        client = client_as(person)
        for path in (
            "/finns-inte/",
            f"/personer/{10**30}/",
            "/nyheter/finns-inte/",
            f"/redaktion/{10**30}/",
            f"/ataganden/{10**30}/",
        ):
            # What is no address at all is missing for everybody; the rest is closed to the former.
            closed = name == "former" and path != "/finns-inte/"
            assert client.get(path).status_code == (403 if closed else 404), (name, path)
