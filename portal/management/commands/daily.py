"""`manage.py daily`: what time itself asks for."""

import logging
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.core.management import BaseCommand, CommandError
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.mailing import STRANDED_AFTER, requeue_stranded
from accounts.notifying import forget_old
from forums.catering import erase_needs
from forums.circulating import circulate_what_is_left
from forums.evaluating import ask_what_people_thought
from forums.prompting import prompt_owners
from forums.queueing import pass_on_all
from forums.reminding import remind
from forums.thinning import thin_out
from forums.urging import urge_to_close
from news.cataloguing import sweep_strays
from news.confirming import go_on_reminding
from news.reminding import (
    ask_stand_ins_of_the_away,
    pass_on_what_nobody_can_answer,
    remind_of_old_texts,
    remind_reviewers,
)
from news.removing import empty_trash
from news.spreading import tell_of_what_came_out
from portal.digesting import see_to_digests
from portal.indexing import reindex_people_with_new_days

logger = logging.getLogger(__name__)

# Finished tasks are kept so long for whoever wants to know what became of one.
TASKS_KEPT = timedelta(days=14)


class Command(BaseCommand):
    help = "Do what is due by the clock. Safe to run twice, late, or beside itself."

    def handle(self, **options):
        rounds = {
            "forums passed free seats on": pass_on_all,
            "reminders were told": remind,
            "forums asked what people thought": ask_what_people_thought,
            "mails to many were gone on with": circulate_what_is_left,
            "needs were erased": erase_needs,
            "owners were reminded of commitments": prompt_owners,
            "people were asked to close a group work": urge_to_close,
            "group works had their notes thinned out": thin_out,
            "texts that came out were told of": tell_of_what_came_out,
            "reminders to read were gone on with": go_on_reminding,
            "people are due a digest": see_to_digests,
            "reviews were passed on to approvers": pass_on_what_nobody_can_answer,
            "stand-ins were asked to review": ask_stand_ins_of_the_away,
            "reviewers were reminded": remind_reviewers,
            "owners were asked to look through a text": remind_of_old_texts,
            "old drafts were removed from the trash": empty_trash,
            "people were indexed again": reindex_people_with_new_days,
            "stranded mails were queued again": requeue_stranded,
            "stranded tasks were queued again": self.requeue_tasks,
            "files of undone uploads were removed": sweep_strays,
            "old notifications were removed": forget_old,
            "old task results were removed": self.prune_tasks,
            "sign-ins that are over were removed": self.prune_sessions,
        }
        failed = [what for what, do in rounds.items() if not self.do(what, do)]
        if failed:
            raise CommandError(f"Not done, see the log: {'; '.join(failed)}.")

    def do(self, what, do):
        """Do one of the things, and tell how many it was; returns whether it went well. One that fails is
        logged and keeps none of the others from being done."""
        try:
            count = do()
        except Exception:
            logger.exception("The round failed where %s", what)
            return False
        self.stdout.write(f"{count or 0} {what}")
        return True

    def requeue_tasks(self):
        """Every task may be done twice; one that a worker was cut off in is done again."""
        stranded = DBTaskResult.objects.filter(
            status=TaskResultStatus.RUNNING, started_at__lt=timezone.now() - STRANDED_AFTER
        )
        return stranded.update(status=TaskResultStatus.READY)

    def prune_tasks(self):
        old = DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - TASKS_KEPT)
        return old.delete()[0]

    def prune_sessions(self):
        old = Session.objects.filter(expire_date__lt=timezone.now())
        return old.delete()[0]
