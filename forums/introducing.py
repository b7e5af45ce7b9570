"""Introducing those who led a group work: by the office that readers know them by, in Swedish."""

from accounts.models import Assignment, Side, Unit
from accounts.models.assignments import CHAIR
from news.attributing import within_a_line

# Titles that say nothing without what they are of, and how the name of a body ends that is no proper name.
OF_SOMETHING = (CHAIR, "ledamot", "ersättare")
IN_GENERAL = ("en", "et", "fullmäktige")


def with_title(person, side):
    """The person with the title of the post in which they led for `side`."""
    posts = Assignment.objects.current().filter(person=person, side=side).select_related("unit")
    post = min(posts, key=_distance_from_office, default=None)
    return f"{person.full_name} ({_post_in_a_line(post)})" if post else person.full_name


def _post_in_a_line(post):
    """ "socialchef", but "ordförande i socialnämnden": nobody is chair of nothing."""
    title, body = within_a_line(post.title), post.unit.name
    if not title.lower().endswith(OF_SOMETHING):
        return title
    return f"{title} i {within_a_line(body) if body.endswith(IN_GENERAL) else body}"


def _distance_from_office(post):
    """A sort key: the post that a person is known by is the least. A seat in a leadership group comes
    last; officials lead by what they manage, the elected by what they chair, or else by their board."""
    kind = post.unit.kind
    chairs = post.side == Side.ELECTED and post.title.lower().endswith(CHAIR)  # or is vice chair
    in_office = kind == Unit.Kind.BOARD if post.side == Side.ELECTED else post.is_manager
    in_group = kind == Unit.Kind.LEADERSHIP_GROUP
    return in_group, not post.leads_unit, not chairs, not in_office, post.starts_on, post.pk
