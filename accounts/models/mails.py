"""Mail waiting to go out, and mail that went."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MailQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=Mail.State.QUEUED)

    def about(self, thing):
        """Mails about `thing`, "forum:12"."""
        return self.filter(about=thing)

    def of_no_use(self):
        """Mails that wait though the time is past in which they make sense."""
        return self.waiting().filter(of_use_until__lte=timezone.now())

    def let_go(self):
        """Let those that wait wait no longer, and never go out; returns how many."""
        return self.waiting().update(state=Mail.State.LET_GO)

    def may_have_arrived(self):
        """Mails that have gone out, or that a mail server may have taken before it was cut off."""
        return self.exclude(state__in=[Mail.State.QUEUED, Mail.State.LET_GO])

    def failed(self):
        return self.filter(state=Mail.State.FAILED)

    def latest_to(self, people_ids):
        """{id of a person: their latest Mail}, without the words. One query."""
        found = self.filter(to__in=people_ids).order_by("queued_at")
        return {mail.to_id: mail for mail in found.only("event", "state", "queued_at", "sent_at", "to_id")}


class Mail(models.Model):
    """One mail to one person, written in the transaction that it tells of.

    `key` says what it is about ("invitation:12:345"): the same thing is never told twice.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        LET_GO = "let_go", _("no longer of use")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=120, unique=True)
    event = models.CharField(max_length=60, db_index=True)
    # The thing that it is about, "forum:12"; empty for what concerns one person's account.
    about = models.CharField(max_length=40, blank=True)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mails")
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True)
    calendar_method = models.CharField(max_length=10, blank=True)
    # Who reads what people answer to the mail itself; empty where it is the portal's own address.
    reply_to = models.EmailField(blank=True)
    # A PNG in the storage that the HTML shows as "cid:picture".
    picture = models.CharField(max_length=120, blank=True)
    # What its reader may turn off without sign-in: a Notification.Kind, or the Cadence of a digest.
    stops = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=250, blank=True)
    # From then on there is no sense in sending it.
    of_use_until = models.DateTimeField(null=True, blank=True)
    queued_at = models.DateTimeField(auto_now_add=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-queued_at"]
        verbose_name = _("mail")
        verbose_name_plural = _("mail")
        indexes = [models.Index(fields=["state", "queued_at"]), models.Index(fields=["about", "to"])]

    def __str__(self):
        return f"{self.event} → {self.to}"
