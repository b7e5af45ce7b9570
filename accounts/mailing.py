"""Mail: written in the transaction of what it tells of, sent after it, once.

Each event has its own function in the app that it belongs to; all of them come through
`queue_mail`. The task row lands in the same transaction as the mail, so neither can be there
without the other, and a worker that is down only delays what is already decided.
"""

from datetime import timedelta
from email.mime.image import MIMEImage
from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from accounts.models import Mail
from accounts.stopping import ONE_CLICK, address_to_stop

# Minutes to wait after the first, second, ... failed attempt: given up after about a day.
RETRY_MINUTES = (1, 5, 15, 60, 180, 360, 720)
# A mail still being sent after this long was interrupted, by a restart for instance.
STRANDED_AFTER = timedelta(hours=1)
# Of tasks that are due, those of a higher number are done first; all but these have 0. A mail server that
# answers nothing takes EMAIL_TIMEOUT for each mail: neither a seat that is to go on nor the hourly round
# waits for that, and a mail to one person does not wait for mails to many.
MAIL = -5
AFTER_OTHERS = -10
# Mails in one task: few enough for what is urgent to wait a second or two.
AT_A_TIME = 20


def queue_mail(event, *, to, key, **written):
    """Write the mail `event` for one person and queue it, as `compose` says it.

    Returns:
        The new Mail, or None where this was told before.
    """
    mail = compose(event, to=to, key=key, **written)
    return next(iter(queue_mails([mail])), None)


@transaction.atomic
def queue_mails(mails, *, bulk=False):
    """Queue what `compose` has written, apart from what was told before; returns the new ones.

    Args:
        bulk: whether mails to few should go out before these.
    """
    if not mails:
        return []
    # Of two who write the same at once the database takes one, and the other finds its own missing.
    Mail.objects.bulk_create(mails, ignore_conflicts=True)
    taken = set(Mail.objects.filter(pk__in=[mail.pk for mail in mails]).values_list("pk", flat=True))
    new = [mail for mail in mails if mail.pk in taken]
    _see_delivered(new, priority=AFTER_OTHERS if bulk else MAIL)
    return new


def _see_delivered(mails, *, priority=MAIL):
    """Queue the sending of mails, in tasks of AT_A_TIME."""
    ids = [str(mail.pk) for mail in mails]
    for start in range(0, len(ids), AT_A_TIME):
        deliver.using(priority=priority).enqueue(*ids[start : start + AT_A_TIME])


def may_be_told_again(*keys):
    """Let what mails with these `keys` told be told once more: it was taken back since."""
    anew = Concat(Value("taken-back:"), Cast("pk", CharField()), output_field=CharField())
    Mail.objects.filter(key__in=keys).update(key=anew)


def compose(
    event,
    *,
    to,
    key,
    about="",
    context=None,
    calendar="",
    calendar_method="",
    stops="",
    picture="",
    reply_to="",
    of_use_until=None,
):
    """Write the mail `event` for one person in that person's language, and return it unsaved.

    Args:
        event: names the templates emails/<event>.subject.txt, .txt and (if there is one) .html.
        to: the Person who gets it.
        key: what it tells; a second mail with the same key is not written.
        about: the thing that it is about, "forum:12", for those who follow its mails.
        context: for the templates, which also get `person` and `site_url`.
        calendar, calendar_method: an RFC 5545 object to send along, and its METHOD (RFC 5546).
        stops: what the reader may turn off from the mail itself: a Notification.Kind, or the Cadence of
            a digest. Both ways to that stand at the foot of the mail: `stop_url` and `wishes_url`.
        picture: the name in the storage of a PNG that the HTML shows as "cid:picture".
        reply_to: the address of who reads what people answer to the mail itself.
        of_use_until: when there is no sense in sending it any more, where a worker or a mail server was down.
    """
    context = {
        "person": to,
        "site_url": settings.SITE_URL,
        "municipality": settings.MUNICIPALITY,
        "stop_url": address_to_stop(to, stops) if stops else "",
        "wishes_url": settings.SITE_URL + reverse("accounts:wishes"),
        **(context or {}),
    }
    with translation.override(to.language):
        subject = " ".join(render_to_string(f"emails/{event}.subject.txt", context).split())
        text = render_to_string(f"emails/{event}.txt", context)
        text += render_to_string("emails/parts/stop.txt", context) if stops else ""
        try:
            html = render_to_string(f"emails/{event}.html", context)
        except TemplateDoesNotExist:
            html = ""
    return Mail(
        key=key,
        event=event,
        about=about,
        to=to,
        subject=subject[:250],
        text=text,
        html=html,
        calendar=calendar,
        calendar_method=calendar_method,
        stops=stops,
        picture=picture,
        reply_to=reply_to,
        of_use_until=of_use_until,
    )


def composer_of(event, *, stops="", **context):
    """What `notify` takes as the mail about a thing: `event` with this `context`, for each person."""
    return lambda person, key: compose(event, to=person, key=key, context=context, stops=stops)


