"""What the attack on withheld words asks for (test_every_filter.py): every address in the table of addresses
at which somebody reads something of the forums or the portal, in every combination of its filters.

What is in none of the lists below is asked for without a filter. An address that needs more than the forum
has to be given here, or be said to be harmless; a test fails where it is neither.
"""

from itertools import product
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from accounts.keying import key_of
from accounts.models import PersonalKey
from forums.models import Commitment, Concept, Term
from forums.views.afterwards import FORMS, LISTS
from tests.portal.access_table import ROWS

ATTACKED_APPS = ("forums:", "portal:")
# Why nothing of what the tables said can be read there, whoever asks.
HARMLESS = {
    "forums:keep_pages": "a script, the same for all",
    "forums:material": "a file or an address that somebody laid there before the forum",
    "forums:guest_material": "the same file",
    "portal:topic": "a list of texts and forums, made by hand: the page of all topics is asked for",
    "portal:health": "whether the server runs",
    "portal:components": "examples, none of them from a forum",
}


OF_A_GUEST = ("guest", "guest_evaluate", "guest_calendar")
OF_A_PROMISE = ("commitment", "about_commitment", "edit_commitment")


def every_name():
    """The names of all addresses of these apps at which somebody reads something."""
    return sorted({row.name for row in ROWS if row.gets and row.name.startswith(ATTACKED_APPS)})


def attacked(room):
    """{address: the filters to ask it with, as they stand after it} for all that is asked for in a room."""
    given, filters = _given(room), _filters(room)
    addresses = {}
    for name in every_name():
        if name not in HARMLESS:
            for kwargs in given[name] if name in given else [_of_forum(name, room)]:
                addresses[reverse(name, kwargs=kwargs)] = filters.get(name, [""])
    return addresses


def _of_forum(name, room):
    for kwargs in ({}, {"slug": room.forum.slug}):
        try:
            reverse(name, kwargs=kwargs)
        except NoReverseMatch:
            continue
        return kwargs
    raise AssertionError(f"{name} needs more than the forum: say here what, or why it is harmless")


def _given(room):
    """{name: arguments of each of its addresses} where they need more than the forum."""
    slug, guest = {"slug": room.forum.slug}, room.forum.named.guests().get()
    promises = [{"pk": pk} for pk in Commitment.objects.values_list("pk", flat=True)]
    of_guest = {f"forums:{name}": [{"token": guest.token}] for name in OF_A_GUEST}
    of_promises = {f"forums:{name}": promises for name in OF_A_PROMISE}
    return {
        **of_guest,
        **of_promises,
        "forums:feed": [{"token": key_of(room.cast.elsa, PersonalKey.Purpose.CALENDAR).token}],
        "forums:by_number": [{"pk": room.forum.pk}],
        "forums:edit_kind": [{"pk": room.forum.kind_id}],
        "forums:export": [slug | {"what": what, "form": form} for what, form in product(LISTS, FORMS)],
        "forums:join_table": [slug | {"number": table.number} for table in room.tables],
        "forums:split_word": [{"pk": pk} for pk in Term.objects.values_list("pk", flat=True)],
    }


def _filters(room):
    concepts = [*Concept.objects.values_list("pk", flat=True), 0, 99999]
    of_kind = combined(slag=[room.forum.kind_id])
    return {
        "forums:result": combined(begrepp=concepts),
        "forums:wall": combined(vy=["ord", "diagram", "kod", "prickar"]),
        "forums:dots": combined(q=["tillit", "respekt", "mod"], bord=["eget"]),
        "forums:lead": combined(q=["bord 1", "2", "mod"], page=["2"]),
        "forums:lead_notes": combined(q=["mod"]),
        "forums:trends": combined(begrepp=concepts, slag=[room.forum.kind_id], forum=[room.forum.slug]),
        "forums:trends_csv": of_kind,
        "forums:turnout_csv": of_kind,
        "forums:concepts": combined(q=["mod", "dialog"]),
        "forums:new_commitment": combined(begrepp=concepts[:3]),
        "portal:search": combined(q=["mod", "dialog"]),
    }


def combined(**filters):
    """Every combination of these parameters, each of them left out as well."""
    choices = [[("", ""), *((name, value) for value in values)] for name, values in filters.items()]
    found = []
    for pairs in product(*choices):
        asked = urlencode([pair for pair in pairs if pair[0]])
        found.append(f"?{asked}" if asked else "")
    return found
