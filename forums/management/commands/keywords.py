"""manage.py keywords FILE: what the keyword engine makes of a list of words and phrases, as JSON."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from forums.gathering import make_of

MOST_BYTES = 20_000_000


class Command(BaseCommand):
    requires_system_checks = []  # it asks the database nothing
    help = "Print as JSON which concepts the words and phrases of a file make, and which may be one."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help="UTF-8, one word or phrase a line")

    def handle(self, *, file, **_options):
        lines = [line for line in _read(file).splitlines() if line.strip()]
        made = make_of(lines)
        if not made.concepts:
            raise CommandError(
                _("%(file)s holds no words. Write one word or phrase a line.") % {"file": file}
            )
        answer = {
            "concepts": [{"label": concept.label, "terms": concept.terms} for concept in made.concepts],
            "proposed": made.proposed,
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False))


def _read(file):
    """The text of a file.

    Raises:
        CommandError: it can't be read, is too large or is no text.
    """
    try:
        if file.stat().st_size > MOST_BYTES:
            raise CommandError(
                _("%(file)s is larger than %(limit)d MB.") % {"file": file, "limit": MOST_BYTES // 1_000_000}
            )
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise CommandError(_("There is no file %(file)s.") % {"file": file}) from error
    except OSError as error:
        raise CommandError(
            _("%(file)s can't be read: %(reason)s") % {"file": file, "reason": error.strerror}
        ) from error
    except UnicodeDecodeError as error:
        raise _not_utf8(file) from error
    # UTF-16 of English letters is valid UTF-8, with a NUL beside each letter.
    if "\0" in text:
        raise _not_utf8(file)
    return text


def _not_utf8(file):
    return CommandError(_("%(file)s is not UTF-8. Save it as UTF-8 and try again.") % {"file": file})
