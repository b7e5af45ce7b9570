"""Catering: what people need to eat and to take part; told by themselves, read by the organisers, counted
for the caterer, and erased.

Nothing here is logged: that somebody has a need at all is theirs (GDPR, article 9).
"""

from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.refusals import Refusal
from forums.models import Access, Diet, Needs, Registration
from forums.sealing import seal, seal_anew, unseal

Mode = Registration.Mode


class NeedsNotAsked(Refusal):
    message = _("Needs can be told by those who have a place in the room, until the forum is over.")


@dataclass(frozen=True)
class Told:
    """What one person has told: lists of values of Diet and Access, and words beside each."""

    diet: tuple[str, ...] = ()
    diet_words: str = ""
    access: tuple[str, ...] = ()
    access_words: str = ""

    def __bool__(self):
        return any((self.diet, self.diet_words, self.access, self.access_words))

    @property
    def diet_texts(self):
        return [*(str(Diet(value).label) for value in self.diet), *filter(None, [self.diet_words])]

    @property
    def access_texts(self):
        return [*(str(Access(value).label) for value in self.access), *filter(None, [self.access_words])]


@transaction.atomic
def tell_needs(registration, *, by, diet=(), diet_words="", access=(), access_words=""):
    """Keep what `by`, whose registration it is, needs; instead of what they told before, nothing for none.

    What the forum does not ask for is not kept.

    Raises:
        NeedsNotAsked.
    """
    answer = (
        Registration.objects.select_for_update(of=("self",)).select_related("forum").get(pk=registration.pk)
    )
    forum = answer.forum
    if answer.person_id != by.pk or not answer.asks_needs:
        raise NeedsNotAsked
    told = Told(diet=tuple(diet), diet_words=diet_words, access=tuple(access), access_words=access_words)
    _keep(answer.pk, _asked_of(forum, told))


def _asked_of(forum, told):
    """That part of `told` that the forum asks for."""
    diet = {"diet": told.diet, "diet_words": told.diet_words} if forum.asks_diet else {}
    access = {"access": told.access, "access_words": told.access_words} if forum.asks_access else {}
    return Told(**diet, **access)


def _keep(registration_id, told):
    """Keep what somebody told instead of what was kept of them before; nothing for none."""
    if not told:
        Needs.objects.filter(registration=registration_id).delete()
        return
    sealed = {"sealed": seal(vars(told)), "told_at": timezone.now()}
    Needs.objects.update_or_create(registration_id=registration_id, defaults=sealed)


def needs_of(registration):
    """What the registration's person has told, as Told; empty where nothing is, or can be, read."""
    needs = Needs.objects.filter(registration=registration).first()
    return _read(needs) or Told() if needs else Told()


def needs_at(forum):
    """Pairs of (Registration, Told, or None where it cannot be opened) of those registered, by name.

    For organisers only (`permissions.may_read_needs`).
    """
    needs = Needs.objects.filter(registration__in=forum.registrations.registered())
    needs = needs.select_related("registration__person", "registration__table")
    rows = needs.order_by("registration__person__sort_name", "registration__person_id")
    return [(row.registration, _read(row)) for row in rows]


def with_access_needs(forum):
    """The ids of the registrations whose people need something in the room. For seating."""
    return {answer.pk for answer, told in needs_at(forum) if told and (told.access or told.access_words)}


@dataclass(frozen=True)
class Order:
    """What a caterer is told: numbers and words, no names.

    Attributes:
        portions: how many people are registered in the room.
        plates: triples of (labels of Diet, words that people wrote beside them, number), one for each
            combination that somebody needs, the most frequent first. Who needs two things is one plate.
        unread: how many people's needs no key of ours opens.
    """

    portions: int
    plates: list
    unread: int

    @property
    def special(self):
        """How many plates are special."""
        return sum(number for *_plate, number in self.plates)

    @property
    def usual(self):
        """How many people have asked for no special food."""
        return self.portions - self.special - self.unread


def order_for(forum):
    """The Order of a forum: everybody registered in the room by now."""
    rows = [told for answer, told in needs_at(forum) if answer.mode == Mode.ON_SITE]
    plates = Counter(_plate_of(told) for told in rows if told and (told.diet or told.diet_words))
    in_order = sorted(plates.items(), key=lambda plate: (-plate[1], *_place_of(*plate[0])))
    return Order(
        portions=forum.registrations.registered().filter(mode=Mode.ON_SITE).count(),
        plates=[([diet.label for diet in diets], words, number) for (diets, words), number in in_order],
        unread=sum(told is None for told in rows),
    )


def _plate_of(told):
    """What is cooked for somebody, the same for all who need the same."""
    return tuple(diet for diet in Diet if diet in told.diet), " ".join(told.diet_words.split())


def _place_of(diets, words):
    order = list(Diet)
    return [order.index(diet) for diet in diets], words.casefold()


def erase_what_is_not_asked(forum):
    """Erase what people told while the forum asked for more than it does. What no key of ours opens is of no
    use, and goes where nothing is asked any more."""
    for needs in Needs.objects.filter(registration__forum=forum):
        told = _read(needs)
        if not (forum.asks_diet or forum.asks_access):
            needs.delete()
        elif told:
            _keep(needs.registration_id, _asked_of(forum, told))


def erase_needs():
    """Erase the needs that are due to go; returns how many there were."""
    return Needs.objects.due_to_go().delete()[0]


def seal_needs_anew():
    """Seal every row with the first of the keys, so that older ones can be thrown away.

    Returns:
        (how many were sealed anew, how many no key of ours opens; those stay as they are).
    """
    done = lost = 0
    for needs in Needs.objects.order_by("pk").iterator():
        token = seal_anew(needs.sealed)
        if token is None:
            lost += 1
        else:
            # Only what was read is written over: its person may have told something else meanwhile.
            done += Needs.objects.filter(pk=needs.pk, sealed=needs.sealed).update(sealed=token)
    return done, lost


def _read(needs):
    content = unseal(needs.sealed)
    if content is None:
        return None
    return Told(**content | {name: tuple(content[name]) for name in ("diet", "access")})
