"""What forums tell people by mail: one function per event, called inside the transaction it tells of.

Mails to many are only composed here, and `forums.circulating` queues them. A mail about an answer is
written by a task, since composing it takes longer than all that the forum's row is held for.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from accounts.batching import do_along, queue_run
from accounts.mailing import compose, queue_mail, queue_mails
from accounts.models import Mail, Notification
from forums.calendars import CANCEL, REQUEST, calendar_of
from forums.models import Forum, Registration

# The state of an answer in which a mail about it is true.
TRUE_WHILE = {
    "registration_confirmed": Registration.State.REGISTERED,
    "registration_cancelled": Registration.State.CANCELLED,
    "registration_declined": Registration.State.DECLINED,
    "waiting_list": Registration.State.WAITING,
    "seat_offered": Registration.State.OFFERED,
    "offer_expired": Registration.State.CANCELLED,
    "deputy_sent": Registration.State.DEPUTISED,
    "deputy_withdrawn": Registration.State.CANCELLED,
    "deputy_left": Registration.State.CANCELLED,
}
# A newer mail about somebody's answer, a withdrawal or a calling off says all that these still have to say.
OVERTAKEN = (
    *TRUE_WHILE,
    "forum_invitation",
    "invitation_withdrawn",
    "reminder_to_answer",
    "reminder_of_day",
    "forum_changed",
    "link_changed",
)
# And a change of time or place, that which these tell as it was.
OVERTAKEN_BY_CHANGE = ("reminder_of_day", "forum_changed", "link_changed")
CALENDAR_OF = {
    "registration_confirmed": {"method": REQUEST, "takes_part": True},
    "registration_cancelled": {"method": CANCEL},
    "registration_declined": {"method": CANCEL},
    "offer_expired": {"method": CANCEL},
    "deputy_sent": {"method": CANCEL},
    "deputy_withdrawn": {"method": CANCEL},
}


# A mail about an answer waits this long: whoever corrects theirs at once gets one mail, and a crowd is
# answered before it is written to.
SECOND_THOUGHTS = timedelta(seconds=10)
AT_A_TIME = 50

OVER = object()  # when the forum is over

# What the organiser calls each mail.
CALLED = {
    "forum_invitation": _("invitation"),
    "guest_link": _("new link"),
    "invitation_withdrawn": _("withdrawal"),
    "reminder_to_answer": _("reminder to answer"),
    "reminder_of_day": _("reminder of the day"),
    "forum_changed": _("change"),
    "link_changed": _("new join link"),
    "forum_called_off": _("calling off"),
    "registration_confirmed": _("confirmation"),
    "registration_cancelled": _("cancellation"),
    "registration_declined": _("receipt for the no"),
    "let_in_taken_back": _("word that the registration was a mistake"),
    "waiting_list": _("place in the queue"),
    "seat_offered": _("offer of a seat"),
    "offer_expired": _("word that the offer is over"),
    "deputy_sent": _("receipt for the deputy"),
    "deputy_withdrawn": _("word to the deputy"),
    "deputy_left": _("word about the deputy"),
    "evaluation_asked": _("question what people thought"),
    "summary_published": _("summary"),
    "commitment_due": _("reminder of a commitment"),
    "group_work_open": _("reminder to close the group work"),
    "group_work_closed": _("word that the summary can be drafted"),
}


def about_of(forum):
    """What `Mail.about` says of the forum's mails."""
    return f"forum:{forum.pk}"


def let_go(forum, people, *, events=OVERTAKEN):
    """Let mails about the forum that wait go out no more to these people (their ids), called before what
    overtakes them is queued: a mail server that was down would send them after it."""
    Mail.objects.about(about_of(forum)).filter(to__in=people, event__in=events).let_go()


# To many. `answer` is the person's registration, where there is one and it makes a difference.


def invitation(forum, person, *, key, answer=None):
    return compose("forum_invitation", **_words(forum, person, key=key, method=REQUEST))


def reminder_to_answer(forum, person, *, key, answer=None):
    until = forum.answers_close_at
    return compose("reminder_to_answer", **_words(forum, person, key=key, of_use_until=until))


def reminder_of_day(forum, person, *, key, answer):
    code = _page_of_guest(forum, person) or reverse("forums:my_code", args=[forum.slug])
    about = {
        "registration": answer,
        "code_url": f"{settings.SITE_URL}{code}",
        "of_use_until": forum.starts_at,
    }
    return compose(
        "reminder_of_day", **_words(forum, person, key=key, takes_part=answer is not None, **about)
    )


