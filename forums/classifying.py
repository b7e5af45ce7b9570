"""Saying what a forum, or a commitment, is about."""

from django.db import transaction

from accounts.recording import record
from forums.planning import count_save


@transaction.atomic
def classify(thing, *, topics, by, revision=None):
    """Say which topics a forum or a commitment is about; the same said twice changes nothing.

    Args:
        revision: of a forum's topics, as in `planning.change_forum`.

    Raises:
        StalePlan.
    """
    thing = type(thing).objects.select_for_update(of=["self"]).get(pk=thing.pk)
    wanted = {topic.pk for topic in topics}
    if wanted != set(thing.topics.values_list("pk", flat=True)):
        if revision is not None:
            count_save(thing, "topics", revision)
        thing.topics.set(wanted)
        record(f"{thing._meta.model_name}.classified", about=thing, by=by, topics=sorted(wanted))
    return thing
