"""Telling a page's own words from what the old site dressed every page in.

Only what is known for certain goes: lines that say nothing but "Skriv ut", notices about browsers
and cookies above the title, menus, breadcrumbs. A line in doubt stays: a communicator strikes it
out faster than they would miss it. Whatever goes is reported with its reason.
"""

from dataclasses import dataclass
from itertools import takewhile

from django.utils.translation import gettext_lazy as _

from .captioning import is_caption
from .dating import bare_day, date_line
from .dressing import (
    BELOW_BUTTONS,
    BREADCRUMBS,
    BUTTONS,
    CONTENT_BEGINS,
    CONTENTS_LABELS,
    EMBLEM,
    FOOTER,
    MENU,
    NOTICE,
    SITE_NAME,
    SITE_SUFFIX,
)


@dataclass(frozen=True)
class LeftOut:
    """A line that is not brought over, and why."""

    text: str
    reason: str


# How many lines a site's head has at most, and how long a notice is.
HEAD, LONGEST_NOTICE = 150, 600


def undress(lines):
    """Return (the Lines that are the page's own, the LeftOuts), both in the order of the page."""
    kept, left_out = [], []
    contents, footer = _contents(lines), _footer_start(lines)
    marker = _content_marker(lines, contents)
    above_title, after_dressing = True, False
    for number, line in enumerate(lines):
        reason = _("table of contents") if number in contents else _button(line, after_dressing)
        if not reason and above_title:
            reason = _above_title(lines, number, marker)
        if not reason and number >= footer:
            reason = _in_footer(line)
        if reason:
            left_out.append(LeftOut(line.text, reason))
        else:
            kept.append(line)
            above_title = above_title and number < HEAD and _is_aside(line)
        after_dressing = bool(reason)
    return kept, left_out


def is_prose(text):
    """Whether a line is running text: sentences, or too long to be a heading."""
    return len(text) > 120 or (len(text) > 50 and text[-1] in '.!?:”"…')


def is_notice(text):
    """Whether a line is a notice about browsers or cookies."""
    return len(text) <= LONGEST_NOTICE and bool(NOTICE.search(text))


def is_button(text):
    """Whether a line says nothing but what buttons of sites say."""
    return _plain(text) in BUTTONS


def _plain(text):
    return text.casefold().strip(" .:!?›»>|")


def _is_aside(line):
    """Whether a line may stand above the title without being it: a caption or a date."""
    return is_caption(line.text) or bool(date_line(line.text) or bare_day(line.text))


def _button(line, after_dressing):
    words = _plain(line.words)
    alone = words in BUTTONS and (after_dressing or not line.mark)
    return _("button of the old site") if alone or (after_dressing and words in BELOW_BUTTONS) else ""


def _contents(lines):
    """The numbers of the lines of a table of contents: its label, and what comes again further down."""
    last = {line.text: number for number, line in enumerate(lines)}
    numbers, at = set(), 0
    while at < len(lines):
        end = at + 1
        if _plain(lines[at].text) in CONTENTS_LABELS:
            while end < len(lines) and last.get(lines[end].words, -1) > end and not is_prose(lines[end].text):
                end += 1
            if end - at > 2:
                numbers.update(range(at, end))
        at = end
    return numbers


def _content_marker(lines, contents):
    """The number of the line that says that the content begins; -1 where none does.

    A title must come after it: "Innehåll" above running text is a heading like another.
    """
    for number, line in enumerate(lines[:HEAD]):
        if _plain(line.text) in CONTENT_BEGINS and number not in contents:
            following = _following(lines, number)
            return number if following and not is_prose(following) else -1
        if is_prose(line.text) and not is_notice(line.text):
            break
    return -1


def _following(lines, number):
    """The next line's text, captions, dates and buttons passed over; "" where there is none."""
    for line in lines[number + 1 : number + HEAD]:
        if not _is_aside(line) and not _button(line, after_dressing=False):
            return line.text
    return ""


def _above_title(lines, number, marker):
    """Why a line above the title is the old site's; empty where it is the page's own."""
    text, following = lines[number].text, _following(lines, number)
    if number == marker or (number < marker and not is_caption(text)):
        return _("above the content")
    if is_notice(text):
        return _("notice about browsers or cookies")
    if not is_prose(text) and BREADCRUMBS.match(text):
        return _("path to the page")
    if is_prose(text) or not following or (is_prose(following) and not is_notice(following)):
        return ""  # whatever it is called, it is the heading of what follows
    return _in_masthead(lines, number)


def _in_masthead(lines, number):
    """Why a short line with another short line below it is the old site's; empty where it is not."""
    text = lines[number].text
    if len(text.split()) <= 6 and (EMBLEM.search(text) or SITE_NAME.match(text)):
        return _("name or emblem of the old site")
    if _is_in_menu(lines, number):
        return _("menu")
    return _("the page's title, said twice") if _is_titled_again(lines, number) else ""


def _is_in_menu(lines, number):
    """Whether the line is a word of a menu, or stands in a run of short lines between two such words."""
    if _plain(lines[number].words) in MENU:
        return True
    if not _is_short(lines[number]):
        return False
    before = takewhile(_is_short, reversed(lines[max(0, number - HEAD) : number]))
    after = takewhile(_is_short, lines[number + 1 : number + HEAD])
    return all(any(_plain(line.words) in MENU for line in run) for run in (before, after))


def _is_short(line):
    return len(line.words.split()) <= 5 and line.text[-1] not in ".!?:,"


def _is_titled_again(lines, number):
    """Whether a title with the site's name after it comes again without it ("Rubrik - Almviks kommun")."""
    stem = SITE_SUFFIX.sub("", lines[number].text)
    return stem != lines[number].text and any(line.text == stem for line in lines[number + 1 : number + HEAD])


def _footer_start(lines):
    """The number of the line after the last running text, where the old site's foot may begin."""
    for number in range(len(lines) - 1, -1, -1):
        if is_prose(lines[number].text) and not is_notice(lines[number].text):
            return number + 1
    return len(lines)


def _in_footer(line):
    if _plain(line.words) in FOOTER:
        return _("foot of the old site")
    return _("notice about browsers or cookies") if is_notice(line.text) else ""
