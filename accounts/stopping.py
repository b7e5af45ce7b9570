"""Stopping mail from the mail itself, without sign-in (RFC 8058).

The address is signed, and good for as long as the mail is kept. All that it can do is to turn off one
kind of mail to one person, who can turn it on again; so it may live in a forwarded mail.
"""

from django.conf import settings
from django.core.signing import BadSignature
from django.urls import reverse

from accounts.models import CHOOSABLE, GATHERED, Person, signer_for

# What a mail program sends when its reader presses "unsubscribe" (RFC 8058, section 3.1).
ONE_CLICK = "List-Unsubscribe=One-Click"

_signer = signer_for("stop")


def address_to_stop(person, what):
    """The whole address at which `person` stops `what`: a Notification.Kind, or the Cadence of a digest."""
    return settings.SITE_URL + reverse("accounts:stop", args=[_signer.sign(f"{person.pk}.{what}")])


def stopped_at(token):
    """Return (person, what) for the token of such an address; None for what is none."""
    try:
        person_id, what = _signer.unsign(token).split(".")
    except BadSignature:
        return None
    person = Person.objects.filter(pk=person_id).first()
    if person is None or what not in {*CHOOSABLE, *GATHERED}:
        return None
    return person, what
