"""Keys that open one thing to one person without sign-in: a calendar, a feed."""

import uuid

from django.conf import settings
from django.core.signing import Signer
from django.db import models
from django.utils.translation import gettext_lazy as _


class PersonalKey(models.Model):
    """One person's key to one kind of thing. Its `token` stands in an address; the row alone does not
    tell it, since it is signed. A new `number` makes every earlier address worthless."""

    class Purpose(models.TextChoices):
        CALENDAR = "calendar", _("calendar")
        FEED = "feed", _("news feed")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="keys")
    purpose = models.CharField(max_length=10, choices=Purpose)
    number = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("personal key")
        verbose_name_plural = _("personal keys")
        constraints = [
            models.UniqueConstraint(fields=["person", "purpose"], name="a_person_has_one_key_to_a_thing")
        ]

    def __str__(self):
        return f"{self.person}: {self.get_purpose_display()}"

    @property
    def token(self):
        """What stands in the address: letters, digits, "-", "_" and ":"."""
        return signer_for(self.purpose).sign(self.number.hex)


def signer_for(purpose):
    """The signer of tokens for `purpose`: a token for one thing opens no other."""
    return Signer(salt=f"samspel.key.{purpose}")
