"""What the portal tells somebody about, and how each person wishes to hear of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Cadence(models.TextChoices):
    """When something is told by mail."""

    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("every day")
    WEEKLY = "weekly", _("every week")
    NEVER = "never", pgettext_lazy("how often", "never")


# What is gathered in one mail.
GATHERED = (Cadence.DAILY, Cadence.WEEKLY)


class NotificationQuerySet(models.QuerySet):
    def shown(self):
        """Those that their person finds in the portal."""
        return self.filter(in_portal=True, is_withheld=False)

    def unread(self):
        return self.shown().filter(read_at=None)

    def about(self, thing):
        """Those about `thing`, "article:12"."""
        return self.filter(about=thing)

    def waiting(self):
        """Those that are still to be told by mail, in a digest."""
        return self.filter(mail_settled_at=None, by_mail__in=GATHERED)

    def due(self, cadence, moment):
        """Those that the digest of this Cadence, due at `moment` (an aware datetime), is to tell."""
        return self.waiting().filter(by_mail=cadence, created_at__lt=moment, is_withheld=False)

    def withheld(self):
        """Those about what their person may not see now."""
        return self.filter(is_withheld=True)

    def outlived(self, *, read_before, told_before):
        """What was read before one moment, or told before another whether it was read or not."""
        return self.filter(models.Q(read_at__lt=read_before) | models.Q(created_at__lt=told_before))


class Notification(models.Model):
    """One thing told to one person once. `text` is in the person's own language."""

    class Kind(models.TextChoices):
        MUST_READ = "must_read", _("what you must read")
        NEWS = "news", _("news meant for you")
        SUMMARY = "summary", _("forum summaries meant for you")
        TOOK_PART = "took_part", _("summaries of forums that you took part in")
        BLOG = "blog", _("blog posts meant for you")
        PAGE = "page", _("new and changed pages meant for you")
        REVIEW = "review", _("texts that wait for your review")
        DESK = "desk", _("what becomes of texts that you write or own")
        # Forums, commitments and the like: always told, since they are between the person and somebody else.
        OTHER = "other", _("everything else")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.OTHER)
    # The thing that it is about, "article:12", where what may be told of it can change.
    about = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=250)
    url = models.CharField(max_length=250)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    in_portal = models.BooleanField(default=True)
    by_mail = models.CharField(max_length=10, choices=Cadence, default=Cadence.NEVER)
    # While its person may not see what it is about (docs/decisions/0570); how it is told stays as it was.
    is_withheld = models.BooleanField(default=False)
    # When it was told by mail, or found to be no news any more.
    mail_settled_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="a_person_is_told_a_thing_once")
        ]
        indexes = [
            models.Index(
                fields=["by_mail", "created_at"],
                condition=models.Q(mail_settled_at=None, by_mail__in=["daily", "weekly"]),
                name="notifications_for_a_digest",
            ),
            models.Index(fields=["about"], condition=~models.Q(about=""), name="notifications_about"),
            models.Index(
                fields=["about"], condition=models.Q(is_withheld=True), name="notifications_withheld"
            ),
        ]

    def __str__(self):
        return self.text


Kind = Notification.Kind

# How one hears of each kind who has not said otherwise: in the portal or not, and when by mail.
UNSAID = {
    Kind.MUST_READ: (True, Cadence.AT_ONCE),
    Kind.NEWS: (True, Cadence.WEEKLY),
    Kind.SUMMARY: (True, Cadence.WEEKLY),
    Kind.TOOK_PART: (True, Cadence.AT_ONCE),
    Kind.BLOG: (False, Cadence.NEVER),
    Kind.PAGE: (False, Cadence.NEVER),
    Kind.REVIEW: (True, Cadence.AT_ONCE),
    Kind.DESK: (True, Cadence.AT_ONCE),
    Kind.OTHER: (True, Cadence.AT_ONCE),
}
# What one may say something of; and what stays in the portal whatever one says, since it asks for an answer.
CHOOSABLE = [kind for kind in Kind if kind != Kind.OTHER]
ALWAYS_IN_PORTAL = {Kind.MUST_READ, Kind.REVIEW, Kind.OTHER}


class WishQuerySet(models.QuerySet):
    def about_kind(self, kind, people):
        """{id of a person: (in portal, Cadence)} for those of `people` who have said how they wish to hear
        of this kind. One query."""
        said = self.filter(kind=kind, person__in=people).values_list("person_id", "in_portal", "by_mail")
        return {person: (in_portal, Cadence(by_mail)) for person, in_portal, by_mail in said}


class Wish(models.Model):
    """How one person wishes to hear of one kind of thing, where they have said so."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="wishes")
    kind = models.CharField(max_length=10, choices=Kind)
    in_portal = models.BooleanField(default=True)
    by_mail = models.CharField(max_length=10, choices=Cadence)

    objects = WishQuerySet.as_manager()

    class Meta:
        verbose_name = _("wish for notifications")
        verbose_name_plural = _("wishes for notifications")
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="a_person_wishes_one_thing_of_a_kind")
        ]

    def __str__(self):
        return f"{self.person}: {self.get_kind_display()}"
