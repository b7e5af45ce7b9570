"""Seats and the queue for them: how a seat is taken, given back, offered and passed on.

Whoever moves an answer first holds the forum's row (`hold`), looks at what is true, and then
writes. So two people never win one seat, and nobody joins the queue in the moment when a seat
falls free unseen. The counter `Forum.seats_taken` is moved by conditional updates only, and a
constraint stands behind them. Seats that a quota keeps are counted in its row too, each quota with a
queue of its own. On SQLite the transaction itself is the lock (`transaction_mode`
IMMEDIATE).
"""

from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, Sum
from django.utils import timezone
from django_tasks import task

from accounts.models import Numbered, insert_rows
from accounts.recording import record
from forums import mails
from forums.models import Forum, Needs, Quota, Registration

State = Registration.State

# An offer holds its seat for a day at most, and for a quarter of the time that is left when the
# forum is near, so that several people can still be asked; for an hour at least.
LONGEST_OFFER = timedelta(hours=24)
SHORTEST_OFFER = timedelta(hours=1)


def _due(number, *, at, of_all, of_quotas):
    """One of the answers that are due, if there is any: offers, and who waits where seats may be free."""
    due = Q(state=State.OFFERED, offered_until__lte=at)
    if of_all:
        due |= Q(state=State.WAITING, quota=None)
    if of_quotas:
        due |= Q(state=State.WAITING, quota__seats_taken__lt=F("quota__seats"))
    return Registration.objects.filter(due, forum=number).order_by().values_list("pk")[:1]


# Compiled once: thousands may answer in one minute.
_DUE = Numbered(_due)
_HELD = Numbered(lambda number: Forum.objects.select_for_update(no_key=True).filter(pk=number).order_by())

# As conditional as the counter's other updates, and written once as well.
TAKE_SEAT = """
    UPDATE forums_forum SET seats_taken = seats_taken + 1
    WHERE id = %s AND (seats IS NULL OR seats_taken < seats - %s)
"""

HAS_ROOM = Q(seats=None) | Q(seats_taken__lt=F("seats"))


def hold(forum):
    """Fetch the forum afresh and keep its row until the transaction ends.

    FOR NO KEY UPDATE: rows that point at the forum can be inserted meanwhile (PostgreSQL, 13.3.2).
    """
    [held] = _HELD.ask(forum.pk)
    return held


def pass_on(forum):
    """Let expired offers lapse and offer free seats in the queue's order.

    Called on every look at a forum and by the daily run. Costs one query where nothing is due.
    """
    if is_due(forum):
        with transaction.atomic():
            settle(hold(forum))


def is_due(forum):
    """Whether an offer has run out, or somebody may wait beside a free seat, by `forum` as it was fetched.
    One query."""
    if not forum.is_announced:
        return False
    of_all = forum.passes_seats_on and not forum.is_full
    of_quotas = forum.passes_seats_on and forum.has_quotas
    return bool(_DUE.ask(forum.pk, at=timezone.now(), of_all=of_all, of_quotas=of_quotas))


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
    if not is_due(forum):
        return
    now = timezone.now()
    for offer in forum.registrations.expired_offers(now).select_related("person"):
        leave(offer, forum, State.CANCELLED)
        record("offer.lapsed", about=forum, by=None, registration=offer.pk)
        if offer.is_guests or offer.person.reach.in_service:
            mails.offer_expired(offer)
    if not forum.passes_seats_on:
        return
    until = offer_ends_at(forum, now)
    quotas = [*forum.quotas.all(), None] if forum.has_quotas else [None]
    # `sum` asks them all: each has a queue of its own.
    if sum(_offer_free_seats(forum, quota, until) for quota in quotas):
        _look_again(forum, until)


def _offer_free_seats(forum, quota, until):
    """Offer what is free of a quota (None: of the seats for all) in the order of its queue; returns how
    many offers were made. Who asked to take a free seat at once is registered."""
    offers = 0
    while has_room(forum, quota) and (first := _first_in_line(forum, quota)) and take_seat(forum, quota):
        if first.takes_free_seat:
            confirm(first, forum, by=None)
            continue
        first.state, first.offered_until = State.OFFERED, until
        first.save(update_fields=["state", "offered_until"])
        record("seat.offered", about=forum, by=None, registration=first.pk)
        mails.seat_offered(first)
        offers += 1
    return offers


def offer_ends_at(forum, now):
    """When an offer made at `now` is over: before the forum begins. Those who wait when answers close go on
    being asked."""
    left = forum.starts_at - now
    return now + min(LONGEST_OFFER, max(left / 4, SHORTEST_OFFER), left)


def fit_offers(forum):
    """Shorten the offers that would outlast the beginning of a forum that was moved."""
    limit = forum.starts_at
    if forum.registrations.filter(state=State.OFFERED, offered_until__gt=limit).update(offered_until=limit):
        _look_again(forum, limit)


