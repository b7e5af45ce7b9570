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
    message, field = gettext_lazy("Somebody else has to stand in for you."), "stand_in"


class StandInNotInService(Refusal):
    message, field = gettext_lazy("Your stand-in has to be somebody who holds a post today."), "stand_in"


class AlreadyAway(Refusal):
    message, field = (
        gettext_lazy("You have already said that you are away on one of these days."),
        "starts_on",
    )


@transaction.atomic
def announce_absence(person, *, stand_in, starts_on, ends_on, by):
    """Say that `person` is away from `starts_on` to and including `ends_on` (dates), and who is asked
    to review beside them on those days. The same said twice (a double click) is said once.

    Raises:
        StandsInForOneself, StandInNotInService.
        AlreadyAway: another absence of the person has days in common with this one.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    if stand_in == person:
        raise StandsInForOneself
    if not Person.objects.in_service().filter(pk=stand_in.pk).exists():
        raise StandInNotInService
    told = {"stand_in": stand_in, "starts_on": starts_on, "ends_on": ends_on}
    if same := person.absences.filter(**told).first():
        return same
    if person.absences.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise AlreadyAway
    absence = person.absences.create(**told)
    record("absence.announced", about=absence, by=by, start=str(starts_on), end=str(ends_on))
    notify(
        [stand_in], key=f"absence:{absence.pk}", text=lambda: _told(absence), url=reverse("portal:my_page")
    )
    return absence


@transaction.atomic
def end_absence(absence, *, by):
    """Take an absence back: from now on its stand-in is no longer asked. Twice is as once."""
    absence = Absence.objects.select_for_update().filter(pk=absence.pk).first()
    if absence:
        record("absence.ended", about=absence, by=by)
        absence.delete()


def _told(absence):
    return _("You stand in for %(name)s from %(start)s to %(end)s") % {
        "name": absence.person,
        "start": date_format(absence.starts_on, "j F"),
        "end": date_format(absence.ends_on, "j F"),
    }
