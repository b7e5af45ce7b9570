"""Who may do what about people. Who may be seen at all is `visible_to`."""

from accounts.models import Assignment, Person, Unit


def may_tell_of_absence(user, person):
    """Say that somebody is away, and who stands in: they themselves, administrators, and whoever leads a unit
    in which they work (of somebody who leads it alone, the nearest unit above that is led)."""
    if user == person or user.reach.is_administrator:
        return True
    if not Assignment.objects.current().leading().filter(person=user).exists():
        return False
    posts = Assignment.objects.current().filter(person=person)
    others = Person.objects.exclude(pk=person.pk)
    return any(
        others.leading(unit).filter(pk=user.pk).exists()
        for unit in Unit.objects.filter(pk__in=posts.values("unit"))
    )
