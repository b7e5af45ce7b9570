"""Curating the tree of topics: adding one, renaming, moving and retiring it."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.addressing import create_at_address
from accounts.recording import record
from accounts.refusals import Refusal
from news.models import Article, Topic
from news.models.topics import DEEPEST
from news.surrounding import show_anew


class TopicExists(Refusal):
    message, field = _("There is a topic with this name already."), "name"


class TooDeep(Refusal):
    message, field = _("The tree of topics has three levels at most."), "parent"


class BelowItself(Refusal):
    message, field = _("A topic can’t hang below itself."), "parent"


@transaction.atomic
def plant_topic(*, name, by, kind=Topic.Kind.SUBJECT, parent=None, about="", position=0, source_key=None):
    """Add a topic to the tree and return it; sent twice with the same `source_key` it is added once.

    Raises:
        TopicExists, TooDeep.
    """
    name = " ".join(name.split())
    if source_key and (made := Topic.objects.filter(source_key=source_key).first()):
        return made
    _refuse_name(name)
    if parent and _depth_of(parent) + 1 >= DEEPEST:
        raise TooDeep
    topic, _is_new = create_at_address(
        Topic.objects,
        name,
        once={"source_key": source_key},
        name=name,
        kind=kind,
        parent=parent,
        about=about.strip(),
        position=position,
        reserved=["nytt"],
    )
    record("topic.planted", about=topic, by=by)
    return topic


@transaction.atomic
def change_topic(topic, *, by, name, kind, parent, about, position, retired):
    """Rename, move or retire a topic, or say anew what it means. The same said twice changes nothing.

    Raises:
        TopicExists, TooDeep, BelowItself: nothing was changed.
    """
    # The whole tree is held: two moves at once could hang two topics below each other.
    tree = {one.pk: one for one in Topic.objects.select_for_update().order_by("pk")}
    topic = tree[topic.pk]
    wanted = {
        "name": " ".join(name.split()),
        "kind": kind,
        "parent": parent,
        "about": about.strip(),
        "position": position,
        "retired": retired,
    }
    changed = [field for field, value in wanted.items() if getattr(topic, field) != value]
    if not changed:
        return topic
    if "name" in changed:
        _refuse_name(wanted["name"], but=topic)
    if "parent" in changed and parent:
        below = Topic.objects.within(topic).exclude(pk=topic.pk)
        if parent.pk == topic.pk or below.filter(pk=parent.pk).exists():
            raise BelowItself
        if _depth_of(parent) + 1 + _height_of(topic) >= DEEPEST:
            raise TooDeep
    for field in changed:
        setattr(topic, field, wanted[field])
    topic.save(update_fields=changed)
    show_anew(Article.objects.filter(topics=topic))
    record("topic.changed", about=topic, by=by, fields=changed)
    return topic


def _refuse_name(name, *, but=None):
    others = Topic.objects.exclude(pk=but.pk) if but else Topic.objects.all()
    if name.casefold() in {other.casefold() for other in others.values_list("name", flat=True)}:
        raise TopicExists


def _depth_of(topic):
    """0 for a root."""
    return len(Topic.objects.with_path().get(pk=topic.pk).path)


def _height_of(topic):
    """0 where nothing hangs below it."""
    if Topic.objects.filter(parent__parent=topic.pk).exists():
        return 2
    return 1 if topic.children.exists() else 0