def forum_changed(forum, person, *, key, answer=None):
    """Time or place has changed. `answer` is None for somebody who has not answered yet."""
    takes_part = answer is not None and answer.takes_part
    clashes = Forum.objects.overlapping(forum).with_place_for(person) if takes_part else ()
    about = {"registration": answer, "clashes": clashes}
    words = _words(forum, person, key=key, method=REQUEST, takes_part=takes_part, **about)
    return compose("forum_changed", **words)


def link_changed(forum, person, *, key, answer):
    """The link for those who join online is another; nothing else is. For the registered only."""
    about = {"registration": answer, "method": REQUEST, "takes_part": True}
    return compose("link_changed", **_words(forum, person, key=key, **about))


def invitation_withdrawn(forum, person, *, moment):
    """Somebody is not invited any more since `moment` (`microseconds`); the entry leaves their calendar."""
    key = f"withdrawn:{forum.pk}:{person.pk}:{moment}"
    return compose("invitation_withdrawn", **_words(forum, person, key=key, method=CANCEL))


def forum_called_off(forum, person, *, key, answer=None):
    return compose("forum_called_off", **_words(forum, person, key=key, method=CANCEL))


def evaluation_asked(forum, person, *, key, answer=None):
    """The forum is over: what did they think of it?"""
    token = forum.guest_tokens.get(person.pk)
    page = reverse("forums:guest_evaluate", args=[token]) if token else ""
    url = settings.SITE_URL + (page or reverse("forums:evaluate", args=[forum.slug]))
    until = forum.verdicts_until
    return compose("evaluation_asked", **_words(forum, person, key=key, of_use_until=until, evaluate_url=url))


def summary_published(forum, person, *, key, title, url, drawing=None):
    """`drawing` is the drawn Picture that the mail shows, where the summary has one."""
    words = _words(
        forum,
        person,
        key=key,
        of_use_until=None,
        title=title,
        summary_url=f"{settings.SITE_URL}{url}",
        drawing=drawing,
    )
    picture = drawing.mail_name if drawing else ""
    return compose("summary_published", **words, stops=Notification.Kind.TOOK_PART, picture=picture)


# To one


def guest_link(forum, person, *, key):
    """A guest's link was changed for another."""
    queue_mail("guest_link", **_words(forum, person, key=key))


def registration_confirmed(registration):
    _tell("registration_confirmed", registration)


def registration_cancelled(registration):
    """The entry leaves this person's calendar; the forum goes on."""
    _tell("registration_cancelled", registration)


def let_in_taken_back(registration):
    """Somebody was let in at the door by mistake. Told at once, since the registration goes; to those who
    have been told that they had it."""
    told = f"registration_confirmed:{registration.pk}:"
    if Mail.objects.filter(key__startswith=told).exists():
        key = f"let-in-taken-back:{registration.pk}"
        about = {"method": CANCEL, **_about_answer(registration)}
        let_go(registration.forum, [registration.person_id])
        queue_mail("let_in_taken_back", **_words(registration.forum, registration.person, key=key, **about))


def registration_declined(registration):
    """The entry that came with the invitation leaves this person's calendar."""
    _tell("registration_declined", registration)


def waiting_list(registration):
    _tell("waiting_list", registration)


def seat_offered(registration):
    _tell("seat_offered", registration)


def offer_expired(registration):
    _tell("offer_expired", registration)


def deputy_sent(registration):
    """Tell whoever sent a deputy that it is done; the entry leaves their calendar."""
    _tell("deputy_sent", registration)


def deputy_withdrawn(registration):
    """The place has gone back to whoever sent this deputy, or on to another."""
    _tell("deputy_withdrawn", registration)


def deputy_left(registration):
    """Tell whoever sent a deputy that the deputy does not come."""
    _tell("deputy_left", registration)


def commitment_due(commitment, person, *, key, asked_at=None):
    """`asked_at` is the coming forum that opens with it, where that is why."""
    url = f"{settings.SITE_URL}{reverse('forums:commitment', args=[commitment.pk])}"
    words = {"commitment": commitment, "commitment_url": url, "asked_at": asked_at}
    return queue_mail(
        "commitment_due", to=person, key=key, about=about_of(asked_at or commitment.forum), context=words
    )


