"""Records: what was live at a moment, and a version with its files to take along."""

import hashlib
import json
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.conf import settings
from django.utils import timezone

from accounts.models import LogEntry
from news.models import Version

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


def describe(version):
    """Return what is known of a version as plain data: its words, its address, who wrote, answered and
    when, and for whom it was meant; moments as ISO 8601."""
    article = version.article
    return {
        "address": settings.SITE_URL + article.get_absolute_url(),
        "kind": article.kind,
        "on_behalf_of": article.unit.name,
        "owner": article.owner.full_name,
        "audience": article.audience.name,
        "only_for_the_audience": article.restricted,
        "version": version.number,
        "state": version.state,
        "title": version.title,
        "lead": version.lead,
        "body_html": version.body,
        "picture": {
            "caption": version.picture_caption,
            "alternative_text": version.picture_alt,
            "credit": version.picture_credit,
        },
        "small_correction": version.is_minor,
        "writers": [person.full_name for person in version.writers.all()],
        **{name: _iso(getattr(version, name)) for name in MOMENTS},
        "review": [_describe_step(step) for step in version.steps.select_related("decided_by", "reviewer")],
    }


MOMENTS = (
    "created_at",
    "saved_at",
    "submitted_at",
    "approved_at",
    "live_from",
    "live_until",
    "superseded_at",
    "published_at",
    "updated_at",
)


def pack(version):
    """Return a ZIP file (bytes) of a version: `artikel.json` and, under `filer/`, each picture and
    document that it shows or links to, with its SHA-256 in the JSON."""
    packed, files = BytesIO(), []
    with ZipFile(packed, "w") as archive:
        for name, field in _files_of(version):
            with field.open("rb") as file:
                content = file.read()
            archive.writestr(f"filer/{name}", content, ZIP_STORED)
            files.append({"name": f"filer/{name}", "sha256": hashlib.sha256(content).hexdigest()})
        described = json.dumps(describe(version) | {"files": files}, ensure_ascii=False, indent=2)
        archive.writestr("artikel.json", described, ZIP_DEFLATED)
    return packed.getvalue()


def pictures_of(version):
    """The pictures that a version shows, its own first, as a list without doubles."""
    own = [version.picture] if version.picture else []
    return own + [picture for picture in version.pictures_in_text.all() if picture not in own]


def _files_of(version):
    """(name in the archive, file) of each picture, and of each document as it was while the version
    was out."""
    for picture in pictures_of(version):
        yield f"bild-{picture.pk}.webp", picture.file
    ends = [at for at in (version.live_until, version.superseded_at) if at and at <= timezone.now()]
    for document in version.documents.all():
        files = document.files.filter(uploaded_at__lte=min(ends)) if ends else document.files.all()
        kept = files.order_by("-number").first() or document.newest_file
        if kept:
            yield f"dokument-{document.pk}-{kept.name}", kept.file


def _describe_step(step):
    return {
        "asked": step.reviewer.full_name if step.reviewer else step.role,
        "side": step.side,
        "decision": step.decision,
        "by": step.decided_by.full_name if step.decided_by else None,
        "at": _iso(step.decided_at),
        "reason": step.reason,
    }


def _iso(at):
    return timezone.localtime(at).isoformat() if at else None
