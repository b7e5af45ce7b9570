"""Seats and the queue for them: how a seat is taken, given back, offered and passed on.

Whoever moves an answer first holds the forum's row (`hold`), looks at what is true, and then
writes. So two people never win one seat, and nobody joins the queue in the moment when a seat
falls free unseen. The counter `Forum.seats_taken` is moved by conditional updates only, and a
constraint stands behind them. On SQLite the transaction itself is the lock (`transaction_mode`
IMMEDIATE).
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django_tasks import task

from accounts.models import Person
from accounts.recording import record
from forums import mails
from forums.models import Forum, Registration

State = Registration.State

# An offer holds its seat for a day at most, and for a quarter of the time that is left when the
# forum is near, so that several people can still be asked; for an hour at least.
LONGEST_OFFER = timedelta(hours=24)
SHORTEST_OFFER = timedelta(hours=1)

HAS_ROOM = Q(seats=None) | Q(seats_taken__lt=F("seats"))


def hold(forum):
    """Fetch the forum afresh and keep its row until the transaction ends.

    FOR NO KEY UPDATE: rows that point at the forum can be inserted meanwhile (PostgreSQL, 13.3.2).
    """
    return Forum.objects.select_for_update(no_key=True).get(pk=forum.pk)


def pass_on(forum):
    """Let expired offers lapse and offer free seats in the queue's order.

    Called on every look at a forum and by the daily run. Costs one query where nothing is due.
    """
    if Forum.objects.filter(_something_to_pass_on(), pk=forum.pk).exists():
        with transaction.atomic():
            settle(hold(forum))


@task()
def pass_on_later(forum_id):
    """`pass_on` at the moment when an offer ends, so that the queue moves without anybody looking."""
    pass_on(Forum.objects.get(pk=forum_id))


def pass_on_all():
    """`pass_on` for every forum that has something to pass on; returns how many there were.

    First, the answers of people who have left are released.
    """
    gone = Forum.objects.filter(pk__in=Registration.objects.of_people_gone().values("forum_id"))
    for forum in gone:
        release_those_gone(forum)
    due = list(Forum.objects.filter(_something_to_pass_on()))
    for forum in due:
        pass_on(forum)
    return len({*gone, *due})


@transaction.atomic
def release_those_gone(forum):
    """Cancel the live answers of people no longer in service; their seats go to the queue.

    Nobody is told: there is no longer anyone to tell. Once the forum has begun answers stay as they were.
    """
    forum = hold(forum)
    for answer in forum.registrations.of_people_gone():
        leave(answer, forum, State.CANCELLED)
        record("registration.released", about=forum, by=None, registration=answer.pk)
    settle(forum)


def settle(forum):
    """Do what `pass_on` does, inside a transaction that holds the forum's row."""
    now = timezone.now()
    for offer in forum.registrations.expired_offers(now).select_related("person"):
        leave(offer, forum, State.CANCELLED)
        record("offer.lapsed", about=forum, by=None, registration=offer.pk)
        if offer.person.reach.in_service:
            mails.offer_expired(offer)
    if not forum.is_open_for_answers:
        return
    until = offer_ends_at(forum, now)
    offers = 0
    while (first := _first_in_line(forum)) and take_seat(forum):
        first.state, first.offered_until = State.OFFERED, until
        first.save(update_fields=["state", "offered_until"])
        record("seat.offered", about=forum, by=None, registration=first.pk)
        mails.seat_offered(first)
        offers += 1
    if offers:
        _look_again(forum, until)


def offer_ends_at(forum, now):
    """When an offer made at `now` is over: never after answers close."""
    left = forum.answers_close_at - now
    return now + min(LONGEST_OFFER, max(left / 4, SHORTEST_OFFER), left)


def fit_offers(forum):
    """Shorten the offers that would outlast a deadline that was moved."""
    limit = forum.answers_close_at
    if forum.registrations.filter(state=State.OFFERED, offered_until__gt=limit).update(offered_until=limit):
        _look_again(forum, limit)


def take_seat(forum):
    """Take one seat, if there is one; returns whether it was so."""
    return bool(Forum.objects.filter(HAS_ROOM, pk=forum.pk).update(seats_taken=F("seats_taken") + 1))


def free_seat(forum):
    """Give one seat back."""
    Forum.objects.filter(pk=forum.pk, seats_taken__gt=0).update(seats_taken=F("seats_taken") - 1)


def set_seats(forum, *, seats):
    """Set the number of seats (None: no limit), unless more are taken; returns whether it was done."""
    enough = Q() if seats is None else Q(seats_taken__lte=seats)
    return bool(Forum.objects.filter(enough, pk=forum.pk).update(seats=seats))


def leave(answer, forum, state, reason=""):
    """Move an answer to a `state` that takes no part, and give its seat back.

    `offered_until` is kept: it tells that an offer was made.
    """
    if answer.holds_a_seat:
        free_seat(forum)
    answer.state, answer.reason, answer.queued_at, answer.table = state, reason, None, None
    answer.answered_at = timezone.now()
    answer.save()


def _first_in_line(forum):
    """The first who waits and whom the audience still means, or None."""
    waiting = forum.registrations.waiting()
    if not waiting.exists():
        return None
    meant = Person.objects.in_audience(forum.audience)
    return waiting.filter(person__in=meant).select_related("person").first()


def _look_again(forum, at):
    if pass_on_later.get_backend().supports_defer:
        pass_on_later.using(run_after=at).enqueue(forum.pk)


def _something_to_pass_on():
    now = timezone.now()
    expired = Registration.objects.expired_offers(now).values("forum_id")
    waited_for = Registration.objects.waiting().order_by().values("forum_id")
    is_open = Q(registration_closes_at__gt=now, starts_at__gt=now)
    return Q(state=Forum.State.ANNOUNCED) & (Q(pk__in=expired) | (HAS_ROOM & is_open & Q(pk__in=waited_for)))
