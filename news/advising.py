"""Advice on a text before it is submitted. Advice only: the writer decides."""

import re
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from news.illustrating import SAID_ALT
from news.linking import dead_links
from news.measuring import sentences_of, words_of
from news.outlining import HEADING, links_of, plain
from news.tying import changed_figures

LONGEST_LEAD = 300  # characters
LONGEST_SENTENCE = 30  # words
# Of one kind; a text with a hundred long sentences is not mended from a list.
MOST_ADVICE = 6
NO_ALTERNATIVE_TEXT = re.compile(
    rf"<img(?![^>]*{SAID_ALT})[^>]*>(?:<figcaption>(.*?)</figcaption>)?", re.DOTALL
)
# Link texts that say nothing when read out of their sentence (WCAG 2.2, 2.4.4).
EMPTY_LINK_TEXTS = {"här", "klicka här", "läs mer", "länk", "here", "click here", "read more", "link"}
# "här:", "»läs mer »", "”här”": what stands around the words says no more.
NO_LETTERS_AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")
LONGEST_SPOT = 60  # characters


@dataclass(frozen=True)
class Advice:
    """A sentence of advice, and the part of the edit page's address ("#id_lead") that leads to its spot."""

    text: str
    spot: str = ""


def advise(version, *, reader):
    """Return what a kind colleague would point out, as Advice; `reader` is who follows the links."""
    found = (list(check(version))[:MOST_ADVICE] for check in CHECKS)
    advice = [one for some in found for one in some]
    return advice + list(_dead_links(version, reader))[:MOST_ADVICE]


def spot_of(words):
    """The address part that leads to these words of the body: static/js/rich-text.js finds them."""
    return f"#ord={quote(words[:LONGEST_SPOT])}"


def _no_text(version):
    if not version.plain_text.strip():
        yield Advice(_("There is no text yet, only a title."), "#id_body")


def _no_lead(version):
    if not version.lead:
        yield Advice(_("There is no lead. It is what readers see in the lists."), "#id_lead")


def _long_lead(version):
    if len(version.lead) > LONGEST_LEAD:
        count = {"count": len(version.lead), "most": LONGEST_LEAD}
        sentence = _("The lead is %(count)s characters long. Up to %(most)s is easy to take in.") % count
        yield Advice(sentence, "#id_lead")


def _no_alternative_text(version):
    sentence = _("The picture has no alternative text, so some readers will not know what it shows.")
    if version.picture_id and not (version.picture_alt.strip() or version.picture_is_decoration):
        yield Advice(sentence, "#id_picture_alt")
    for caption in NO_ALTERNATIVE_TEXT.findall(version.body):
        yield Advice(sentence, spot_of(plain(caption)) if caption else "#id_body")


def _skipped_level(version):
    headings = [(1, ""), *((int(tag[1]), plain(text)) for tag, text in HEADING.findall(version.body))]
    for (before, _text), (after, text) in pairwise(headings):
        if after > before + 1:
            told = {"text": text, "level": after, "above": before + 1}
            yield Advice(
                _("The heading “%(text)s” is a heading %(level)s where a heading %(above)s is due.") % told,
                spot_of(text),
            )


def _empty_link_text(version):
    for link in links_of(version.body):
        if NO_LETTERS_AROUND.sub("", link.text.lower()) in EMPTY_LINK_TEXTS:
            told = {"text": link.text}
            sentence = _("The link text “%(text)s” does not say where it leads.") % told
            yield Advice(sentence, f"#lank={quote(link.href)}")


def _long_sentence(version):
    for sentence in sentences_of(version.body):
        count = len(words_of(sentence))
        if count > LONGEST_SENTENCE:
            told = {"count": count, "text": _beginning(sentence)}
            yield Advice(
                ngettext(
                    "A sentence of %(count)s word: “%(text)s”",
                    "A sentence of %(count)s words: “%(text)s”",
                    count,
                )
                % told,
                spot_of(sentence),
            )


def _changed_figures(version):
    for figure in changed_figures(version):
        told = {"text": figure.text, "source": figure.source, "around": figure.around}
        if figure.is_hidden:
            sentence = _("It is hidden in the group work: “%(around)s”")
        elif figure.is_overtaken:
            sentence = _("The commitment has another answer by now: “%(around)s”")
        elif figure.source:
            sentence = _("Here it says %(text)s, where the result says %(source)s: “%(around)s”")
        else:
            sentence = _("The result has no such figure as %(text)s: “%(around)s”")
        yield Advice(sentence % told, spot_of(figure.around))


def _dead_links(version, reader):
    for link in dead_links(version.body, user=reader):
        told = {"text": link.text, "href": link.href}
        if link.href.startswith("#"):
            sentence = _("The link “%(text)s” leads to a heading that is not in the text (%(href)s).")
        elif link.lacks_heading:
            sentence = _("The link “%(text)s” leads to a heading that is not in the text there (%(href)s).")
        elif link.is_inside:
            sentence = _("The link “%(text)s” leads to %(href)s, where readers can’t come.")
        else:
            sentence = _("The link “%(text)s” leads to %(href)s, and there is nothing to read there.")
        yield Advice(sentence % told, f"#lank={quote(link.href)}")


def _beginning(sentence, words=8):
    parts = sentence.split()
    return " ".join(parts[:words]) + (" …" if len(parts) > words else "")


CHECKS = (
    _no_text,
    _no_lead,
    _long_lead,
    _no_alternative_text,
    _skipped_level,
    _empty_link_text,
    _long_sentence,
    _changed_figures,
)