def group_work_open(forum, person, *, key):
    words = {"forum": forum, "lead_url": f"{settings.SITE_URL}{reverse('forums:lead', args=[forum.slug])}"}
    return queue_mail("group_work_open", to=person, key=key, about=about_of(forum), context=words)


def group_work_closed(forum, person, *, key):
    """The mail itself, unsaved."""
    url = f"{settings.SITE_URL}{reverse('forums:result', args=[forum.slug])}"
    words = {"forum": forum, "result_url": url}
    return compose("group_work_closed", to=person, key=key, about=about_of(forum), context=words)


def _tell(event, registration):
    """Queue the writing of a mail about an answer: its row is held just now, and others wait for it.

    A person may answer many times over; each answer is told of once.
    """
    now = timezone.now()
    key = f"{event}:{registration.pk}:{microseconds(now)}"
    queue_run(tell, event, registration.pk, key, run_after=now + SECOND_THOUGHTS)


@task()
def tell(event, registration_id, key):
    """Write a mail about an answer, unless it is no longer true by now; done twice, it is done once.
    Those that are due beside it are written along."""
    do_along(tell, _write, (event, registration_id, key), at_most=AT_A_TIME)


def microseconds(moment):
    """A moment as a number, to tell in a key what happened when."""
    return int(moment.timestamp() * 1_000_000)


def _write(tellings):
    """Queue the mails of a list of (event, id of the registration, key)."""
    answers = Registration.objects.select_related("forum__organiser", "person", "deputy_for")
    answers = answers.in_bulk({registration_id for _event, registration_id, _key in tellings})
    forums, told = {}, {}
    mails = []
    for event, registration_id, key in tellings:
        answer = answers.get(registration_id)
        if answer is None:  # somebody let in by mistake, which was taken back
            continue
        answer.forum = forums.setdefault(answer.forum_id, answer.forum)  # what it looks up, it looks up once
        # Whoever has answered again since is told of that, and who was to come to a forum that is called off
        # is told by a circular that it is. Of a forum that is over there is nothing more to tell.
        answered_again = microseconds(answer.answered_at) > int(key.rpartition(":")[2])
        overtaken = answered_again or (answer.is_live and answer.forum.is_called_off)
        if answer.state == TRUE_WHILE[event] and not (overtaken or answer.forum.is_past):
            calendar = CALENDAR_OF.get(event, {})
            words = _words(answer.forum, answer.person, key=key, **_about_answer(answer), **calendar)
            if event == "seat_offered":
                words["of_use_until"] = answer.offered_until
            mails.append(compose(event, **words))
            told.setdefault(answer.forum, []).append(answer.person_id)
    with transaction.atomic():
        for forum, people in told.items():
            let_go(forum, people)
        queue_mails(mails)


def _about_answer(answer):
    """What a mail about an answer may tell beside the forum."""
    return {
        "registration": answer,
        "clashes": Forum.objects.overlapping(answer.forum).with_place_for(answer.person),
    }


def _page_of_guest(forum, person):
    """The path of the one page that a guest has for everything; "" for everybody else."""
    token = forum.guest_tokens.get(person.pk)
    return reverse("forums:guest", args=[token]) if token else ""


def _words(forum, person, *, key, method="", takes_part=False, of_use_until=OVER, **context):
    """What `compose` and `queue_mail` take beside the name of the event. Of use until the forum is over,
    unless said otherwise."""
    own_page = _page_of_guest(forum, person)
    page = own_page or forum.get_absolute_url()
    answer = own_page or reverse("forums:registration", args=[forum.slug])
    calendar = ""
    if method:
        with translation.override(person.language):
            calendar = calendar_of(
                forum, method=method, person=person, takes_part=takes_part, page=page, answer_page=answer
            )
    context = {
        "forum": forum,
        "takes_part": takes_part,
        "is_guest": bool(own_page),
        "forum_url": f"{settings.SITE_URL}{page}",
        "answer_url": f"{settings.SITE_URL}{answer}",
        **context,
    }
    return {
        "to": person,
        "key": key,
        "about": about_of(forum),
        "context": context,
        "calendar": calendar,
        "calendar_method": method,
        "reply_to": forum.organiser.email,
        "of_use_until": forum.ends_at if of_use_until is OVER else of_use_until,
    }
