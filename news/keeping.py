"""Keeping what has been rendered of published texts for the next reader.

Who may read a text is asked of the database for every page. What it then looks like is the same for
every reader of one language, since the words of an approved version never change; so it is rendered
once in each process (decisions/0012).
"""

from hashlib import blake2b

from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from news.models import Version

# Seconds that a text is kept. A person, unit or audience that changes its name is seen after that.
KEPT_FOR = 10 * 60


def as_version(version):
    """Return what a template that shows one `version` is given."""
    return {"version": version}


def render_kept(template, marks, *, fetched=Version.objects.for_lists, context_of=as_version):
    """Return the rendered `template` for each of `marks`, in order. One query, none where all is kept.

    Args:
        template: shows one version to anybody who may read it; nothing of the request is there.
        marks: of versions that the reader may read (`VersionQuerySet.marks`).
        fetched: gives the QuerySet that fetches what the template shows.
        context_of: a function that makes the context of the template from a Version so fetched, with
            `aimed` set.
    """
    kept = caches["template_fragments"]
    keys = [_key(template, mark) for mark in marks]
    texts = kept.get_many(keys)
    missing = {key: mark for key, mark in zip(keys, marks, strict=True) if key not in texts}
    if missing:
        versions = fetched().in_bulk([mark.pk for mark in missing.values()])
        made = {}
        for key, mark in missing.items():
            version = versions[mark.pk]
            version.aimed = mark.aimed
            made[key] = str(render_to_string(template, context_of(version)))
        kept.set_many(made, KEPT_FOR)
        texts |= made
    return [mark_safe(texts[key]) for key in keys]


def _key(template, mark):
    digest = blake2b(repr((template, get_language(), mark)).encode(), digest_size=16)
    return f"text:{digest.hexdigest()}"
