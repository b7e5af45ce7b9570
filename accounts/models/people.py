"""The people of the municipality, who are also its sign-in accounts."""

import re

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .assignments import Assignment
from .reach import Away, Reach, reach_of
from .units import Unit

WORD = re.compile(r"[^\W_]+")
# More words than this in a question only slow it down.
MOST_WORDS = 6
# å, ä and ö are letters of their own, last in the alphabet. Spelt with plain letters they sort
# so on every database, whatever its collation.
SWEDISH_ORDER = str.maketrans({"å": "zzza", "ä": "zzzb", "ö": "zzzc", "é": "e", "ü": "y"})


def swedish_sort_key(text: str) -> str:
    """Return `text` spelt so that plain byte order is Swedish alphabetical order."""
    return text.casefold().translate(SWEDISH_ORDER)


class PersonQuerySet(models.QuerySet):
    def in_service(self, on=None):
        """People who hold at least one assignment on the day `on` (a date; today if not given)."""
        return self.filter(
            models.Exists(Assignment.objects.current(on).filter(person=models.OuterRef("pk"))), is_active=True
        )

    def with_sort_name(self, names):
        """People whose `sort_name` is one of these."""
        return self.filter(sort_name__in=names)

    def on_side(self, side, on=None):
        """People who hold a post on this Side on the day `on` (a date; today if not given)."""
        posts = Assignment.objects.current(on).filter(side=side)
        return self.filter(pk__in=posts.values("person_id"))

    def leading(self, unit):
        """Those who lead the unit today or, where none of these people does, the nearest unit above that
        one of them leads."""
        while unit is not None:
            posts = Assignment.objects.current().leading().filter(unit=unit, person__is_active=True)
            found = self.filter(pk__in=posts.values("person_id"))
            if found.exists():
                return found
            unit = unit.parent
        return self.none()

    def visible_to(self, user):
        """The people `user` may look up: everyone in service, for those who are so themselves."""
        return self.in_service() if reach_of(user).in_service else self.none()

    def in_audience(self, audience, on=None):
        """The people whom `audience` means, by the assignments of the day `on`."""
        return self.filter(is_active=True, pk__in=audience.assignments(on).values("person_id"))

    def holding(self, role, unit_id):
        """People who hold `role` today for the unit with this id, or for one above it."""
        covering = models.Q(role_grants__unit=None) | models.Q(
            role_grants__unit__in=Unit.objects.around(unit_id)
        )
        posts = Assignment.objects.current().filter(covering, role_grants__role=role)
        return self.filter(is_active=True, pk__in=posts.values("person_id"))

    def named(self, text):
        """People whose name, current title or unit holds every word of `text`; all where it holds none.

        Upper and lower case are the same letter; å, ä and ö are not a and o.
        """
        found = self
        for word in WORD.findall(text)[:MOST_WORDS]:
            # A pattern, since SQLite's LIKE knows only the case of a to z. `word` is letters and digits.
            post = models.Q(title__iregex=word) | models.Q(unit__name__iregex=word)
            posts = Assignment.objects.current().filter(post)
            found = found.filter(
                models.Q(given_name__iregex=word)
                | models.Q(family_name__iregex=word)
                | models.Q(pk__in=posts.values("person_id"))
            )
        return found

    def with_assignments(self):
        """Prefetch each person's current assignments and their units as `current_assignments`."""
        current = Assignment.objects.current().select_related("unit").order_by("-is_manager", "starts_on")
        return self.prefetch_related(
            models.Prefetch("assignments", queryset=current, to_attr="current_assignments")
        )


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):
    def create_user(self, email, password=None, **fields):
        person = self.model(email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class Person(AbstractBaseUser):
    """Somebody who works for, or is elected to, the municipality.

    What a person may do and see follows from current assignments and the roles granted on them
    (`reach`); the account itself carries no power but `is_active`.
    """

    email = models.EmailField(_("e-mail address"), unique=True)
    given_name = models.CharField(_("given name"), max_length=80)
    family_name = models.CharField(_("family name"), max_length=80)
    sort_name = models.CharField(max_length=400, editable=False, db_index=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(
        _("language"), max_length=2, default="sv", choices=[("sv", "Svenska"), ("en", "English")]
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["given_name", "family_name"]

    class Meta:
        ordering = ["sort_name", "pk"]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self):
        return self.full_name

    def save(self, *args, **kwargs):
        self.email = self.email.lower()
        self.sort_name = swedish_sort_key(f"{self.family_name} {self.given_name}")
        update_fields, is_new = kwargs.get("update_fields"), self._state.adding
        if update_fields:
            kwargs["update_fields"] = {*update_fields, "sort_name"}
        super().save(*args, **kwargs)
        if not is_new and (update_fields is None or "email" in update_fields):
            # allauth has a list of its own, and lets in by any address in it: only this one is to do.
            self.emailaddress_set.exclude(email=self.email).delete()

    def get_absolute_url(self):
        return reverse("accounts:person", args=[self.pk])

    @property
    def full_name(self):
        return f"{self.given_name} {self.family_name}".strip()

    def get_full_name(self):
        return self.full_name

    def get_short_name(self):
        return self.given_name

    @cached_property
    def reach(self):
        """What this person's assignments and roles open today; one query, kept for the request."""
        return Reach.of(self)

    @cached_property
    def away(self):
        """Those in service (each an Away) whom this person stands in for today; one query for all of them,
        none where there are none, kept for the request."""
        reaches = Reach.of_each(self.reach.stands_in_for)
        return [Away(pk, reach) for pk, reach in reaches.items() if reach.in_service]

    # Django's back office asks these. It is for administrators, whose power is a role like any other.

    @property
    def is_staff(self):
        return self.reach.is_administrator

    def has_perm(self, perm, obj=None):
        return self.is_active and self.reach.is_administrator

    def has_perms(self, perm_list, obj=None):
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label):
        return self.is_active and self.reach.is_administrator
