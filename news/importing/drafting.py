"""Making a draft of a recognised page, once."""

import hashlib
import html
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.recording import record
from news import writing
from news.models import Article, Version

from . import quoting
from .blocking import Block, Kind
from .decoding import BadPage
from .recognising import LONGEST_TITLE, Page, recognise


class Outcome(StrEnum):
    NEW = "new"
    SAME = "same"  # imported before, word for word: nothing was done
    CHANGED = "changed"  # imported before with other words under the same title: nothing was done


@dataclass(frozen=True)
class ImportReport:
    """What came of one page. `article` is the new one, or the one made of the page before."""

    source: str
    outcome: Outcome
    page: Page
    article: Article


@transaction.atomic
def import_page(text, *, source, by, unit, audience, kind=Article.Kind.NEWS, also_changed=False):
    """Turn the text of a saved page into a draft, and return an ImportReport.

    A page is known again by its words, whatever its file is called: nothing is imported twice. One
    whose title was imported before with other words is reported and left alone.

    Args:
        source: the name of the file, for the log; also the title where the page shows none.
        also_changed: import a page with a known title and other words, as an article of its own.

    Raises:
        BadPage: there is nothing in it to import.
    """
    page = recognise(text)
    if page.is_empty:
        raise BadPage(_("There is no text in the file, apart from what the old site put around it."))
    title_key, key = _keys(page)
    if same := Article.objects.filter(source_key=key).first():
        return ImportReport(source, Outcome.SAME, page, same)
    changed = Article.objects.filter(source_key__startswith=title_key).first() if page.title else None
    if changed and not also_changed:
        return ImportReport(source, Outcome.CHANGED, page, changed)
    article = writing.start_article(
        kind=kind,
        unit=unit,
        audience=audience,
        by=by,
        title=page.title or _title_from(source),
        lead=page.lead,
        body=body_of(page),
        source_key=key,
    )
    _keep_picture_words(article, page, by=by)
    article.source_updated_on = page.updated_on
    article.save(update_fields=["source_updated_on"])
    record("article.imported", about=article, by=by, source=source[:200])
    return ImportReport(source, Outcome.NEW, page, article)


def body_of(page):
    """Return the HTML of a page's blocks, but for the caption that goes with the draft's picture."""
    hero = _hero(page)
    return "\n".join(_html(block) for block in page.blocks if block is not hero)


def picture_words(page):
    """Return what the draft's picture is to say: `picture_caption`, `picture_alt`, `picture_credit`."""
    hero = _hero(page)
    return _words_of(hero.caption) if hero else {}


def _words_of(caption):
    return {"picture_caption": caption.text, "picture_alt": caption.alt, "picture_credit": caption.credit}


def _hero(page):
    """The first caption, if its words have room beside a picture; the rest stand in the text."""
    first = next(iter(page.of_kind(Kind.CAPTION)), None)
    fits = first and all(
        len(text) <= Version._meta.get_field(name).max_length
        for name, text in _words_of(first.caption).items()
    )
    return first if fits else None


def _keep_picture_words(article, page, *, by):
    if words := picture_words(page):
        draft = article.newest_version
        writing.save_draft(
            draft,
            revision=draft.revision,
            by=by,
            title=draft.title,
            lead=draft.lead,
            body=draft.body,
            **words,
        )


def _keys(page):
    """(what pages with this title begin with, the key of exactly these words)."""
    words = "\n".join([page.title, page.lead, *(block.text for block in page.blocks)])
    title_key = f"page:{_digest(page.title.casefold())[:16]}:"
    return title_key, title_key + _digest(words)


def _digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def _title_from(source):
    words = PurePath(source).stem.replace("-", " ").replace("_", " ").split()
    return " ".join(words).capitalize()[:LONGEST_TITLE] or _("Imported page")


def _html(block: Block):
    lines = [_text(line) for line in block.lines]
    match block.kind:
        case Kind.HEADING:
            return f"<h{block.level}>{lines[0]}</h{block.level}>"
        case Kind.LIST:
            items = "".join(f"<li>{line}</li>" for line in lines)
            start = f' start="{block.starts_at}"' if block.starts_at not in (None, 1) else ""
            return f"<ol{start}>{items}</ol>" if block.starts_at is not None else f"<ul>{items}</ul>"
        case Kind.QUOTE:
            return _quote(block)
        case Kind.CAPTION:
            credit = f" Foto: {_text(block.caption.credit)}" if block.caption.credit else ""
            return f"<p><em>{_text(block.caption.text)}{credit}</em></p>"
        case _:
            return f"<p>{'<br>'.join(lines)}</p>"


def _quote(block):
    """A quotation word for word, the speaker's name marked in it; below it where it stands elsewhere."""
    paragraphs = "".join(f"<p>{_with_speaker(line)}</p>" for line in block.lines)
    named_elsewhere = block.speaker and block.speaker.span is None
    footer = f"<footer>{_text(block.speaker.name)}</footer>" if named_elsewhere else ""
    return f"<blockquote>{paragraphs}{footer}</blockquote>"


def _with_speaker(line):
    speaker = quoting.speaker_in(line)
    if speaker is None:
        return _text(line)
    start, end = speaker.span
    return f"{_text(line[:start])}<cite>{_text(line[start:end])}</cite>{_text(line[end:])}"


def _text(line):
    """A line as the text of HTML; never used within an attribute."""
    return html.escape(line, quote=False)
