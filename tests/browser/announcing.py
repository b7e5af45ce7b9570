"""A forum to come, as the browser tests of planning and answering meet it."""

from datetime import timedelta

from django.utils import timezone

from forums.announcing import announce
from forums.models import ForumKind
from forums.planning import plan_forum


def announced_forum(cast, **fields):
    """Announce a forum in two weeks and return it."""
    starts_at = timezone.now().replace(microsecond=0) + timedelta(days=14)
    facts = {
        "kind": ForumKind.objects.get(pk="forum"),
        "title": "Chefsforum höst",
        "theme": "Tillit i vardagen",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=4),
        "registration_closes_at": starts_at - timedelta(days=3),
        "audience": cast.audiences.leaders,
        "unit": cast.units.office,
        "organiser": cast.fatima,
        "place": "Folkets hus, Almvik",
    }
    return announce(plan_forum(**facts | fields, by=cast.fatima), by=cast.fatima)
