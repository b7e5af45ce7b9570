"""`manage.py work`: do queued tasks."""

import logging
import os
import sys

from django_tasks_db.management.commands.db_worker import Command as DatabaseWorker

from portal.accompanying import end_with_input
from portal.keeping_time import see_to_rounds

# Mail may wait while people are answered: nice(2).
BEHIND_THE_PAGES = 10


class Command(DatabaseWorker):
    help = "Do queued tasks and the hourly round until stopped or standard input ends (`serve` holds it)."
    requires_system_checks = []

    def handle(self, *args, **options):
        if not sys.stdin.isatty():
            end_with_input()
            os.nice(BEHIND_THE_PAGES)
        see_to_rounds()
        super().handle(*args, **options)

    def configure_logging(self, verbosity):
        # Being stopped is no warning; failed tasks are still told by the logging of the settings.
        logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
