"""Words that say something else without what they are dressed in: struck out, raised, lowered."""

from django.utils.translation import gettext_lazy as _

from .laying import words_in
from .undressing import LeftOut

STRUCK = {"s", "strike", "del"}
DIGITS = "0123456789+-−"
SHIFTED = {"sup", "sub"}
# Letters that are raised or lowered by themselves (Unicode, "Superscripts and Subscripts"): a text of ours
# has no other way to say m² and CO₂, and "106" is not a million.
BY_THEMSELVES = {
    "sup": str.maketrans(DIGITS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻"),
    "sub": str.maketrans(DIGITS, "₀₁₂₃₄₅₆₇₈₉₊₋₋"),
}


def without_struck(tree):
    """Take what is struck out away from a tree, and return it as LeftOuts: it holds no longer, and nothing in
    a text of ours would say so."""
    left_out = []
    for struck in [element for element in tree.iter() if _is_struck(element)]:
        if any(map(_is_struck, struck.iterancestors())):
            continue  # gone with what it stands in
        if words := words_in(struck):
            left_out.append(LeftOut(words, _("struck out")))
        struck.drop_tree()
    return left_out


def _is_struck(element):
    return element.tag in STRUCK or "line-through" in element.get("style", "").lower()


def shift(tree):
    """Write figures that are raised or lowered with the letters that are so by themselves."""
    for shifted in list(tree.iter(*SHIFTED)):
        text = shifted.text or ""
        if not len(shifted) and text and set(text) <= set(DIGITS):
            shifted.text = text.translate(BY_THEMSELVES[shifted.tag])
        shifted.drop_tag()
