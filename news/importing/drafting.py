"""Making a draft of a recognised page, once."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from pathlib import PurePath
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.recording import record
from news import writing
from news.models import Article, Version
from news.picturing import BadPicture, add_picture
from news.refusals import TextTooLong, TextTooNested
from news.sanitising import plain_text

from . import quoting
from .blocking import Block, Kind
from .decoding import BadPage
from .marking import MarkedPage
from .opening import open_page
from .recognising import LONGEST_TITLE, Page, recognise
from .undressing import LeftOut


class Outcome(StrEnum):
    NEW = "new"
    SAME = "same"  # imported before, word for word: nothing was done
    CHANGED = "changed"  # imported before with other words under the same title: nothing was done


@dataclass(frozen=True)
class ImportReport:
    """What came of one page. `article` is the new one, or the one made of the page before."""

    source: str
    outcome: Outcome
    page: Page | MarkedPage
    article: Article


def import_file(file, *, source, by, **whose):
    """Turn a file (a Word document, a saved web page, plain text) into a draft; return an ImportReport.

    Args:
        file: a File; what it is, is told by its content.
        source, whose: as in `import_page`.

    Raises:
        BadPage: it is none of these, or there is nothing in it to import; `str()` says why.
    """
    page, pictures = open_page(file, name=source)
    return _import(page, pictures, source=source, by=by, **whose)


def import_page(text, *, source, by, **whose):
    """Turn the text of a saved page into a draft, and return an ImportReport.

    A page is known again by its words, whatever its file is called: nothing is imported twice. One
    whose title was imported before with other words is reported and left alone.

    Args:
        source: the name of the file, for the log; also the title where the page shows none.
        whose: `unit` and `audience`, and `kind`, `restricted`, `embargoed` of the article.
        also_changed: import a page with a known title and other words, as an article of its own.

    Raises:
        BadPage: there is nothing in it to import.
    """
    return _import(recognise(text), {}, source=source, by=by, **whose)


def _import(page, pictures, *, source, by, also_changed=False, kind=Article.Kind.NEWS, **whose):
    if page.is_empty:
        raise BadPage(_("There is no text in the file, apart from what the old site put around it."))
    title_key, key = _keys(page)
    made, on_desk = Article.objects.filter(source_key=key), Article.objects.all_on_desk_of(by)
    if same := made.filter(pk__in=on_desk.values("pk")).first():
        return ImportReport(source, Outcome.SAME, page, same)
    if made.exists():
        key = f"{key}:{by.pk}"  # somebody else's, which does not exist for this person
        if same := Article.objects.filter(source_key=key).first():
            return ImportReport(source, Outcome.SAME, page, same)
    changed = on_desk.filter(source_key__startswith=title_key).first() if page.title else None
    if changed and not also_changed:
        return ImportReport(source, Outcome.CHANGED, page, changed)
    # Before the transaction: a large picture takes a second, and others want to write meanwhile.
    body = _with_pictures(page, pictures, key=key, by=by)
    try:
        article = _start(page, body, source=source, by=by, kind=kind, source_key=key, **whose)
    except (TextTooLong, TextTooNested) as refusal:
        raise BadPage(str(refusal)) from refusal
    return ImportReport(source, Outcome.NEW, page, article)


@transaction.atomic
def _start(page, body, *, source, by, **whose):
    title = page.title or _title_from(source)
    article = writing.start_article(by=by, title=title, lead=page.lead, body=body, **whose)
    _keep_picture_words(article, page, by=by)
    article.source_updated_on = page.updated_on
    article.save(update_fields=["source_updated_on"])
    # A file of a secret is called what the secret is about, and the back office shows the log whole.
    named = {} if article.embargoed else {"source": source[:200]}
    record("article.imported", about=article, by=by, **named)
    return article


def _with_pictures(page, pictures, *, key, by):
    """The page's body with its pictures taken in; those that can't be are told of in `left_out`."""
    body = body_of(page)
    for number, address in enumerate(getattr(page, "pictures", ()), start=1):
        held, why = pictures.get(address), _("more pictures than can be taken in at once")
        src = f'src="{escape(address)}"'
        if held:
            try:
                picture = add_picture(held, by=by, key=uuid5(NAMESPACE_URL, f"{key}:{number}"))
            except BadPicture as bad:
                why = str(bad)
            else:
                body = body.replace(src, f'src="{picture.get_absolute_url()}"', 1)
                continue
        page.left_out.append(LeftOut(_("Picture %(number)s") % {"number": number}, why))
    return body


def body_of(page):
    """Return the HTML of a page's blocks, but for the caption that goes with the draft's picture."""
    if isinstance(page, MarkedPage):
        return page.body
    hero = _hero(page)
    return "\n".join(_html(block) for block in page.blocks if block is not hero)


def picture_words(page):
    """Return what the draft's picture is to say: `picture_caption`, `picture_alt`, `picture_credit`."""
    hero = None if isinstance(page, MarkedPage) else _hero(page)
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
    if isinstance(page, MarkedPage):
        blocks = [plain_text(page.body), *map(_digest, page.pictures)]
    else:
        blocks = [block.text for block in page.blocks]
    words = "\n".join([page.title, page.lead, *blocks])
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
    return escape(line, quote=False)
