"""Making addresses out of Swedish names."""

from django.utils.text import slugify

MAX_LENGTH = 100


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
