"""What people need to eat, and to come in, see and hear."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Diet(models.TextChoices):
    """What a kitchen asks about."""

    VEGETARIAN = "vegetarian", _("vegetarian")
    VEGAN = "vegan", _("vegan")
    NO_PORK = "no_pork", _("no pork")
    NO_FISH = "no_fish", _("no fish or shellfish")
    NO_GLUTEN = "no_gluten", _("free of gluten")
    NO_LACTOSE = "no_lactose", _("free of lactose")
    NO_MILK = "no_milk", _("free of milk protein")
    NO_EGG = "no_egg", _("free of egg")
    NO_NUTS = "no_nuts", _("free of nuts")


class Access(models.TextChoices):
    """What a room is arranged for."""

    STEP_FREE = "step_free", _("step-free access")
    HEARING_LOOP = "hearing_loop", _("hearing loop")
    INTERPRETER = "interpreter", _("sign language interpreter")
    NEAR_FRONT = "near_front", _("a seat near the front")


class NeedsQuerySet(models.QuerySet):
    def due_to_go(self, at=None):
        """Needs of forums that ended so long before `at` (now if not given) that they are to be erased,
        of forums that are called off, and of people who no longer take part in the room."""
        over = (at or timezone.now()) - timedelta(days=settings.NEEDS_KEPT_DAYS)
        past = models.Q(registration__forum__ends_at__lte=over)
        called_off = models.Q(registration__forum__state="cancelled")
        in_the_room = models.Q(
            registration__state__in=["registered", "offered", "waiting"], registration__mode="on_site"
        )
        return self.filter(past | called_off | ~in_the_room)


class Needs(models.Model):
    """The needs of one registration, sealed: nothing but `forums.catering` reads what is in it.

    So what copies rows as they stand (a backup, `dumpdata`, the back office) copies nothing to read.
    """

    registration = models.OneToOneField("forums.Registration", models.CASCADE, related_name="needs")
    # A Fernet token around JSON, see forums/sealing.py.
    sealed = models.TextField(editable=False)
    told_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = NeedsQuerySet.as_manager()

    class Meta:
        verbose_name = _("needs")
        verbose_name_plural = _("needs")

    def __str__(self):
        return f"{self.registration_id}"
