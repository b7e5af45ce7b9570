#!/usr/bin/env python
"""Django's command-line door to Samspel."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        # What an operator forgot is told in a line, not in a traceback.
        sys.exit(f"Samspel cannot start: {error}")


if __name__ == "__main__":
    main()
