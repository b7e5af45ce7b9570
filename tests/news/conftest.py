"""What the tests of the publishing core begin with."""

from datetime import timedelta

import pytest
from django.utils import timezone

from news import reviewing, writing
from news.models import Article


@pytest.fixture
def start(cast):
    """A function that starts an article: Karin's news for everyone, unless told otherwise."""

    def start(title="Nya lekplatser i höst", **fields):
        fields = {
            "kind": Article.Kind.NEWS,
            "unit": cast.units.office,
            "audience": cast.audiences.everyone,
            "by": cast.karin,
            "lead": "Tre lekplatser byggs om.",
            "body": "<p>Arbetet börjar i oktober.</p>",
            **fields,
        }
        return writing.start_article(title=title, **fields)

    return start


@pytest.fixture
def publish(cast):
    """A function that takes the draft of an article all the way, with Gunnar as the approver."""

    def publish(article, *, by=None, **times):
        version = reviewing.submit(writing.open_draft(article, by=by or cast.karin), by=by or cast.karin)
        for step in version.steps.all():
            reviewing.approve(step, by=step.reviewer or cast.gunnar, **times)
        version.refresh_from_db()
        article.refresh_from_db(fields=["slug"])  # it has got its address
        return version

    return publish


@pytest.fixture
def published(start, publish):
    """A function that starts an article and publishes it at once."""

    def published(title="Nya lekplatser i höst", **fields):
        article = start(title, **fields)
        publish(article, by=fields.get("by"))
        return article

    return published


def hours(number):
    """The moment so many hours from now."""
    return timezone.now() + timedelta(hours=number)
