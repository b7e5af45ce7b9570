"""Who was invited to what."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .registrations import Registration


class InvitationQuerySet(models.QuerySet):
    def standing(self):
        """Invitations not answered with a no nor by sending a deputy: these people keep the forum in
        their calendars."""
        refused = Registration.objects.filter(
            forum=models.OuterRef("forum"),
            person=models.OuterRef("person"),
            state__in=Registration.AWAY,
        )
        return self.filter(~models.Exists(refused))

    def unanswered(self):
        answered = Registration.objects.filter(
            forum=models.OuterRef("forum"), person=models.OuterRef("person")
        )
        return self.filter(~models.Exists(answered))

    def by_name(self):
        return self.order_by("person__sort_name", "person_id")


class Invitation(models.Model):
    """One person invited to one forum. The answer is a Registration."""

    forum = models.ForeignKey("forums.Forum", models.CASCADE, related_name="invitations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitations")
    invited_at = models.DateTimeField(auto_now_add=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [models.UniqueConstraint(fields=["forum", "person"], name="a_person_is_invited_once")]

    def __str__(self):
        return f"{self.person} – {self.forum}"
