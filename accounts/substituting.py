"""Being away, and naming somebody who stands in."""

from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Absence, Person
from accounts.notifying import notify
from accounts.recording import record
from accounts.refusals import Refusal


class StandsInForOneself(Refusal):
    message, field = gettext_lazy("Nobody can stand in for themselves."), "stand_in"


class NamesOneself(Refusal):
    message, field = (
        gettext_lazy("Name somebody else than yourself: nobody takes over another's reviews on their own."),
        "stand_in",
    )


class StandInNotInService(Refusal):
    message, field = gettext_lazy("The stand-in has to be somebody who holds a post today."), "stand_in"


class AlreadyAway(Refusal):
    message, field = (
        gettext_lazy("An absence is already told of for one of these days."),
        "starts_on",
    )


@transaction.atomic
def announce_absence(person, *, stand_in, starts_on, ends_on, by):
    """Say that `person` is away from `starts_on` to and including `ends_on` (dates), and who is asked
    to review beside them on those days. The same said twice (a double click) is said once.

    The stand-in hears of it, and the person too where `by` is somebody else.

    Raises:
        StandsInForOneself, NamesOneself, StandInNotInService.
        AlreadyAway: another absence of the person has days in common with this one.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    if stand_in == person:
        raise StandsInForOneself
    if stand_in == by:
        raise NamesOneself
    if not Person.objects.in_service().filter(pk=stand_in.pk).exists():
        raise StandInNotInService
    told = {"stand_in": stand_in, "starts_on": starts_on, "ends_on": ends_on}
    if same := person.absences.filter(**told).first():
        return same
    if person.absences.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise AlreadyAway
    absence = person.absences.create(**told)
    record("absence.announced", about=absence, by=by, start=str(starts_on), end=str(ends_on))
    url = reverse("accounts:absences")
    notify([stand_in], key=f"absence:{absence.pk}", text=lambda: _told(absence), url=url)
    if by != person:
        key = f"absence:{absence.pk}:by-another"
        notify([person], key=key, text=lambda: _told_by_another(absence, by), url=url)
    return absence


@transaction.atomic
def end_absence(absence, *, by):
    """Take an absence back: from now on its stand-in is no longer asked, and hears of that; so does the
    person where `by` is somebody else. Twice is as once."""
    absence = Absence.objects.select_for_update().filter(pk=absence.pk).first()
    if absence:
        record("absence.ended", about=absence, by=by)
        key, url = f"absence:{absence.pk}:ended", reverse("accounts:absences")
        notify([absence.stand_in], key=key, text=lambda: _told_of_end(absence), url=url)
        if by != absence.person:
            notify([absence.person], key=key, text=lambda: _told_of_end_by_another(absence, by), url=url)
        absence.delete()


def _told(absence):
    return _("You stand in for %(name)s from %(start)s to %(end)s") % _facts(absence)


def _told_by_another(absence, by):
    told = _(
        "%(by)s has noted that you are away from %(start)s to %(end)s, and that %(stand_in)s stands in"
        " for you"
    )
    return told % {"by": by, **_facts(absence)}


def _told_of_end(absence):
    return _("You no longer stand in for %(name)s from %(start)s to %(end)s") % _facts(absence)


def _told_of_end_by_another(absence, by):
    return _("%(by)s has taken back your absence from %(start)s to %(end)s") % {"by": by, **_facts(absence)}


def _facts(absence):
    return {
        "name": absence.person,
        "stand_in": absence.stand_in,
        "start": date_format(absence.starts_on, "j F"),
        "end": date_format(absence.ends_on, "j F"),
    }
