"""How a text comes about: an article is started, a draft opened and saved."""

from django.db import models, transaction
from django.utils import timezone

from accounts.addressing import create_at_address
from accounts.recording import record
from news.models import Article, Version
from news.refusals import NotEditable, StaleDraft, WriterIsSignatory
from news.sanitising import clean_html

# What a version says, and what its next version begins with.
WORDS = ("title", "lead", "body", "picture", "picture_caption", "picture_alt", "picture_credit")


@transaction.atomic
def start_article(
    *,
    kind,
    unit,
    audience,
    title,
    by,
    lead="",
    body="",
    restricted=False,
    embargoed=False,
    signatories=(),
    source_key=None,
):
    """Start an article at a free address, with `by` as its owner and a first draft.

    Args:
        signatories: people who must sign every version off before an approver sees it.
        source_key: what it is made from; an article already made from the same is returned as it is.

    Raises:
        WriterIsSignatory: `by` is one of the signatories.
    """
    if by in signatories:
        raise WriterIsSignatory
    article, is_new = create_at_address(
        Article.objects,
        title,
        once={"source_key": source_key},
        kind=kind,
        unit=unit,
        audience=audience,
        owner=by,
        restricted=restricted,
        embargoed=embargoed,
    )
    if not is_new:
        return article
    article.signatories.set(signatories)
    words = {"title": title.strip(), "lead": lead.strip(), "body": clean_html(body)}
    version = article.versions.create(number=1, written_by=by, **words)
    version.writers.add(by)
    record("article.started", about=article, by=by, kind=str(kind))
    return article


@transaction.atomic
def open_draft(article, *, by):
    """Return the version in the works (a draft, or one in review), or a new draft copied from the newest.

    Raises:
        NotEditable: the article is in the trash.
        WriterIsSignatory: a new draft is needed, and `by` is to sign it off.
    """
    article = Article.objects.select_for_update().get(pk=article.pk)
    if article.trashed_at:
        raise NotEditable
    newest = article.newest_version
    if newest.state in (Version.State.DRAFT, Version.State.SUBMITTED):
        return newest
    _refuse_signatory(article, by)
    words = {name: getattr(newest, name) for name in WORDS}
    draft = article.versions.create(
        number=newest.number + 1, revision=newest.revision + 1, written_by=by, **words
    )
    draft.writers.add(by)
    if newest.state == Version.State.RETURNED:
        # Nobody has said yes to these words yet, so their writers go on being its writers.
        draft.writers.add(*newest.writers.all())
    record("version.opened", about=article, by=by, version=draft.number)
    return draft


@transaction.atomic
def save_draft(
    version,
    *,
    revision,
    by,
    title,
    lead,
    body,
    picture=None,
    picture_caption="",
    picture_alt="",
    picture_credit="",
    is_minor=False,
):
    """Save a draft on top of `revision`, the count of the article's saves that the writer had before them.

    Saving what is saved already (a double click) changes nothing. The body is sanitised.

    Raises:
        NotEditable: it has been submitted, or the article is in the trash.
        StaleDraft: somebody else saved in between; nothing was changed.
        WriterIsSignatory: `by` is to sign the text off.
    """
    words = {
        "title": title.strip(),
        "lead": lead.strip(),
        "body": clean_html(body),
        "picture": picture,
        "picture_caption": picture_caption.strip(),
        "picture_alt": picture_alt.strip(),
        "picture_credit": picture_credit.strip(),
        "is_minor": is_minor,
    }
    current = Version.objects.locked(version.pk)
    if not current.is_editable or current.article.trashed_at:
        raise NotEditable
    _refuse_signatory(current.article, by)
    if all(getattr(current, name) == value for name, value in words.items()):
        return current
    if current.revision != revision:
        raise StaleDraft(current=current)
    Version.objects.filter(pk=current.pk).update(
        **words, revision=models.F("revision") + 1, saved_at=timezone.now()
    )
    current.writers.add(by)
    record("version.saved", about=current.article, by=by, version=current.number, revision=revision + 1)
    return Version.objects.get(pk=current.pk)


def _refuse_signatory(article, by):
    if article.signatories.filter(pk=by.pk).exists():
        raise WriterIsSignatory
