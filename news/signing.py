"""Letting somebody else sign a text off, where a leader of the group work no longer can."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.recording import record
from accounts.refusals import Refusal
from news.asking import sign_off_of
from news.models import Signatory


class CannotSign(Refusal):
    message = _(
        "This person can’t sign it off. It has to be somebody else than you, on the same side, who has not "
        "written in the text and does not sign it off already."
    )


class StillSigns(Refusal):
    message = _("Whoever was to sign it off can do so, and is asked.")


def could_sign(version, signatory, person, *, by):
    """Whether `person` could sign a version off instead of one of its signatories, if `by` says so: nobody
    chooses themselves, and the side stays the same."""
    speaking = Person.objects.in_service()
    if signatory.side:
        speaking = speaking.on_side(signatory.side)
    able = speaking.exclude(versions_with_own_words=version).exclude(articles_to_sign=version.article_id)
    return person != by and able.filter(pk=person.pk).exists()


@transaction.atomic
def sign_instead(signatory, person, *, version, by):
    """Let `person` sign this version and those after it off, for the same side, instead of a signatory who
    can do so no more.

    Raises:
        StillSigns: the signatory can, by their post today.
        CannotSign: `person` could not, or is `by`.
    """
    signatory = Signatory.objects.select_for_update().get(pk=signatory.pk)
    if not sign_off_of(signatory, version).has_lost_its_reviewer:
        raise StillSigns
    if not could_sign(version, signatory, person, by=by):
        raise CannotSign
    before, signatory.person = signatory.person_id, person
    signatory.save(update_fields=["person"])
    record(
        "signatory.replaced",
        about=version.article,
        by=by,
        before={"signatory": before},
        after={"signatory": person.pk},
    )
    return signatory
