"""Making addresses out of Swedish names."""

from django.db import IntegrityError, transaction
from django.utils.text import slugify

MAX_LENGTH = 100
# Somebody else may take the address between our look and our writing; three times in a row is a fault.
ATTEMPTS = 3


def address_for(name, *, taken, reserved=()):
    """Return an address for `name` that is neither taken nor reserved: "Åtaganden 2026" -> "ataganden-2026".

    Only addresses lose their rings and dots; in matching, å, ä and ö stay letters of their own.

    Args:
        taken: a `values_list` QuerySet of the addresses in use, asked only about likely ones.
        reserved: words that mean something else in the same place.
    """
    stem = slugify(name)[:MAX_LENGTH].strip("-") or "namnlos"
    field = taken.query.values_select[0]
    used = {*taken.filter(**{f"{field}__startswith": stem}), *reserved}
    if stem not in used:
        return stem
    number = 2
    while f"{stem}-{number}" in used:
        number += 1
    return f"{stem}-{number}"


def create_at_address(objects, name, /, *, once, reserved=(), **fields):
    """Create a row with a `slug` made of `name`; return (it, whether it is new).

    Two at once with the same name get an address each; two at once with the same key make one row.

    Args:
        objects: the manager of the model.
        once: {unique field: key} that tells what is the same; a key of None is the same as nothing.
        reserved: as in `address_for`.

    Raises:
        IntegrityError: for another reason than an address or a key that was just taken.
    """
    ((field, key),) = once.items()

    def find_or_create():
        made = objects.filter(**once).first() if key else None
        if made:
            return made, False
        slug = address_for(name, taken=objects.values_list("slug", flat=True), reserved=reserved)
        return objects.create(slug=slug, **{field: key}, **fields), True

    return try_again(find_or_create)


def move_to_address(row, name):
    """Give a row the free `slug` made of `name`, and keep it.

    Raises:
        IntegrityError: others took every address that we looked at.
    """
    others = type(row).objects.exclude(pk=row.pk).values_list("slug", flat=True)

    def move():
        row.slug = address_for(name, taken=others)
        row.save(update_fields=["slug"])

    try_again(move)


def try_again(write):
    """Call `write`, and again where an address or name that it found free has been taken meanwhile.

    Raises:
        IntegrityError: others took everything that it found, or it has another reason.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with transaction.atomic():
                return write()
        except IntegrityError:
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("unreachable")
