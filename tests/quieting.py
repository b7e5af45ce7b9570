"""Rows of which nobody is told."""

from django.test import override_settings


def quietly():
    """A context in which tasks are noted and not done: for the thirty rows of a page, since to write and send
    their mails takes longer than all the rest."""
    return override_settings(TASKS={"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}})
