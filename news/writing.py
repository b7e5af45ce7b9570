"""How a text comes about: an article is started, a draft opened and saved."""

from secrets import token_hex

from django.db import models, transaction
from django.utils import timezone

from accounts.addressing import create_at_address
from accounts.recording import record
from news.models import Article, SaveRun, Version
from news.referring import keep_references
from news.refusals import NotEditable, StaleDraft, WriterIsSignatory
from news.sanitising import clean_html

# What a version says, and what its next version begins with.
WORDS = (
    "title",
    "lead",
    "body",
    "picture",
    "picture_caption",
    "picture_alt",
    "picture_is_decoration",
    "picture_credit",
)


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
    topics=(),
    author=None,
    blog=None,
    source_key=None,
):
    """Start an article with `by` as its owner and a first draft.

    It gets the address that its title makes when a version is approved for the first time: until then
    nobody else is to know the title, and it may be another one.

    Args:
        signatories: people who must sign every version off before an approver sees it; a dict where
            they do so for a Side, from each person to it.
        author: whose words they are to be; of a blog post `by`, if nobody is given.
        source_key: what it is made from; an article already made from the same is returned as it is.

    Raises:
        WriterIsSignatory: `by` is one of the signatories.
    """
    if by in signatories:
        raise WriterIsSignatory
    article, is_new = create_at_address(
        Article.objects,
        f"utkast {token_hex(4)}",
        once={"source_key": source_key},
        kind=kind,
        unit=unit,
        audience=audience,
        owner=by,
        author=author or (by if kind == Article.Kind.BLOG else None),
        blog=blog,
        restricted=restricted,
        embargoed=embargoed,
    )
    if not is_new:
        return article
    sides = signatories if isinstance(signatories, dict) else dict.fromkeys(signatories, "")
    for person, side in sides.items():
        article.signatories.add(person, through_defaults={"side": side})
    article.topics.set(topics)
    words = {"title": title.strip(), "lead": lead.strip(), "body": clean_html(body)}
    version = article.versions.create(number=1, written_by=by, **words)
    version.writers.add(by)
    keep_references(version, by=by)
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
    return begin_draft(newest, by=by)


def begin_draft(words_of, *, by):
    """Begin a new draft with the words of a version, and return it. Its article's row is held, and no
    version of it is in the works.

    Raises:
        WriterIsSignatory: `by` is to sign the text off.
    """
    article = words_of.article
    _refuse_signatory(article, by)
    newest = article.newest_version
    draft = article.versions.create(
        number=newest.number + 1,
        revision=newest.revision + 1,
        written_by=by,
        **{name: getattr(words_of, name) for name in WORDS},
    )
    draft.writers.add(by)
    if words_of.state != Version.State.APPROVED:
        # Nobody has said yes to these words yet, so their writers go on being its writers, and what they
        # said of them still stands.
        draft.writers.add(*words_of.writers.all())
        draft.is_minor = words_of.is_minor
    draft.wished_from, draft.wished_until = _times_to_wish_for(words_of)
    draft.save(update_fields=["is_minor", "wished_from", "wished_until"])
    keep_references(draft, by=by)
    record("version.opened", about=article, by=by, version=draft.number, words_of=words_of.number)
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
    picture_is_decoration=False,
    picture_credit="",
    is_minor=False,
    window=None,
    turn=0,
):
    """Save a draft on top of `revision`, the count of the article's saves that the writer had before them.

    Saving what is saved already (a double click) changes nothing, and so does a text that arrives after
    a later one from the same window. The body is sanitised. Of the saves that come in a row from one
    window the first is in the log.

    Args:
        window: the key (a UUID) of the window in which it was written: its own saves are no news to it.
        turn: that window's clock when it was sent, in milliseconds; 0 where it has none.

    Raises:
        NotEditable: it has been submitted, or the article is in the trash.
        StaleDraft: somebody else, or another window, saved in between; nothing was changed.
        WriterIsSignatory: `by` is to sign the text off.
    """
    words = {
        "title": title.strip(),
        "lead": lead.strip(),
        "body": clean_html(body),
        "picture": picture,
        "picture_caption": picture_caption.strip(),
        "picture_alt": picture_alt.strip(),
        "picture_is_decoration": picture_is_decoration,
        "picture_credit": picture_credit.strip(),
        "is_minor": is_minor,
    }
    current = Version.objects.locked(version.pk)
    if not current.is_editable or current.article.trashed_at:
        raise NotEditable
    _refuse_signatory(current.article, by)
    if all(getattr(current, name) == value for name, value in words.items()):
        return current
    run = SaveRun.objects.filter(version=current).first()
    if run and run.has_overtaken(window, turn):
        return current
    if current.revision != revision and not (run and run.knows(window, revision)):
        raise StaleDraft(current=current)
    Version.objects.filter(pk=current.pk).update(
        **words, revision=models.F("revision") + 1, saved_at=timezone.now()
    )
    current.writers.add(by)
    _note_save(current, run, by=by, window=window, turn=turn)
    saved = Version.objects.get(pk=current.pk)
    keep_references(saved, by=by)
    return saved


def _note_save(current, run, *, by, window, turn):
    """Let the run of saves go on, or begin another; `current` is the version as it was before the save."""
    goes_on = run and run.is_from(window)
    since = run.since if goes_on else current.revision
    SaveRun.objects.update_or_create(
        version=current, defaults={"by": by, "window": window, "since": since, "turn": turn}
    )
    if not goes_on:
        saved = current.revision + 1
        record("version.saved", about=current.article, by=by, version=current.number, revision=saved)


def _times_to_wish_for(words_of):
    """When a draft with the words of a version is to come out, and until when, if nobody says otherwise.

    What was decided for the newest approved version still holds, whichever words are begun with: an older
    text does not bring its old times back. What nobody has answered since keeps its writers' wishes.
    """
    approved = words_of.article.newest_approved
    if approved and approved.number >= words_of.number:
        return approved.times_to_come
    return words_of.wished_from, words_of.wished_until


def _refuse_signatory(article, by):
    if article.signatories.filter(pk=by.pk).exists():
        raise WriterIsSignatory
