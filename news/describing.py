"""Describing a version as plain data, for the archive. The keys are documented: docs/article-json.md."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from news.attributing import byline_of
from news.referring import in_order_of_text, pictures_in

# Counts the changes of meaning: a key that is added is none.
FORMAT = 1

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


def describe(version, recalled):
    """Return what is known of a version as plain data: its words, its address, who wrote, answered and
    when, for whom it was meant and what stood around it (`recalling.Recalled`); moments as ISO 8601."""
    article, stands = recalled.article, recalled.around(version)
    byline = byline_of(version, stands, article=article)
    return {
        "format": FORMAT,
        "as_at": _iso(recalled.at),
        "not_known_as_at": [KEYS[name] for name in recalled.unsure if name in KEYS],
        "renamed_since": list(recalled.renamed),
        "address": settings.SITE_URL + article.get_absolute_url(),
        "kind": article.kind,
        "on_behalf_of": article.unit.name,
        "author": {"name": byline.author.full_name, "title": byline.title or ""} if byline else None,
        "blog": _describe_blog(article.blog) if article.blog else None,
        "owner": article.owner.full_name,
        "audience": article.audience.name,
        "only_for_the_audience": article.restricted,
        "must_be_read": article.must_read,
        "topics": [{"name": topic.name, "kind": topic.kind} for topic in recalled.topics],
        # By number, as in texts: the address of a text for others would tell its title.
        "read_more": [
            settings.SITE_URL + reverse("news:by_number", args=[one.pk]) for one in recalled.related
        ],
        "comments": article.talk,
        "version": version.number,
        "state": version.state,
        "title": version.title,
        "lead": version.lead,
        "body_html": version.body,
        "picture": _describe_picture(version),
        "pictures_in_text": _pictures_in_text(version),
        "documents": [_describe_document(one) for one in in_order_of_text(stands.documents, version.body)],
        "small_correction": version.is_minor,
        "written_by": version.written_by.full_name,
        "writers": [person.full_name for person in version.writers.all()],
        **{name: _iso(getattr(version, name)) for name in MOMENTS},
        "review": [_describe_step(step) for step in version.steps.select_related("decided_by", "reviewer")],
    }


# How what may be unknown is called here.
KEYS = {
    "author": "author",
    "blog": "blog",
    "owner": "owner",
    "audience": "audience",
    "restricted": "only_for_the_audience",
    "topics": "topics",
    "related": "read_more",
    "talk": "comments",
}


def name_of_picture(picture):
    """Where a picture lies in the archive."""
    return f"filer/bild-{picture.pk}.webp"


def name_of_document(document):
    """Where a document's file of then (`sent`) lies in the archive."""
    return f"filer/dokument-{document.pk}-{document.sent.name}"


def _pictures_in_text(version):
    shown = {picture.pk: picture for picture in version.pictures_in_text.all()}
    return [name_of_picture(shown[pk]) for pk in pictures_in(version.body) if pk in shown]


def _describe_blog(blog):
    return {"name": blog.name, "office": blog.office, "unit": blog.unit.name}


def _describe_picture(version):
    if version.picture is None:
        return None
    return {
        "file": name_of_picture(version.picture),
        "caption": version.picture_caption,
        "alternative_text": version.picture_alt,
        "decoration": version.picture_is_decoration,
        "credit": version.picture_credit,
    }


def _describe_document(document):
    return {
        "title": document.title,
        "file": name_of_document(document),
        "file_number": document.sent.number,
        "uploaded_at": _iso(document.sent.uploaded_at),
    }


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
