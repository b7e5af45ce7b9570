"""Apportioning: how many of a forum's seats are kept for a side or a unit."""

from collections import Counter

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from accounts.models import Assignment, Side, Unit
from accounts.recording import record
from forums.models import Quota, Registration
from forums.planning import CannotPlan, count_save
from forums.queueing import has_room, hold, settle


class QuotaTwice(CannotPlan):
    message = _("The same side and unit stand in two rows. Write each once.")


class QuotasOverSeats(CannotPlan):
    message = _("The quotas together are more than the seats of the forum.")


class QuotaTooSmall(CannotPlan):
    message = _("More seats than that are already taken or offered to those whom a row is for, or to others.")


@transaction.atomic
def set_quotas(forum, *, quotas, by, revision=None):
    """Keep seats for some, instead of what was kept before; every answer is counted anew.

    Args:
        quotas: triples of (Side, or "" for both; Unit, or None for all; seats), in their order. Whoever
            fits several counts against the first.
        revision: as in `forums.planning`.

    Raises:
        StalePlan, QuotaTwice, QuotasOverSeats, QuotaTooSmall.
    """
    forum = hold(forum)
    count_save(forum, "quotas", revision)
    if len({(side, unit and unit.pk) for side, unit, _seats in quotas}) < len(quotas):
        raise QuotaTwice
    kept = sum(seats for _side, _unit, seats in quotas)
    if forum.seats is not None and kept > forum.seats:
        raise QuotasOverSeats
    answers = list(forum.registrations.live().filter(mode=Registration.Mode.ON_SITE))
    fits = _places_in(quotas, [(answer.person_id, answer.side) for answer in answers])
    taken = Counter(fits[answer.person_id] for answer in answers if answer.holds_a_seat)
    too_many = any(taken[place] > seats for place, (_s, _u, seats) in enumerate(quotas))
    if too_many or (forum.seats is not None and taken[None] > forum.seats - kept):
        raise QuotaTooSmall
    _write(forum, quotas, answers, fits, taken)
    forum.has_quotas = bool(quotas)
    forum.save(update_fields=["has_quotas"])
    record("quotas.set", about=forum, by=by, quotas=len(quotas), seats=kept)
    settle(forum)


def figures_of_seats(forum):
    """Rows of (Quota, or None for the seats that none keeps; taken or held; seats, or None for no limit;
    people waiting), in the organiser's order. Two queries."""
    counted = forum.registrations.waiting().order_by().values_list("quota").annotate(Count("pk"))
    waiting = dict(counted)
    quotas = list(forum.quotas.select_related("unit"))
    rows = [(quota, quota.seats_taken, quota.seats, waiting.get(quota.pk, 0)) for quota in quotas]
    taken = forum.seats_taken - sum(quota.seats_taken for quota in quotas)
    seats = None if forum.seats is None else forum.seats - sum(quota.seats for quota in quotas)
    return [*rows, (None, taken, seats, waiting.get(None, 0))]


def full_for(forum, people):
    """{id of a person: the Quota whose seats are all taken or held, or None for the seats that none keeps}:
    those of `people` (ids) who could be given no seat in the room now.

    Each on the side of `Side.first_of`, as `overruling.give_seat` has it. A query or none; where there are
    quotas four, and one for each unit.
    """
    if not forum.has_quotas:
        return dict.fromkeys(people) if forum.is_full else {}
    quotas = list(forum.quotas.select_related("unit"))
    held = {person: set() for person in people}
    posts = Assignment.objects.current().filter(person__in=people)
    for person, side in posts.values_list("person_id", "side"):
        held[person].add(side)
    sides = {person: Side.first_of(theirs) for person, theirs in held.items()}
    kept = [(quota.side, quota.unit, quota.seats) for quota in quotas]
    full = {place for place, quota in enumerate(quotas) if not has_room(forum, quota)}
    if not has_room(forum):
        full.add(None)
    fits = _places_in(kept, sides.items())
    return {
        person: None if place is None else quotas[place] for person, place in fits.items() if place in full
    }


def _places_in(quotas, voices):
    """{id of a person: place in `quotas` of the first that fits, or None}, for `voices`: pairs of (id of the
    person, the side they speak for). A query for each unit."""
    posts = Assignment.objects.current().filter(person__in=[person for person, _side in voices])
    members = [
        unit and set(posts.filter(unit__in=Unit.objects.within([unit.pk])).values_list("person_id", "side"))
        for _side, unit, _seats in quotas
    ]

    def place_of(person, voice):
        for place, (side, _unit, _seats) in enumerate(quotas):
            within = members[place] is None or (person, voice) in members[place]
            if within and side in ("", voice):
                return place
        return None

    return {person: place_of(person, voice) for person, voice in voices}


def _write(forum, quotas, answers, fits, taken):
    """Write the rows anew, and let every answer point at its own."""
    forum.registrations.exclude(quota=None).update(quota=None)
    forum.quotas.all().delete()
    rows = [
        Quota(forum=forum, order=place, side=side, unit=unit, seats=seats, seats_taken=taken[place])
        for place, (side, unit, seats) in enumerate(quotas)
    ]
    rows = Quota.objects.bulk_create(rows)
    for answer in answers:
        answer.quota = None if fits[answer.person_id] is None else rows[fits[answer.person_id]]
    Registration.objects.bulk_update(answers, ["quota"], batch_size=500)
