"""Discerning: telling people of one name apart, where a list of names is all that somebody sees of them."""

from collections import Counter

from accounts.models import Assignment, Person


def told_apart(names):
    """The same names, {id of a person: name}; behind one that several have stands the post of each, or the
    address of a guest from outside. Two queries where several have one, else none."""
    times = Counter(name.casefold() for name in names.values())
    alike = [person for person, name in names.items() if times[name.casefold()] > 1]
    if not alike:
        return names
    marks = dict(Person.objects.filter(pk__in=alike).values_list("pk", "email"))
    posts = Assignment.objects.current().filter(person__in=alike).select_related("unit")
    marks |= {post.person_id: str(post) for post in posts.order_by("is_manager", "-starts_on", "-pk")}
    return names | {person: f"{names[person]} ({marks[person]})" for person in alike}
