"""Words of choices as they stand in a form, with a capital letter."""

from django.utils.text import capfirst


def capitalised(choices):
    """A callable for `choices=`, so that the words are of the reader's language.

    Args:
        choices: a TextChoices class or pairs of (value, label).
    """
    return lambda: [(value, capfirst(label)) for value, label in getattr(choices, "choices", choices)]
