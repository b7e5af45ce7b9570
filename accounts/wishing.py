"""Wishing: how somebody says in which way, and how often, they want to hear of each kind of thing."""

from django.db import transaction

from accounts.models import ALWAYS_IN_PORTAL, CHOOSABLE, GATHERED, UNSAID, Cadence, Wish


def wishes_of(person):
    """{kind: (in portal, Cadence)} for every kind that one may say something of. One query."""
    said = {wish.kind: (wish.in_portal, Cadence(wish.by_mail)) for wish in person.wishes.all()}
    return {kind: said.get(kind, UNSAID[kind]) for kind in CHOOSABLE}


@transaction.atomic
def wish(person, wishes):
    """Note how `person` wishes to hear from now on, and let what waits for a digest follow.

    What waits and is now wished for at once comes in the next digest of the day: it has waited already.

    Args:
        wishes: {kind: (in portal, Cadence)}, for some kinds or all.
    """
    Wish.objects.bulk_create(
        [
            Wish(person=person, kind=kind, in_portal=in_portal or kind in ALWAYS_IN_PORTAL, by_mail=by_mail)
            for kind, (in_portal, by_mail) in wishes.items()
        ],
        update_conflicts=True,
        unique_fields=["person", "kind"],
        update_fields=["in_portal", "by_mail"],
    )
    for kind, (_in_portal, by_mail) in wishes.items():
        follows = by_mail if by_mail in (*GATHERED, Cadence.NEVER) else Cadence.DAILY
        person.notifications.waiting().filter(kind=kind).update(by_mail=follows)


def wish_for_no_mail(person, what):
    """Let `person` get no more mail of one kind, or none of what one digest gathers; the rest stays.

    Args:
        what: a Notification.Kind, or the Cadence of the digest.
    """
    now = wishes_of(person)
    kinds = [what] if what in now else [kind for kind, (_portal, by_mail) in now.items() if by_mail == what]
    wish(person, {kind: (now[kind][0], Cadence.NEVER) for kind in kinds})
