"""Circulating: telling many of a forum's people by mail, outside the request that decided it.

Whoever decides writes one `Circular`, in the same transaction, and queues one task. The task asks the
database who is still to be told, composes some mails at a time without holding anything, and queues
them in a short transaction. A mail's key tells that its person was told, so the task may be cut off
anywhere and begun again (decisions/0053).
"""

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.mailing import may_be_told_again, queue_mails
from accounts.models import Mail, Person
from accounts.notifying import notify
from forums import mails
from forums.models import Circular

Event = Circular.Event

# Mails that wait are let go where one of these is told of.
OVERTAKES = {Event.CALL_OFF: mails.OVERTAKEN, Event.CHANGE: mails.OVERTAKEN_BY_CHANGE}
# So many mails are composed between two transactions: about half a second's work.
AT_A_TIME = 100


def circulate(event, forum):
    """Decide that `event`, of Circular.Event, is told of; called inside the transaction that it tells of."""
    circular = Circular.objects.create(forum=forum, event=event, sequence=forum.calendar_sequence)
    carry_out.enqueue(circular.pk)


@task()
def carry_out(circular_id):
    """Tell everyone who is still to be told; returns how many they were."""
    to_tell = list(_still_to_tell(_fetch(circular_id)).order_by("pk").values_list("pk", flat=True))
    told = 0
    for start in range(0, len(to_tell), AT_A_TIME):
        told += _tell(circular_id, to_tell[start : start + AT_A_TIME])
    Circular.objects.filter(pk=circular_id).update(done_at=timezone.now())
    return told


def circulate_what_is_left():
    """Go on with every circular that a worker was cut off in; returns how many there were."""
    unfinished = list(Circular.objects.unfinished().values_list("pk", flat=True))
    for circular_id in unfinished:
        carry_out.enqueue(circular_id)
    return len(unfinished)


def _fetch(circular_id):
    return Circular.objects.select_related("forum__organiser", "forum__audience").get(pk=circular_id)


def _tell(circular_id, people_ids):
    """Tell those of these people who are still to be told, by what is true now."""
    circular = _fetch(circular_id)
    people = list(_still_to_tell(circular).filter(pk__in=people_ids))
    composed = _compose(circular, people)
    anew = _invitations_anew(circular.forum, people) if circular.event == Event.CHANGE else []
    with transaction.atomic():
        # Two workers with the same circular take turns, and the second finds the first one's mails.
        Circular.objects.select_for_update().get(pk=circular_id)
        if circular.event in OVERTAKES:
            mails.let_go(circular.forum, people_ids, events=OVERTAKES[circular.event])
        if anew:
            # Whose invitation still waits gets one that says what holds now, and needs no word of the change.
            in_time = [mail for mail in anew if Mail.objects.filter(key=mail.key).let_go()]
            may_be_told_again(*(mail.key for mail in in_time))
            told = {mail.to_id for mail in queue_mails(in_time)}
            composed = [mail for mail in composed if mail.to_id not in told]
        if circular.event == Event.CALL_OFF:
            # Asked now that the invitations that waited have been let go: none goes out behind its back.
            known = set(who_have_heard_of(circular.forum, _all_of(people_ids)).values_list("pk", flat=True))
            composed = [mail for mail in composed if mail.to_id in known]
        new = queue_mails(composed)
        if circular.event in (Event.INVITATION, Event.CALL_OFF):
            _notify(circular, {*(mail.to for mail in new), *_invited_in_portal(circular, people_ids)})
    return len(new)


def _invitations_anew(forum, people):
    """The invitations that wait to go out to these people, composed once more by what is true now. The mail
    server may have been down, and the next try be hours after the mail of the change has arrived."""
    keys = {invitation_key(forum, person.pk): person for person in people}
    waiting = Mail.objects.waiting().filter(key__in=keys).values_list("key", flat=True)
    return [mails.invitation(forum, keys[key], key=key) for key in waiting]


def who_have_heard_of(forum, people):
    """Those of `people` (a QuerySet) who know of the forum: who have answered, or to whom a mail about it
    may have come. The others have no use for a mail that it is called off (decisions/0590)."""
    mailed = Mail.objects.about(mails.about_of(forum)).may_have_arrived().values("to_id")
    answered = forum.registrations.values("person_id")
    return people.filter(Q(pk__in=mailed) | Q(pk__in=answered))


def _all_of(people_ids):
    return Person.objects.filter(pk__in=people_ids)


