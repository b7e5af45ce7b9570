"""What must be true after a burst. Each function returns the faults that it finds, as texts."""

from collections import Counter

from accounts.mailing import as_message
from accounts.models import Mail
from forums.models import Registration

State = Registration.State


def faults_of_seats(forum, *, seats, answers):
    """So many are registered as there are seats, the others wait, and the counter agrees."""
    forum.refresh_from_db()
    states = Counter(forum.registrations.values_list("state", flat=True))
    expected = {State.REGISTERED: min(seats, answers), State.WAITING: max(answers - seats, 0)}
    found = {state: states[state] for state in expected}
    faults = [] if found == expected else [f"{dict(states)} where {expected} was expected"]
    if forum.seats_taken != found[State.REGISTERED]:
        faults.append(f"the counter says {forum.seats_taken}")
    return faults


def faults_of_order(forum, burst):
    """Nobody stands before somebody whose answer was there before theirs had been sent."""
    taken = forum.registrations.filter(state=State.REGISTERED).order_by("answered_at", "pk")
    order = [
        *taken.values_list("person", flat=True),
        *forum.registrations.waiting().values_list("person", flat=True),
    ]
    sent = {attempt.person_id: attempt for attempt in burst.attempts}
    overtaken, soonest = 0, float("inf")
    for person in reversed(order):
        attempt = sent[person]
        overtaken += attempt.sent > soonest
        if attempt.is_confirmed:
            soonest = min(soonest, attempt.answered)
    return [f"{overtaken} stand before somebody who had been answered before"] if overtaken else []


def faults_of_answers(burst):
    """Everybody was answered, and nobody with an error."""
    others = Counter(attempt.status for attempt in burst.attempts if not attempt.is_confirmed)
    return [f"{number} answers were {status}" for status, number in sorted(others.items())]


def faults_of_memory(forum, burst):
    """What was confirmed is there, and nothing is there twice or without having been sent."""
    there = Counter(forum.registrations.values_list("person", flat=True))
    confirmed = {attempt.person_id for attempt in burst.confirmed}
    sent = {attempt.person_id for attempt in burst.attempts}
    faults = []
    if lost := confirmed - set(there):
        faults.append(f"{len(lost)} confirmed answers are lost")
    if unknown := set(there) - sent:
        faults.append(f"{len(unknown)} answers were never sent")
    if twice := [person for person, number in there.items() if number > 1]:
        faults.append(f"{len(twice)} people have answered twice")
    return faults


def faults_of_mails(forum):
    """Everybody who has answered has been written to once, and the mail says what they have."""
    events = {State.REGISTERED: "registration_confirmed", State.WAITING: "waiting_list"}
    answers = {person: events[state] for person, state in forum.registrations.values_list("person", "state")}
    mails = Counter(
        Mail.objects.filter(about=f"forum:{forum.pk}", event__in=events.values()).values_list("to", "event")
    )
    faults = []
    if missing := [person for person, event in answers.items() if not mails[person, event]]:
        faults.append(f"{len(missing)} were not written to")
    if twice := [one for one, number in mails.items() if number > 1]:
        faults.append(f"{len(twice)} were written to twice")
    if wrong := [person for person, event in mails if answers.get(person) != event]:
        faults.append(f"{len(wrong)} were told something else than what is so")
    return faults


def faults_of_handover(forum, handover):
    """Every mail about the forum was taken by the mail server: once, but for what a kill cut off in the very
    moment, which may have been taken twice (RFC 1047: the sender can't know)."""
    mails = Mail.objects.about(f"forum:{forum.pk}").select_related("to")
    names = [as_message(mail).extra_headers["Message-ID"] for mail in mails]
    taken = handover.sink.taken
    faults = []
    if lost := [name for name in names if name not in taken]:
        faults.append(f"{len(lost)} mails never came")
    if twice := [name for name in names if taken[name] > 1 and name not in handover.cut_off]:
        faults.append(f"{len(twice)} mails came twice that no kill had cut off")
    if unsure := [mail for mail in mails if mail.state != Mail.State.SENT]:
        faults.append(f"{len(unsure)} mails are not told as sent")
    return faults