# Seats, of a forum whose row is held. `quota` None means the seats that no quota keeps.


def seats_left(forum, quota=None):
    """How many seats are free, by the rows as they were fetched; None where there is no limit."""
    if quota is not None:
        return quota.seats_left
    return None if forum.seats is None else forum.seats_left - _unfilled(forum)


def has_room(forum, quota=None):
    """Whether a seat is free, by the rows as they are held."""
    left = seats_left(forum, quota)
    return left is None or left > 0


def take_seat(forum, quota=None):
    """Take one seat, if there is one; returns whether it was so."""
    if quota is not None:
        free = Quota.objects.filter(pk=quota.pk, seats_taken__lt=F("seats"))
        if not free.update(seats_taken=F("seats_taken") + 1):
            return False
        quota.seats_taken += 1
        taken = Forum.objects.filter(pk=forum.pk).update(seats_taken=F("seats_taken") + 1)
    else:
        with connection.cursor() as cursor:
            cursor.execute(TAKE_SEAT, [forum.pk, _unfilled(forum)])
            taken = cursor.rowcount
    forum.seats_taken += taken
    return bool(taken)


def free_seat(forum, quota_id=None):
    """Give one seat back."""
    Quota.objects.filter(pk=quota_id, seats_taken__gt=0).update(seats_taken=F("seats_taken") - 1)
    given = Forum.objects.filter(pk=forum.pk, seats_taken__gt=0).update(seats_taken=F("seats_taken") - 1)
    forum.seats_taken -= given


def set_seats(forum, *, seats):
    """Set the number of seats (None: no limit), unless more are taken, offered or kept by quotas;
    returns whether it was done."""
    enough = Q() if seats is None else Q(seats_taken__lte=seats - _unfilled(forum))
    return bool(Forum.objects.filter(enough, pk=forum.pk).update(seats=seats))


def _unfilled(forum):
    """How many seats the quotas keep that nobody has taken."""
    if not forum.has_quotas:
        return 0
    return forum.quotas.aggregate(left=Sum(F("seats") - F("seats_taken")))["left"] or 0


def write(answer):
    """Write an answer down as it is now: a first one is most of what a crowd sends."""
    if answer._state.adding:
        insert_rows([answer])
    else:
        answer.save()


def confirm(answer, forum, *, by):
    """Write that `answer` takes part; the seat, if it needs one, is taken already."""
    answer.state, answer.reason = State.REGISTERED, ""
    answer.answered_at, answer.queued_at, answer.offered_until = timezone.now(), None, None
    answer.takes_free_seat = False
    write(answer)
    record("registration.confirmed", about=forum, by=by, registration=answer.pk)
    mails.registration_confirmed(answer)


def leave(answer, forum, state, reason=""):
    """Move an answer to a `state` that takes no part, and give its seat back.

    `offered_until` is kept: it tells that an offer was made. Needs are erased: nobody has a use for
    them any more. Whoever was checked in has left, and is checked in anew should they come. Where it was
    a deputy's, the place is given up for whoever sent them too.
    """
    if answer.holds_a_seat:
        free_seat(forum, answer.quota_id)
    Needs.objects.filter(registration=answer.pk).delete()
    sent_by = answer.deputy_for_id
    answer.state, answer.reason, answer.queued_at, answer.table = state, reason, None, None
    answer.quota, answer.deputy_for, answer.takes_free_seat = None, None, False
    answer.arrived_at = None
    answer.answered_at = timezone.now()
    write(answer)
    if sent_by:
        for sender in forum.registrations.filter(person=sent_by, state=State.DEPUTISED):
            leave(sender, forum, State.CANCELLED)
            mails.deputy_left(sender)


def _first_in_line(forum, quota):
    """The first who waits for a seat of this quota, and is still meant (a deputy: through whoever sent
    them); or None."""
    waiting = forum.registrations.waiting().filter(quota=quota)
    if not waiting.exists():
        return None
    meant = forum.people_meant()
    asked = Q(person__in=meant) | Q(deputy_for__in=meant)
    return waiting.filter(asked).select_related("person").first()


def _look_again(forum, at):
    if pass_on_later.get_backend().supports_defer:
        pass_on_later.using(run_after=at).enqueue(forum.pk)


def _something_to_pass_on():
    now = timezone.now()
    expired = Registration.objects.expired_offers(now).values("forum_id")
    waiting = Registration.objects.waiting().order_by().filter(forum=OuterRef("pk"))
    waited_for = Exists(waiting.filter(quota__seats_taken__lt=F("quota__seats")))
    waited_for |= HAS_ROOM & Exists(waiting.filter(quota=None))
    return Q(state=Forum.State.ANNOUNCED) & (Q(pk__in=expired) | (Q(starts_at__gt=now) & waited_for))
