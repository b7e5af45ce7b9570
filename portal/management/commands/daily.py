"""`manage.py daily`: what time itself asks for."""

from datetime import timedelta

from django.core.management import BaseCommand, call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.mailing import STRANDED_AFTER, requeue_stranded
from forums.circulating import circulate_what_is_left
from forums.queueing import pass_on_all
from forums.spreading import tell_of_recent_summaries
from portal.indexing import reindex_people_with_new_days

# Finished tasks are kept so long for whoever wants to know what became of one.
TASKS_KEPT = timedelta(days=14)


class Command(BaseCommand):
    help = "Do what is due by the clock. Safe to run twice, late, or beside itself."

    def handle(self, **options):
        done = {
            "forums passed free seats on": pass_on_all(),
            "mails to many were gone on with": circulate_what_is_left(),
            "people were told of a summary": tell_of_recent_summaries(),
            "people were indexed again": reindex_people_with_new_days(),
            "stranded mails were queued again": requeue_stranded(),
            "stranded tasks were queued again": self.requeue_tasks(),
            "old task results were removed": self.prune_tasks(),
        }
        call_command("clearsessions")
        for what, count in done.items():
            self.stdout.write(f"{count} {what}")

    def requeue_tasks(self):
        """Every task may be done twice; one that a worker was cut off in is done again."""
        stranded = DBTaskResult.objects.filter(
            status=TaskResultStatus.RUNNING, started_at__lt=timezone.now() - STRANDED_AFTER
        )
        return stranded.update(status=TaskResultStatus.READY)

    def prune_tasks(self):
        old = DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - TASKS_KEPT)
        return old.delete()[0]
