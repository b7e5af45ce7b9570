"""Advice on a text before it is submitted. Advice only: the writer decides."""

import re
from itertools import pairwise

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

LONGEST_LEAD = 300
HEADING = re.compile(r"<h([234])>")
LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)
# Link texts that say nothing when read out of their sentence (WCAG 2.2, 2.4.4).
EMPTY_LINK_TEXTS = {"här", "klicka här", "läs mer", "länk", "here", "click here", "read more", "link"}


def advise(version):
    """Return what a kind colleague would point out, as a list of sentences."""
    return [advice for check in CHECKS if (advice := check(version))]


def _no_text(version):
    return "" if version.plain_text.strip() else _("There is no text yet, only a title.")


def _no_lead(version):
    return "" if version.lead else _("There is no lead. It is what readers see in the lists.")


def _long_lead(version):
    if len(version.lead) <= LONGEST_LEAD:
        return ""
    return _("The lead is %(count)s characters long. Up to %(most)s is easy to take in.") % {
        "count": len(version.lead),
        "most": LONGEST_LEAD,
    }


def _no_alternative_text(version):
    if not version.picture_id or version.picture_alt:
        return ""
    return _("The picture has no alternative text, so some readers will not know what it shows.")


def _skipped_level(version):
    levels = [1, *(int(level) for level in HEADING.findall(version.body))]
    skips = any(after > before + 1 for before, after in pairwise(levels))
    return _("A heading level is skipped: a heading 3 belongs under a heading 2.") if skips else ""


def _empty_link_text(version):
    for text in LINK.findall(version.body):
        plain = strip_tags(text).strip()
        if plain.lower().rstrip(".!") in EMPTY_LINK_TEXTS:
            return _("The link text “%(text)s” does not say where it leads.") % {"text": plain}
    return ""


CHECKS = (_no_text, _no_lead, _long_lead, _no_alternative_text, _skipped_level, _empty_link_text)
