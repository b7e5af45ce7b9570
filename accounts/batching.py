"""Doing queued runs of one task many at a time, where the queue's bookkeeping costs more than the work.

To claim a task, to run it and to write that it is done is six statements for each. In a crowd that was
three quarters of what a mail cost (decisions/0330).
"""

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from accounts.models import insert_rows


def queue_run(task, *args, run_after):
    """Queue a run of `task` for `run_after`, an aware datetime; at once where the backend defers nothing.

    What `enqueue` writes, without looking the task over anew each time: a crowd's answers each queue one.
    """
    if not isinstance(task.get_backend(), DatabaseBackend):
        later = task.using(run_after=run_after) if task.get_backend().supports_defer else task
        later.enqueue(*args)
        return
    run = DBTaskResult(
        args_kwargs={"args": list(args), "kwargs": {}},
        priority=task.priority,
        task_path=task.module_path,
        queue_name=task.queue_name,
        run_after=run_after,
        backend_name=task.backend,
    )
    insert_rows([run])


def do_along(task, work, own, *, at_most):
    """Call `work` with a list of arguments: `own`, and those of other queued runs of `task`, which are
    done by that.

    Where the batch fails the others are queued again and `own` is done alone, so that the one to blame
    fails by itself, in its own turn, and is told of.

    Args:
        task: whose queue it is; other backends than the database's hold nothing to do along.
        work: takes a list of tuples, each the positional arguments of one run. Done twice, it is done once.
        at_most: how many in one batch.
    """
    others = _claim(task, at_most - 1)
    try:
        work([own, *(tuple(run.args_kwargs["args"]) for run in others)])
    except Exception:
        if not others:
            raise
        _leave(others, TaskResultStatus.READY, started_at=None)
        work([own])
    else:
        _leave(others, TaskResultStatus.SUCCESSFUL, finished_at=timezone.now())


@transaction.atomic
def _claim(task, at_most):
    waiting = DBTaskResult.objects.ready().filter(task_path=task.module_path, backend_name=task.backend)
    runs = list(waiting.select_for_update(skip_locked=True)[:at_most])
    _leave(runs, TaskResultStatus.RUNNING, started_at=timezone.now())
    return runs


def _leave(runs, status, **times):
    DBTaskResult.objects.filter(pk__in=[run.pk for run in runs]).update(status=status, **times)
