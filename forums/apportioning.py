"""Apportioning: how many of a forum's seats are kept for a side or a unit."""

from collections import Counter

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from accounts.models import Assignment, Unit
from accounts.recording import record
from forums.models import Quota, Registration
from forums.planning import CannotPlan, count_save
from forums.queueing import hold, settle


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
    fits = _places_in(quotas, answers)
    taken = Counter(fits[answer.pk] for answer in answers if answer.holds_a_seat)
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


def _places_in(quotas, answers):
    """{id of the answer: place in `quotas` of the first that fits, or None}. A query for each unit."""
    posts = Assignment.objects.current().filter(person__in=[answer.person_id for answer in answers])
    members = [
        unit and set(posts.filter(unit__in=Unit.objects.within([unit.pk])).values_list("person_id", "side"))
        for _side, unit, _seats in quotas
    ]

    def place_of(answer):
        for place, (side, _unit, _seats) in enumerate(quotas):
            within = members[place] is None or (answer.person_id, answer.side) in members[place]
            if within and side in ("", answer.side):
                return place
        return None

    return {answer.pk: place_of(answer) for answer in answers}


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
        answer.quota = None if fits[answer.pk] is None else rows[fits[answer.pk]]
    Registration.objects.bulk_update(answers, ["quota"], batch_size=500)
