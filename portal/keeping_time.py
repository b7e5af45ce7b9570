"""Keeping time: the round of what the clock asks for, done hourly by whoever does the tasks.

Each round queues the next before it begins, so that one that fails or is cut off is followed by another.
"""

from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

BETWEEN_ROUNDS = timedelta(hours=1)


@task()
def do_round():
    """Do what `manage.py daily` does, see that it is done again in an hour, and return what was done."""
    see_to_rounds(run_after=timezone.now() + BETWEEN_ROUNDS)
    report = StringIO()
    call_command("daily", stdout=report)
    return report.getvalue()


def see_to_rounds(*, run_after=None):
    """Queue a round, at once or after a moment, unless one waits already; returns whether it did."""
    waiting = DBTaskResult.objects.filter(
        task_path=do_round.module_path, status=TaskResultStatus.READY, backend_name=do_round.backend
    )
    if waiting.exists() or not do_round.get_backend().supports_defer:
        return False
    do_round.using(run_after=run_after).enqueue()
    return True
