"""Records: what was live at a moment, and a version with its files to take along."""

import hashlib
import json
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.utils import timezone

from accounts.models import LogEntry
from news.describing import describe, name_of_document, name_of_picture
from news.models import Version
from news.recalling import recall

# Years that a moment may lie in: before and after, clocks cannot reckon.
EARLIEST, LATEST = 1900, 2999


def moment_of(text):
    """The moment that an address names, "2026-03-01T12:00" by the municipality's clock unless it says
    otherwise; None where it names none."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    if not EARLIEST <= at.year <= LATEST:
        return None
    return timezone.make_aware(at) if timezone.is_naive(at) else at


def version_at(article, at):
    """The version of an article that readers saw at `at` (an aware datetime), or None. An article that
    lay in the trash then showed nothing; whether it lies there now is not asked."""
    moves = LogEntry.objects.about(article).filter(
        event__in=["article.trashed", "article.restored"], at__lte=at
    )
    last = moves.order_by("-at", "-pk").first()
    if last and last.event == "article.trashed":
        return None
    return Version.objects.was_live(at).filter(article=article).for_reading().first()


def last_shown(version):
    """The moment at which readers saw a version last: now, where they still do or have not yet."""
    ends = [at for at in (version.live_until, version.superseded_at) if at]
    return min([*ends, timezone.now()])


def pack(version, at):
    """Return a ZIP file (bytes) of a version as it stood at `at` (an aware datetime):
    `artikel.json` and, under `filer/`, each picture and document that it shows or links to, with its
    SHA-256 in the JSON. What the JSON holds: docs/article-json.md."""
    recalled = recall(version.article, at)
    packed, files = BytesIO(), []
    with ZipFile(packed, "w") as archive:
        for name, field in _files_of(version, recalled):
            with field.open("rb") as file:
                content = file.read()
            archive.writestr(name, content, ZIP_STORED)
            files.append({"name": name, "sha256": hashlib.sha256(content).hexdigest()})
        described = describe(version, recalled) | {"files": files}
        archive.writestr("artikel.json", json.dumps(described, ensure_ascii=False, indent=2), ZIP_DEFLATED)
    return packed.getvalue()


def pictures_of(version):
    """The pictures that a version shows, its own first, as a list without doubles."""
    own = [version.picture] if version.picture else []
    return own + [picture for picture in version.pictures_in_text.all() if picture not in own]


def _files_of(version, recalled):
    """(name in the archive, file) of each picture, and of each document as it was then."""
    for picture in pictures_of(version):
        yield name_of_picture(picture), picture.file
    for document in recalled.around(version).documents:
        yield name_of_document(document), document.sent.file
