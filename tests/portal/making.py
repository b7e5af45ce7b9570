"""Rows that the portal's tests begin with, as they are once the verbs have done their work."""

from datetime import timedelta

from django.utils import timezone
from django.utils.text import slugify

from forums.models import Forum
from news.models import Article, Version


def publish(cast, title, *, lead="", body="", audience=None, live_from=None, live_until=None, **fields):
    """An article with one approved version, live since an hour unless told otherwise."""
    article = Article.objects.create(
        kind=fields.pop("kind", Article.Kind.NEWS),
        slug=slugify(title)[:80],
        owner=cast.karin,
        unit=cast.units.office,
        audience=audience or cast.audiences.everyone,
        **fields,
    )
    add_version(article, title, lead=lead, body=body, live_from=live_from, live_until=live_until)
    return article


def add_version(article, title, *, live_from=None, state=Version.State.APPROVED, **fields):
    live_from = live_from or timezone.now() - timedelta(hours=1)
    version = article.versions.create(
        number=article.versions.count() + 1,
        title=title,
        state=state,
        written_by=article.owner,
        live_from=live_from,
        published_at=live_from,
        updated_at=live_from,
        **fields,
    )
    if state == Version.State.APPROVED:
        Version.objects.supersede(article)
    return version


def plan(cast, title, *, theme="Tillit i vardagen", state=Forum.State.ANNOUNCED, **fields):
    start = fields.pop("starts_at", timezone.now() + timedelta(days=20))
    return Forum.objects.create(
        title=title,
        slug=slugify(title),
        theme=theme,
        state=state,
        starts_at=start,
        ends_at=start + timedelta(hours=3),
        registration_closes_at=start - timedelta(days=3),
        announced_at=None if state == Forum.State.DRAFT else timezone.now(),
        audience=fields.pop("audience", cast.audiences.leaders),
        unit=cast.units.office,
        organiser=cast.fatima,
        **fields,
    )
