"""People named one by one, beside a forum's audience."""

import uuid

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.utils.translation import gettext_lazy as _

SIGNER = Signer(salt="samspel.guest")


class NamedPersonQuerySet(models.QuerySet):
    def of(self, person):
        return self.filter(person=person)

    def also(self):
        return self.filter(kind=NamedPerson.Kind.ALSO)

    def left_out(self):
        return self.filter(kind=NamedPerson.Kind.LEFT_OUT)

    def guests(self):
        return self.filter(kind=NamedPerson.Kind.GUEST)

    def holding_token(self, token):
        """The guest to whom a personal link belongs; nobody where the link is not one of ours."""
        try:
            return self.guests().filter(key=uuid.UUID(SIGNER.unsign(token)))
        except (BadSignature, ValueError):
            return self.none()


class NamedPerson(models.Model):
    """Somebody whom the organiser has named: invited beside the audience, left out of it, or a guest
    from outside, who has neither a post nor a way to sign in and answers by a link of their own."""

    class Kind(models.TextChoices):
        ALSO = "also", _("also invited")
        LEFT_OUT = "left_out", _("not invited")
        GUEST = "guest", _("guest")

    forum = models.ForeignKey("forums.Forum", models.CASCADE, related_name="named")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="named_at")
    kind = models.CharField(max_length=10, choices=Kind)
    # A guest's link holds this, signed; another key makes every earlier link worthless.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    named_at = models.DateTimeField(auto_now_add=True)

    objects = NamedPersonQuerySet.as_manager()

    class Meta:
        ordering = ["person__sort_name", "pk"]
        verbose_name = _("named person")
        verbose_name_plural = _("named people")
        constraints = [
            models.UniqueConstraint(fields=["forum", "person"], name="a_person_is_named_once_at_a_forum")
        ]

    def __str__(self):
        return f"{self.person} – {self.get_kind_display()}"

    @property
    def is_guest(self):
        return self.kind == self.Kind.GUEST

    @property
    def token(self):
        """What stands in a guest's link."""
        return SIGNER.sign(self.key.hex)
