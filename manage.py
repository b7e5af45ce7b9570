#!/usr/bin/env python
"""Django's command-line door to Samspel."""

import os
import sys

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.core.management.utils import get_random_secret_key

# These seal nothing and sign nothing, so they run before a home has its keys, as on a fresh clone.
KEYLESS = {"keywords"}


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    if KEYLESS.intersection(sys.argv[1:2]):
        os.environ.setdefault("SECRET_KEY", get_random_secret_key())
        os.environ.setdefault("NEEDS_KEYS", Fernet.generate_key().decode())
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        # What an operator forgot is told in a line, not in a traceback.
        sys.exit(f"Samspel cannot start: {error}")


if __name__ == "__main__":
    main()
