"""Forums among the things that a text may link to."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from forums.models import Forum
from news.linking import Linkable, Target, named, register


def _forums(user, words):
    forums = Forum.objects.visible_to(user).select_related("kind").order_by("-starts_at", "-pk")
    return [
        Target(
            str(forum.kind),
            forum.title,
            date_format(timezone.localtime(forum.starts_at), "j F Y"),
            reverse("forums:by_number", args=[forum.pk]),
        )
        for forum in named(forums, "title", words)
    ]


register(
    Linkable(
        find=_forums,
        seen_by=Forum.objects.visible_to,
        addresses={"forums:by_number": "pk", "forums:forum": "slug", "forums:result": "slug"},
    )
)
