"""Telling a person what became of what they pressed."""

from django.contrib import messages

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
