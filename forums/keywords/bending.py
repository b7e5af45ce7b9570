"""Bending: the forms of a short adjective, "god, goda, gott".

A long adjective is known by its ending ("tydlig", "hållbar") and is read in `inflecting`. A short one
is not, so it stands in a list; its forms are made by rule.
"""

VOWELS = "aeiouyåäöé"


def forms_of(adjective):
    """An adjective, its neuter, its plural and its comparison: "ny, nytt, nya, nyare, nyast, nyaste"."""
    plural = _plural_of(adjective)
    stem = plural[:-1]
    return adjective, _neuter_of(adjective), plural, f"{stem}are", f"{stem}ast", f"{stem}aste"


def lemmas_of(adjectives):
    """{form: adjective} for the forms of each."""
    return {form: adjective for adjective in sorted(adjectives) for form in forms_of(adjective)}


def _plural_of(adjective):
    """The form in -a: "enkel, enkla", "egen, egna", "dum, dumma", else an -a more."""
    if adjective.endswith(("el", "er", "en")) and _syllables(adjective) > 1:
        return f"{adjective[:-2]}{adjective[-1]}a"
    if adjective.endswith("m") and _syllables(adjective) == 1 and adjective[-2] in VOWELS:
        return f"{adjective}ma"
    return f"{adjective}a"


def _neuter_of(adjective):
    """The form in -t: "blå, blått", "god, gott", "hård, hårt", "sann, sant", "egen, eget", "vit, vitt"."""
    last, before = adjective[-1], adjective[-2]
    if adjective.endswith("en") and _syllables(adjective) > 1:
        return f"{adjective[:-1]}t"
    if last in VOWELS:
        return f"{adjective}tt"
    if last in "dt":
        return f"{adjective[:-1]}{'tt' if before in VOWELS else 't'}"
    return f"{adjective.removesuffix('n') if before == 'n' else adjective}t"


def _syllables(word):
    return sum(letter in VOWELS for letter in word)
