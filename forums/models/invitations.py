"""Who was invited to what."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Invitation(models.Model):
    """One person invited to one forum. The answer is a Registration."""

    forum = models.ForeignKey("forums.Forum", models.CASCADE, related_name="invitations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitations")
    invited_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [models.UniqueConstraint(fields=["forum", "person"], name="a_person_is_invited_once")]

    def __str__(self):
        return f"{self.person} – {self.forum}"
