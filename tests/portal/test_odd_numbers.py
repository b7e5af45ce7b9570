"""Numbers that no row has, and the character that no text has, at every field and every address: refused in
words or not found, never an error."""

import re
import sys
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import pytest
from bs4 import BeautifulSoup
from django.core.validators import MaxValueValidator
from django.db.models import BigIntegerField
from django.forms import BaseForm, BaseFormSet, IntegerField, ModelChoiceField
from django.http import QueryDict
from django.urls import NoReverseMatch, get_resolver, resolve, reverse
from webtest.forms import Form

from tests.portal.access_table import ROWS
from tests.portal.files import HOME
from tests.portal.test_access import answer

pytestmark = pytest.mark.django_db

ODD = ("9" * 20, "-1", "a\0b")
ERRORS = {500}
ASKED_FOR = re.compile(r"""\b(?:GET|asked)(?:\.get(?:list)?\(|\[)"(\w+)\"""")
OWN = tuple(f"{app}." for app in ("accounts", "news", "forums", "portal"))


@pytest.fixture
def cast(made, db):
    return made[0]


@pytest.fixture
def visits(cast, world, client_as):
    """(a client of somebody who comes in, path, its row) of every address, once."""
    clients = {part: client_as(person) for part, person in cast.by_role.items()}
    for client in clients.values():
        client.raise_request_exception = False
    found = {}
    for row in ROWS:
        for part in sorted(((row.gets or frozenset()) | (row.posts or frozenset())) & clients.keys())[:1]:
            found.setdefault(row.name, (clients[part], reverse(row.name, kwargs=world[row.thing]), row))
    return list(found.values())


@pytest.fixture
def errors():
    """A list for what went wrong, which is empty in the end."""
    found = []
    yield found
    assert not found, f"{len(found)} errors:\n" + "\n".join(sorted(set(found)))


def try_it(errors, client, method, path, data=None):
    response, _body = answer(client, method, path, data)
    if response.status_code in ERRORS:
        errors.append(f"{method} {path} {data}")


def view_module(path):
    return sys.modules[resolve(path.partition("?")[0]).func.__module__]


def test_in_every_address(world, visits, errors):
    tried = 0
    for client, _path, row in visits:
        for name in world[row.thing]:
            for odd in ODD:
                try:
                    path = reverse(row.name, kwargs={**world[row.thing], name: odd})
                except NoReverseMatch:
                    continue  # no address of ours
                tried += 1
                for method in [m for m, may in (("get", row.gets), ("post", row.posts)) if may]:
                    try_it(errors, client, method, path)
    assert tried > 40


@contextmanager
def noting(names):
    """Add to `names` each name that a page looks for in what stands after the "?"."""

    def noted(read):
        def look(given, name, *more):
            names.add(name)
            return read(given, name, *more)

        return look

    reads = {way: noted(getattr(QueryDict, way)) for way in ("__getitem__", "__contains__", "getlist")}
    with mock.patch.multiple(QueryDict, **reads):
        yield


def test_in_everything_that_an_address_asks_for(visits, errors):
    views = [path.read_text() for path in HOME.glob("*/views/*.py")]
    everything = sorted({name for source in views for name in ASKED_FOR.findall(source)})
    assert len(everything) > 20
    tried = set()
    for client, path, row in visits:
        if not row.gets:
            continue
        looked_for = set()
        with noting(looked_for):
            try_it(errors, client, "get", path)
            for odd in ODD:
                try_it(errors, client, "get", path, dict.fromkeys(everything, odd))
        own = set(ASKED_FOR.findall(Path(view_module(path).__file__).read_text()))
        for name in sorted(own & looked_for):  # others of its module ask for the rest
            tried.add((row.name, name))
            for odd in ODD:
                try_it(errors, client, "get", path, {name: odd})
    assert {("forums:trends", "begrepp"), ("portal:search", "q"), ("news:list", "page")} <= tried


def test_in_every_field_of_the_forms_on_the_pages(visits, errors):
    seen = set()
    for client, path, row in visits:
        if not row.gets:
            continue
        page = client.get(path)
        if not page.headers["Content-Type"].startswith("text/html"):
            continue
        for markup in BeautifulSoup(page.content, "html.parser").find_all("form", method="post"):
            # Form asks its response for nothing but the page.
            form = Form(SimpleNamespace(html=markup), str(markup), parser_features="html.parser")
            sent_to = resolve((form.action or path).partition("?")[0]).view_name
            button = markup.find("button", attrs={"name": True})
            kept = [(name, value) for name, value in form.submit_fields() if isinstance(value, str)]
            kept += [(button["name"], button.get("value", ""))] if button else []
            for name in form.fields:
                if not name or name == "csrfmiddlewaretoken" or (sent_to, re.sub(r"\d+", "1", name)) in seen:
                    continue
                seen.add((sent_to, re.sub(r"\d+", "1", name)))
                for odd in ODD:
                    data = {key: value for key, value in kept if key != name} | {name: odd}
                    try_it(errors, client, "post", form.action or path, data)
    assert len(seen) > 200


def test_in_every_field_that_only_a_script_sends(visits, errors):
    """Each field for a number or a choice of rows alone, of every form that the view of an address knows."""
    tried = set()
    for client, path, row in visits:
        known = [each for each in vars(view_module(path)).values() if isinstance(each, type)]
        fields = [item for form in known if issubclass(form, BaseForm) for item in form.base_fields.items()]
        names = {name for name, field in fields if isinstance(field, IntegerField | ModelChoiceField)}
        for name in sorted(names) if row.posts else ():
            tried.add((row.name, name))
            for odd in ODD:
                try_it(errors, client, "post", path, {name: odd})
    assert ("forums:door", "person") in tried


def every_form(parent=BaseForm):
    for form in parent.__subclasses__():
        yield form
        yield from every_form(form)


def test_no_page_makes_a_row_for_each_that_somebody_claims_to_have_sent():
    """Of Django's own end, a thousand beyond the most, a page takes a process seconds to write."""
    assert get_resolver().url_patterns  # every formset is imported
    formsets = [form for form in every_form(BaseFormSet) if hasattr(form, "absolute_max")]
    own = [formset for formset in formsets if formset.form.__module__.startswith(OWN)]
    assert len(own) >= 8
    assert [formset for formset in own if not formset.max_num <= formset.absolute_max <= 200] == []


def test_no_field_for_a_number_is_without_an_end():
    assert get_resolver().url_patterns  # every form is imported
    fields = [
        (f"{form.__module__}.{form.__name__}.{name}", field)
        for form in every_form()
        if form.__module__.startswith(OWN)
        for name, field in getattr(form, "declared_fields", {}).items()  # a model knows its own
        if isinstance(field, IntegerField)
    ]
    assert len(fields) > 15
    endless = [
        name
        for name, field in fields
        if not any(isinstance(each, MaxValueValidator) for each in field.validators)
        or max(each.limit_value for each in field.validators) > BigIntegerField.MAX_BIGINT
    ]
    assert endless == []
