"""Noticing what a summary still repeats of notes that were hidden after it was drafted (decisions/0561).

It is marked for those who write, sign and approve, as a changed figure is; the taking out is theirs.
"""

import re
from html import unescape

from django.utils.html import strip_tags

from forums.models import Note, Result
from forums.veiling import veiled_in
from forums.vouching import BLOCK, QUOTATION
from news.models import Article
from news.tying import ChangedFigure, register

# So much of a note, in characters, is it and not a phrase that anybody uses.
LEAST = 12


def check_hidden(version):
    """Return what a forum's summary says that is hidden now, as ChangedFigures; nothing of any other text."""
    if version.article.kind != Article.Kind.SUMMARY:
        return []
    found = Result.objects.filter(group_work__forum__summary=version.article_id)
    result = found.select_related("group_work__forum").first()
    return [*_quoted(version, result.group_work), *_named(version, result)] if result else []


def _quoted(version, work):
    """The paragraphs, and the lead, in which the words of a hidden note stand."""
    notes = Note.objects.of_group_work(work)
    hidden = {plain(text) for text in notes.taken_down().values_list("text", flat=True)}
    hidden -= {plain(text) for text in notes.shown().values_list("text", flat=True)} if hidden else set()
    if not hidden:
        return
    quotes = {words for quote in QUOTATION.findall(version.body) for _tag, words in BLOCK.findall(quote)}
    for words in [version.lead, *(words for _tag, words in BLOCK.findall(version.body))]:
        text = plain(words)
        if any(_repeats(text, note, is_quote=words in quotes) for note in hidden):
            yield ChangedFigure(words, around=text, is_hidden=True)


def _repeats(text, note, *, is_quote):
    if text == note or (len(note) >= LEAST and note in text):
        return True
    shortened = text.strip("…. ")
    return is_quote and len(shortened) >= LEAST and shortened in note


def _named(version, result):
    """The links to themes that are no longer named, or not so, and their names in the lead."""
    forum = result.group_work.forum
    lead = version.lead.replace(forum.theme, "")
    for concept, told in veiled_in(result):
        for words in re.findall(rf'<a [^>]*#begrepp-{concept["id"]}"[^>]*>(.*?)</a>', version.body):
            if told is None or plain(words).casefold() == concept["label"].casefold():
                yield ChangedFigure(words, around=plain(words), is_hidden=True)
        if told and told["label"] == concept["label"]:
            continue
        if re.search(rf"\b{re.escape(concept['label'])}\b", lead, re.IGNORECASE):
            yield ChangedFigure(concept["label"], around=plain(version.lead), is_hidden=True)


def plain(words):
    """HTML as its bare words, with single spaces between them."""
    return " ".join(unescape(strip_tags(words)).split())


register(check_hidden)