def _invited_in_portal(circular, people_ids):
    """Those who were told in the portal that they are invited, where it is now to be taken back."""
    if circular.event != Event.CALL_OFF:
        return ()
    return _all_of(people_ids).filter(notifications__key=_notification_key(circular.forum, "invited"))


def _still_to_tell(circular):
    """Whom the circular concerns today and who has not got its mail."""
    its_mail = Mail.objects.filter(
        key=Concat(Value(_key_of(circular)), Cast(OuterRef("pk"), CharField()), output_field=CharField())
    )
    return _concerned_by(circular).filter(~Exists(its_mail))


def _concerned_by(circular):
    forum = circular.forum
    if circular.event == Event.EVALUATION:
        silent = forum.registrations.attended().filter(has_evaluated=False).values("person_id")
        return forum.people_concerned().filter(pk__in=silent if forum.takes_verdicts else ())
    if forum.is_past or forum.is_called_off != (circular.event == Event.CALL_OFF) or _is_overtaken(circular):
        return Person.objects.none()
    invited = forum.invitations.filter(invited_at__lte=circular.created_at)
    if circular.event in (Event.INVITATION, Event.UNANSWERED):
        # Whoever answers before the mail is written has no need of it.
        of_use = circular.event == Event.INVITATION or forum.is_open_for_answers
        return forum.people_meant().filter(pk__in=invited.unanswered().values("person_id") if of_use else ())
    if circular.event in (Event.REGISTERED, Event.LINK):
        of_use = forum.is_online if circular.event == Event.LINK else not forum.has_started
        coming = forum.registrations.registered().values("person_id") if of_use else ()
        return forum.people_concerned().filter(pk__in=coming)
    deputies = forum.registrations.deputies().values("person_id")
    told = Q(pk__in=invited.values("person_id")) | Q(pk__in=deputies)
    return forum.people_concerned().filter(told)


def _is_overtaken(circular):
    """Whether a newer circular says it all: of two reminders that wait for a worker, one goes out."""
    by = {
        Event.CHANGE: (Event.CHANGE, Event.CALL_OFF),
        Event.LINK: (Event.LINK, Event.CHANGE, Event.CALL_OFF),
        Event.UNANSWERED: (Event.UNANSWERED,),
        Event.REGISTERED: (Event.REGISTERED,),
    }.get(circular.event, ())
    return circular.forum.circulars.filter(event__in=by, pk__gt=circular.pk).exists()


def invitation_key(forum, person_id):
    """The key of the mail that invites a person."""
    return f"invitation:{forum.pk}:{person_id}"


def _key_of(circular):
    """How the keys of the circular's mails begin; the person's id ends them."""
    forum_id = circular.forum_id
    return {
        Event.INVITATION: f"invitation:{forum_id}:",
        Event.CHANGE: f"forum-changed:{forum_id}:{circular.sequence}:",
        Event.LINK: f"link-changed:{forum_id}:{circular.sequence}:",
        Event.CALL_OFF: f"called-off:{forum_id}:",
        Event.UNANSWERED: f"reminder:{circular.pk}:",
        Event.REGISTERED: f"reminder:{circular.pk}:",
        Event.EVALUATION: f"evaluation:{forum_id}:",
    }[circular.event]


def _compose(circular, people):
    forum, key = circular.forum, _key_of(circular)
    answers = {answer.person_id: answer for answer in _answers_told_of(circular).select_related("table")}
    mail = {
        Event.INVITATION: mails.invitation,
        Event.CHANGE: mails.forum_changed,
        Event.LINK: mails.link_changed,
        Event.CALL_OFF: mails.forum_called_off,
        Event.UNANSWERED: mails.reminder_to_answer,
        Event.REGISTERED: mails.reminder_of_day,
        Event.EVALUATION: mails.evaluation_asked,
    }[circular.event]
    return [mail(forum, person, key=f"{key}{person.pk}", answer=answers.get(person.pk)) for person in people]


def _answers_told_of(circular):
    """The registrations that make a difference to what the mails say."""
    answers = circular.forum.registrations
    told_of = {
        Event.CHANGE: answers.live,
        Event.LINK: answers.registered,
        Event.REGISTERED: answers.registered,
    }
    return told_of.get(circular.event, answers.none)()


def _notify(circular, people):
    forum = circular.forum
    called_off = circular.event == Event.CALL_OFF

    def text():
        words = _("%(forum)s has been called off.") if called_off else _("You are invited to %(forum)s.")
        return words % {"forum": forum}

    key = _notification_key(forum, "called-off" if called_off else "invited")
    notify(people, key=key, text=text, url=forum.get_absolute_url())


def _notification_key(forum, what):
    return f"forum:{forum.pk}:{what}"
