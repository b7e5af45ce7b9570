"""Exporting: lists of a forum for other programs, as XLSX, CSV and JSON.

What people need to eat and to take part is in none of them, nor is what the organiser noted about them.
"""

import csv
import json
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from accounts.models import Side
from forums.acquainting import Posts
from forums.models import ProgrammeItem, Registration

# A spreadsheet reads what begins so as a formula (OWASP, "CSV Injection").
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

WIDEST_COLUMN = 60  # characters; what a programme says of an item is longer


@dataclass(frozen=True)
class Coded:
    """One of a few choices: a code that stays the same, and words in the reader's language."""

    code: str
    words: str


@dataclass(frozen=True)
class Sheet:
    """A list: `headings` are pairs of (key, words), `rows` hold texts, numbers, dates, datetimes, Coded and
    None."""

    title: str
    headings: list
    rows: list


def participants_of(forum):
    """Everybody who has answered or is asked to, by name, as a Sheet. A few queries, however many."""
    answers = list(forum.registrations.select_related("person", "table", "deputy_for"))
    silent = forum.unanswered_invitations()
    answers += [Registration(person=each.person, state="", answered_at=None) for each in silent]
    answers.sort(key=lambda answer: (answer.person.sort_name, answer.person_id))
    posts = Posts.of_people([answer.person_id for answer in answers], on=timezone.localdate(forum.starts_at))
    headings = [
        ("given_name", _("Given name")),
        ("family_name", _("Family name")),
        ("email", _("E-mail address")),
        ("title", pgettext("a post", "Title")),
        ("unit", _("Unit")),
        ("department", _("Department")),
        ("side", _("Side")),
        ("answer", _("Answer")),
        ("mode", _("Takes part")),
        ("deputy_for", _("Comes for")),
        ("table", _("Table")),
        ("answered_at", _("Answered")),
        ("arrived_at", _("Came")),
    ]
    return Sheet(_("Participants"), headings, [_participant(answer, posts) for answer in answers])


def programme_of(forum):
    """The programme of a forum, as a Sheet."""
    headings = [
        ("starts_at", _("Starts")),
        ("ends_at", _("Ends")),
        ("kind", _("Kind")),
        ("title", _("Title")),
        ("speakers", _("Speakers")),
        ("text", _("About it")),
    ]
    rows = [_item(item) for item in forum.programme.with_speakers()]
    return Sheet(_("Programme"), headings, rows)


def as_csv(sheet):
    """The sheet in bytes, as a spreadsheet in Swedish opens it: with semicolons and a byte order mark.

    Every text in quotes: an English spreadsheet parts a bare one at its commas, and what follows one may
    begin a formula.
    """
    file = StringIO()
    writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([words for _key, words in sheet.headings])
    writer.writerows([[harmless(_plain(value)) for value in row] for row in sheet.rows])
    return file.getvalue().encode("utf-8-sig")


def as_xlsx(*sheets):
    """The sheets in bytes, as an Excel workbook; its texts are texts, whatever they begin with."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        page.freeze_panes = "A2"
        if len(sheet.rows) > 1:
            page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.headings))}{len(sheet.rows) + 1}"
        for place, width in enumerate(_widths(sheet), start=1):
            page.column_dimensions[get_column_letter(place)].width = width
        bold = [_text(page, words) for _key, words in sheet.headings]
        for cell in bold:
            cell.font = Font(bold=True)
        page.append(bold)
        for row in sheet.rows:
            page.append([_cell(page, value) for value in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def as_json(sheet):
    """The sheet in bytes, as a list of objects; times by ISO 8601, with their offset, choices by their codes
    (docs/participants-json.md)."""
    keys = [key for key, _words in sheet.headings]
    rows = [dict(zip(keys, map(_told, row), strict=True)) for row in sheet.rows]
    return json.dumps(rows, ensure_ascii=False, indent=1).encode()


def harmless(value):
    """The value; a text that a spreadsheet would take for a formula begins with an apostrophe instead."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_BEGINS) else value


def _participant(answer, posts):
    person = answer.person
    # Whoever has not answered has chosen no side (`Side.first_of`).
    side = answer.side if answer.state else posts.side_of(person.pk)
    post = posts.post_of(person.pk, side)
    unit = posts.units.get(post.unit_id) if post else None
    home = posts.units.get(posts.home_of(person.pk, side))
    return [
        person.given_name,
        person.family_name,
        person.email,
        post.title if post else "",
        str(unit or ""),
        str(home or ""),
        _coded(Side(side)) if side else "",
        _coded(Registration.State(answer.state)) if answer.state else Coded("unanswered", _("not answered")),
        _coded(Registration.Mode(answer.mode)) if answer.is_live else "",
        answer.deputy_for.full_name if answer.deputy_for else "",
        str(answer.table or ""),
        answer.answered_at,
        answer.arrived_at,
    ]


def _item(item):
    speakers = [*(speaker.full_name for speaker in item.speakers.all()), item.guests]
    kind = _coded(ProgrammeItem.Kind(item.kind))
    return [item.starts_at, item.ends_at, kind, item.title, ", ".join(filter(None, speakers)), item.text]


def _coded(choice):
    return Coded(choice.value, str(choice.label))


def _told(value):
    if isinstance(value, Coded):
        return value.code
    return timezone.localtime(value).isoformat() if isinstance(value, datetime) else value


def _plain(value):
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, Coded):
        return value.words
    return "" if value is None else value


def _widths(sheet):
    """How wide each column has to be, in characters: a time that does not fit is shown as "####"."""
    columns = zip(*([words for _key, words in sheet.headings], *sheet.rows), strict=True)
    return [min(max(len(str(_plain(value))) for value in column) + 2, WIDEST_COLUMN) for column in columns]


def _cell(page, value):
    if isinstance(value, datetime):
        cell = WriteOnlyCell(page, timezone.localtime(value).replace(tzinfo=None, second=0, microsecond=0))
        cell.number_format = "yyyy-mm-dd hh:mm"
        return cell
    if isinstance(value, date):
        cell = WriteOnlyCell(page, value)
        cell.number_format = "yyyy-mm-dd"
        return cell
    if isinstance(value, Coded):
        value = value.words
    return _text(page, value) if isinstance(value, str) else value


def _text(page, value):
    """A cell that is a text, and stays harmless where the workbook is saved as CSV later."""
    cell = WriteOnlyCell(page, harmless(ILLEGAL_CHARACTERS_RE.sub("", value)))
    cell.data_type = "s"
    # What is longer than the widest column goes on below, and is not cut off at the next cell.
    cell.alignment = Alignment(wrap_text=len(value) > WIDEST_COLUMN - 2 or "\n" in value, vertical="top")
    return cell