@task(priority=MAIL)
def deliver(*mail_ids):
    """Send queued mails. Each is claimed by a conditional update, so two workers never send it twice. Those
    that have waited until they are of no use are let go.

    Once the mail server has not answered, the rest get a task of their own: what is urgent comes between.
    """
    Mail.objects.of_no_use().filter(pk__in=mail_ids).let_go()
    mails = Mail.objects.waiting().select_related("to").in_bulk(mail_ids)
    for place, mail_id in enumerate(mail_ids, start=1):
        mail = mails.get(UUID(mail_id))
        if mail and _claim(mail) and not _send(mail) and mail_ids[place:]:
            deliver.enqueue(*mail_ids[place:])
            return


def _claim(mail):
    """Mark a waiting mail as being sent; returns whether it was there to take."""
    mail.state, mail.claimed_at, mail.attempts = Mail.State.SENDING, timezone.now(), mail.attempts + 1
    waiting = Mail.objects.waiting().filter(pk=mail.pk, attempts=mail.attempts - 1)
    return waiting.update(state=mail.state, claimed_at=mail.claimed_at, attempts=mail.attempts)


def _send(mail):
    """Send a claimed mail, and write what came of it; returns whether the mail server could be talked to."""
    try:
        as_message(mail).send()
    except (SMTPException, OSError) as error:
        _try_later(mail, error)
        return False
    except ValueError as error:
        # An address or a header that no mail can have (Django's BadHeaderError, UnicodeError): it will
        # not have become another by the next attempt.
        _give_up(mail, error)
    else:
        mail.state, mail.sent_at, mail.last_error = Mail.State.SENT, timezone.now(), ""
        mail.save(update_fields=["state", "sent_at", "last_error"])
    return True


@transaction.atomic
def _try_later(mail, error):
    if mail.attempts > len(RETRY_MINUTES):
        _give_up(mail, error)
        return
    mail.state, mail.last_error = Mail.State.QUEUED, str(error)[:250]
    mail.save(update_fields=["state", "last_error"])
    wait = timedelta(minutes=RETRY_MINUTES[mail.attempts - 1])
    deliver.using(run_after=timezone.now() + wait).enqueue(str(mail.pk))


def _give_up(mail, error):
    mail.state, mail.last_error = Mail.State.FAILED, str(error)[:250]
    mail.save(update_fields=["state", "last_error"])


def requeue_stranded():
    """Queue mails again whose sending was cut off, or whose task was lost. Returns how many.

    Their Message-ID stays the same, so a mail server that had taken one already can tell. One that was
    cut off at every attempt is given up, like one that was refused at every attempt.
    """
    before = timezone.now() - STRANDED_AFTER
    cut_off = Mail.objects.filter(state=Mail.State.SENDING, claimed_at__lt=before)
    spent = cut_off.filter(attempts__gt=len(RETRY_MINUTES))
    spent.update(state=Mail.State.FAILED, last_error="Cut off at every attempt.")
    again = {str(pk) for pk in cut_off.values_list("pk", flat=True)}
    cut_off.update(state=Mail.State.QUEUED)
    waiting = Mail.objects.waiting().filter(queued_at__lt=before)
    lost = again | {str(pk) for pk in waiting.values_list("pk", flat=True)}
    lost -= _with_a_task() if lost else set()
    _see_delivered(Mail.objects.filter(pk__in=lost))
    return len(lost)


def _with_a_task():
    """The ids of the mails that a task is to send, or is sending."""
    tasks = DBTaskResult.objects.filter(
        task_path=deliver.module_path, status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING]
    )
    return {mail_id for given in tasks.values_list("args_kwargs", flat=True) for mail_id in given["args"]}


def as_message(mail):
    """Return the Django message of a Mail: text, HTML and calendar parts."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    headers = {
        "Message-ID": f"<{mail.pk}@{domain}>",
        # RFC 3834, section 5: nobody's "I am away" is an answer to it.
        "Auto-Submitted": "auto-generated",
    }
    if mail.stops:
        # RFC 8058: the mail program sends a POST there when its reader presses "unsubscribe".
        headers["List-Unsubscribe"] = f"<{address_to_stop(mail.to, mail.stops)}>"
        headers["List-Unsubscribe-Post"] = ONE_CLICK
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        to=[mail.to.email],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers=headers,
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    if mail.calendar:
        # RFC 6047, section 2.4: the method stands in the content type too.
        message.attach_alternative(mail.calendar, f"text/calendar; method={mail.calendar_method}")
    if mail.picture and default_storage.exists(mail.picture):
        message.mixed_subtype = "related"  # RFC 2387: it belongs to the HTML beside it
        message.attach(_inline(mail.picture))
    return message


def _inline(name):
    with default_storage.open(name, "rb") as file:
        picture = MIMEImage(file.read(), "png")
    picture.add_header("Content-ID", "<picture>")  # RFC 2392
    picture.add_header("Content-Disposition", "inline", filename="diagram.png")
    return picture
