"""Telling a person what became of what they pressed."""

from django.contrib import messages
from django.utils.translation import ngettext

from accounts.refusals import Refusal


def tells(request, verb, done):
    """Do `verb()` and tell `done`, or why it wasn't possible. Returns whether it was."""
    try:
        verb()
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, done)
    return True


def told_of_withdrawal(count):
    """So many people are told that they are no longer invited, in words."""
    words = ngettext(
        "%(count)s person is told that they are no longer invited.",
        "%(count)s people are told that they are no longer invited.",
        count,
    )
    return words % {"count": count}
