"""Acquainting: what is known of a forum's participants that decides at which table each should sit."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import Assignment, Side, Unit
from forums.catering import with_access_needs
from forums.mixing import Guest
from forums.models import Forum, Registration

# A post counts for the nearest unit above it of these kinds: what people mean by "where I work".
HOMES = (Unit.Kind.DEPARTMENT, Unit.Kind.COMPANY, Unit.Kind.BOARD, Unit.Kind.COUNCIL)


def guests_of(forum):
    """Return a Guest for everyone who is registered on site, keyed by the answer's id; some eight queries.
    Whoever is missing when the forum has begun leaves an empty chair, and is none of them.

    What a guest is pinned to is the place of the table among those in the room, from 0.
    """
    answers = list(forum.registrations.to_seat().with_missing().filter(is_missing=False))
    places = {
        table: place for place, table in enumerate(forum.tables.in_the_room().values_list("pk", flat=True))
    }
    posts = Posts.of_people([answer.person_id for answer in answers], on=timezone.localdate(forum.starts_at))
    at_the_front = with_access_needs(forum)
    key_of = {answer.person_id: answer.pk for answer in answers}
    met = _met_before(forum)
    apart = posts.apart()

    def keys(people):
        return frozenset(key_of[person] for person in people if person in key_of)

    return [
        Guest(
            key=answer.pk,
            side=answer.side,
            home=posts.home_of(answer.person_id, answer.side),
            leads=posts.leads_home(answer.person_id, answer.side),
            near_front=answer.pk in at_the_front,
            apart=keys(apart[answer.person_id]),
            met=keys(met[answer.person_id]),
            pinned=places.get(answer.table_id) if answer.is_pinned else None,
        )
        for answer in answers
    ]


def _met_before(forum):
    """For each person the people who sat at the same table at the forum before this one."""
    last = Forum.objects.filter(pk=forum.follows_id).first() or (
        Forum.objects.past(forum.starts_at).filter(registrations__table__isnull=False).first()
    )
    at = defaultdict(set)
    seated = Registration.objects.registered().filter(forum=last, table__isnull=False) if last else []
    for answer in seated:
        at[answer.table_id].add(answer.person_id)
    met = defaultdict(set)
    for people in at.values():
        for person in people:
            met[person] |= people - {person}
    return met


@dataclass
class Posts:
    """The posts of some people on a day, and the organisation around them."""

    held: dict  # person id -> their assignments, what they lead first
    managers: dict  # unit id -> ids of the people who manage it
    units: dict  # unit id -> Unit

    @classmethod
    def of_people(cls, people, *, on):
        """Fetch the posts that people with these ids hold on the day `on`, and who manages what."""
        held, managers = defaultdict(list), defaultdict(set)
        current = Assignment.objects.current(on)
        for post in current.filter(person__in=people).order_by("starts_on", "pk"):
            held[post.person_id].append(post)
        for posts in held.values():
            posts.sort(key=lambda post: not post.leads_unit)
        for unit, person in current.filter(is_manager=True).values_list("unit_id", "person_id"):
            managers[unit].add(person)
        return cls(held=held, managers=managers, units=Unit.objects.in_bulk())

    def home_of(self, person, side):
        """The id of the department, company or board that somebody of `side` comes from; None if of none."""
        post = self.post_of(person, side)
        return post and self._home(post.unit_id)

    def side_of(self, person):
        """The side that somebody who has not answered counts as; "" for those who hold no post."""
        return Side.first_of({post.side for post in self.held[person]})

    def leads_home(self, person, side):
        """Whether somebody of `side` is head of a department or company, or chairs a board."""
        return any(
            post.side == side and post.unit_id == self._home(post.unit_id) and post.leads_unit
            for post in self.held[person]
        )

    def post_of(self, person, side):
        """The first of somebody's posts on `side`, what they lead first; or None."""
        return next((post for post in self.held[person] if post.side == side), None)

    def _home(self, unit):
        return next((pk for pk in self._climb(unit) if self.units[pk].kind in HOMES), None)

    def _climb(self, unit):
        while unit is not None:
            yield unit
            unit = self.units[unit].parent_id

    def apart(self):
        """For each person those whom they report to, and those who report to them."""
        apart = defaultdict(set)
        for person, posts in self.held.items():
            for manager in set().union(*(self._managers_of(post) for post in posts)) - {person}:
                apart[person].add(manager)
                apart[manager].add(person)
        return apart

    def _managers_of(self, post):
        """Who manages the nearest unit that somebody else manages; the elected report to nobody, and those
        who manage a unit together not to each other."""
        if post.side == Side.ELECTED:
            return set()
        first = self.units[post.unit_id].parent_id if post.is_manager else post.unit_id
        units = (unit for unit in self._climb(first) if unit in self.managers)
        others = (self.managers[unit] - {post.person_id} for unit in units)
        return next(filter(None, others), set())
