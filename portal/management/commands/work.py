"""`manage.py work`: do queued tasks."""

import logging
import os
import signal
import sys
import threading

from django_tasks_db.management.commands.db_worker import Command as DatabaseWorker

from portal.keeping_time import see_to_rounds


class Command(DatabaseWorker):
    help = "Do queued tasks and the hourly round until stopped or standard input ends (`serve` holds it)."
    requires_system_checks = []

    def handle(self, *args, **options):
        if not sys.stdin.isatty():
            threading.Thread(target=self._stop_at_end_of_input, daemon=True).start()
        see_to_rounds()
        super().handle(*args, **options)

    def configure_logging(self, verbosity):
        # Being stopped is no warning; failed tasks are still told by the logging of the settings.
        logging.getLogger("django_tasks_db").setLevel(logging.ERROR)

    def _stop_at_end_of_input(self):
        while os.read(sys.stdin.fileno(), 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)
