"""Mail: written in the transaction of what it tells of, sent after it, once.

Each event has its own function in the app that it belongs to; all of them come through
`queue_mail`. The task row lands in the same transaction as the mail, so neither can be there
without the other, and a worker that is down only delays what is already decided.
"""

from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django_tasks import task

from accounts.models import Mail

# Minutes to wait after the first, second, ... failed attempt: given up after about a day.
RETRY_MINUTES = (1, 5, 15, 60, 180, 360, 720)
# A mail still being sent after this long was interrupted, by a restart for instance.
STRANDED_AFTER = timedelta(hours=1)


def queue_mail(event, *, to, key, **written):
    """Write the mail `event` for one person and queue it, as `compose` says it.

    Returns:
        The new Mail, or None where this was told before.
    """
    mail = compose(event, to=to, key=key, **written)
    names = ("event", "to", "subject", "text", "html", "calendar", "calendar_method")
    queued, is_new = Mail.objects.get_or_create(
        key=key, defaults={name: getattr(mail, name) for name in names}
    )
    if not is_new:
        return None
    deliver.enqueue(str(queued.pk))
    return queued


def queue_mails(mails):
    """Queue many that `compose` has written, apart from those that were told before; returns the new ones.

    Called inside a transaction that keeps others from queueing the same.
    """
    known = set(Mail.objects.filter(key__in=[mail.key for mail in mails]).values_list("key", flat=True))
    new = Mail.objects.bulk_create(mail for mail in mails if mail.key not in known)
    for mail in new:
        deliver.enqueue(str(mail.pk))
    return new


def compose(event, *, to, key, context=None, calendar="", calendar_method=""):
    """Write the mail `event` for one person in that person's language, and return it unsaved.

    Args:
        event: names the templates emails/<event>.subject.txt, .txt and (if there is one) .html.
        to: the Person who gets it.
        key: what it is about; a second mail with the same key is not written.
        context: for the templates, which also get `person` and `site_url`.
        calendar, calendar_method: an RFC 5545 object to send along, and its METHOD (RFC 5546).
    """
    context = {
        "person": to,
        "site_url": settings.SITE_URL,
        "municipality": settings.MUNICIPALITY,
        **(context or {}),
    }
    with translation.override(to.language):
        subject = " ".join(render_to_string(f"emails/{event}.subject.txt", context).split())
        text = render_to_string(f"emails/{event}.txt", context)
        try:
            html = render_to_string(f"emails/{event}.html", context)
        except TemplateDoesNotExist:
            html = ""
    return Mail(
        key=key,
        event=event,
        to=to,
        subject=subject[:250],
        text=text,
        html=html,
        calendar=calendar,
        calendar_method=calendar_method,
    )


@task()
def deliver(mail_id):
    """Send one queued mail. Claimed by a conditional update, so two workers never send it twice."""
    claimed = Mail.objects.filter(pk=mail_id, state=Mail.State.QUEUED).update(
        state=Mail.State.SENDING, claimed_at=timezone.now(), attempts=F("attempts") + 1
    )
    if not claimed:
        return
    mail = Mail.objects.select_related("to").get(pk=mail_id)
    try:
        as_message(mail).send()
    except (SMTPException, OSError) as error:
        _try_later(mail, error)
    else:
        mail.state, mail.sent_at, mail.last_error = Mail.State.SENT, timezone.now(), ""
        mail.save(update_fields=["state", "sent_at", "last_error"])


def _try_later(mail, error):
    again = mail.attempts <= len(RETRY_MINUTES)
    mail.state = Mail.State.QUEUED if again else Mail.State.FAILED
    mail.last_error = str(error)[:250]
    mail.save(update_fields=["state", "last_error"])
    if again:
        wait = timedelta(minutes=RETRY_MINUTES[mail.attempts - 1])
        deliver.using(run_after=timezone.now() + wait).enqueue(str(mail.pk))


def requeue_stranded():
    """Queue mails again whose sending was cut off. Returns how many.

    Their Message-ID stays the same, so a mail server that had taken one already can tell.
    """
    stranded = Mail.objects.filter(state=Mail.State.SENDING, claimed_at__lt=timezone.now() - STRANDED_AFTER)
    mail_ids = [str(pk) for pk in stranded.values_list("pk", flat=True)]
    Mail.objects.filter(pk__in=mail_ids).update(state=Mail.State.QUEUED)
    for mail_id in mail_ids:
        deliver.enqueue(mail_id)
    return len(mail_ids)


def as_message(mail):
    """Return the Django message of a Mail: text, HTML and calendar parts."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    message = EmailMultiAlternatives(
        mail.subject, mail.text, to=[mail.to.email], headers={"Message-ID": f"<{mail.pk}@{domain}>"}
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    if mail.calendar:
        # RFC 6047, section 2.4: the method stands in the content type too.
        message.attach_alternative(mail.calendar, f"text/calendar; method={mail.calendar_method}")
    return message
