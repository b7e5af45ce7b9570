"""Choosing a language, and answering machines."""

from datetime import datetime, timedelta

import pytest
from django import forms
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone, translation
from django.utils.formats import date_format
from django_tasks_db.models import DBTaskResult

from portal import checking

pytestmark = pytest.mark.django_db


def test_a_person_keeps_the_language_chosen(cast, client_as):
    client = client_as(cast.per)
    assert client.get("/").headers["Content-Language"] == "sv"
    response = client.post("/sprak/", {"language": "en", "next": "/personer/?q=ek"})
    assert (response.status_code, response.url) == (302, "/personer/?q=ek")
    cast.per.refresh_from_db()
    assert cast.per.language == "en"
    page = client.get("/")
    assert page.headers["Content-Language"] == "en"
    assert '<html lang="en">' in page.content.decode()


def test_before_sign_in_the_choice_is_in_a_cookie(client, db):
    client.post("/sprak/", {"language": "en", "next": "/konto/login/"})
    assert client.get("/konto/login/").headers["Content-Language"] == "en"
    assert Client().get("/konto/login/").headers["Content-Language"] == "sv"


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        (forms.IntegerField(min_value=1), "0", "Ange ett värde som är minst 1."),
        (forms.IntegerField(max_value=9), "10", "Ange ett värde som är högst 9."),
        (forms.CharField(max_length=3), "fyra", "Här ryms högst 3 tecken. Nu är det 4."),
    ],
)
def test_what_a_field_does_not_take_is_said_in_our_own_words(field, typed, words):
    with translation.override("sv"), pytest.raises(forms.ValidationError) as refusal:
        field.clean(typed)
    assert refusal.value.messages == [words]


@pytest.mark.parametrize(
    "way",
    ["https://ond.example/", "//ond.example/", "javascript:alert(1)", "", "/\\ond.example", "http:///x"],
)
def test_the_way_back_is_always_ours(client, way):
    assert client.post("/sprak/", {"language": "en", "next": way}).url == "/"


def test_an_unknown_language_changes_nothing(cast, client_as):
    response = client_as(cast.per).post("/sprak/", {"language": "tlh", "next": "/"})
    assert response.status_code == 302
    assert "samspel_language" not in response.cookies
    cast.per.refresh_from_db()
    assert cast.per.language == "sv"


def test_looking_does_not_change_the_language(cast, client_as):
    assert client_as(cast.per).get("/sprak/?language=en").status_code == 405


def test_every_language_is_spelt_in_itself(cast, client_as):
    with translation.override("sv"):
        assert "In English" in client_as(cast.per).get("/").content.decode()


@pytest.mark.parametrize(
    ("language", "time", "moment"),
    [("sv", "15.20", "26 november 2026 15.20"), ("en", "15:20", "26 November 2026 15:20")],
)
def test_times_are_written_as_the_language_writes_them(language, time, moment):
    at = datetime(2026, 11, 26, 15, 20, tzinfo=timezone.get_default_timezone())
    with translation.override(language):
        assert (date_format(at, "TIME_FORMAT"), date_format(at, "DATETIME_FORMAT")) == (time, moment)


def test_health_is_told_without_signing_in_and_without_secrets(client, settings):
    response = client.get("/halsa/")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "database": "ok",
        "cache": "ok",
        "unapplied_migrations": 0,
        "task_backlog_seconds": 0,
    }
    assert "no-store" in response.headers["Cache-Control"]
    assert settings.SECRET_KEY not in response.content.decode()


def test_a_database_that_is_down_answers_503(client, monkeypatch):
    def down():
        raise DatabaseError("could not connect to server at 10.0.0.1, password wrong")

    monkeypatch.setattr(connection, "cursor", down)
    response = client.get("/halsa/")
    assert response.status_code == 503
    assert response.json()["status"] == "down"
    assert "10.0.0.1" not in response.content.decode()


def test_a_cache_that_is_down_degrades_and_still_serves(client, monkeypatch):
    def broken(*args, **kwargs):
        raise ConnectionError

    monkeypatch.setattr(cache, "set", broken)
    response = client.get("/halsa/")
    assert response.status_code == 200
    assert (response.json()["status"], response.json()["cache"]) == ("degraded", "ConnectionError")


def test_migrations_not_run_are_counted(client, monkeypatch):
    known = checking.known_migrations()
    monkeypatch.setattr(checking, "known_migrations", lambda: known | {("news", "9999_to_come")})
    assert client.get("/halsa/").json()["unapplied_migrations"] == 1


def test_the_backlog_is_as_old_as_its_oldest_due_task(client):
    def queue(**fields):
        task = DBTaskResult.objects.create(
            args_kwargs={"args": [], "kwargs": {}}, task_path="accounts.mailing.deliver", **fields
        )
        return DBTaskResult.objects.filter(pk=task.pk)

    hour = timedelta(hours=1)
    queue(run_after=timezone.now() + hour)
    assert client.get("/halsa/").json()["task_backlog_seconds"] == 0
    queue().update(enqueued_at=timezone.now() - hour)
    assert 3600 <= client.get("/halsa/").json()["task_backlog_seconds"] < 3660


def test_an_address_that_only_takes_a_form_says_so_and_leads_on(cast, client_as):
    answer = client_as(cast.per).get("/artikel/1/kommentera/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    html = answer.content.decode()
    assert "Här finns ingen sida" in html
    assert 'href="/">Till startsidan</a>' in html
