"""Queued runs of one task, done many at a time."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from accounts.batching import do_along

pytestmark = pytest.mark.django_db

batches = []


@task()
def greet(name):
    do_along(greet, work, (name,), at_most=3)


@task()
def shout(name):
    raise NotImplementedError


def work(runs):
    if ("Nobody",) in runs:
        raise LookupError("There is nobody to greet.")
    batches.append([name for (name,) in runs])


@pytest.fixture(autouse=True)
def queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    batches.clear()


def do_all():
    """What `db_worker` does, one worker, until nothing is due."""
    while run := DBTaskResult.objects.ready().first():
        run.claim("test")
        try:
            run.set_successful(run.task.call(*run.args_kwargs["args"]))
        except LookupError as error:
            run.set_failed(error)


def states():
    runs = DBTaskResult.objects.order_by("enqueued_at")
    return [(run.args_kwargs["args"][0], run.status) for run in runs]


def test_runs_that_are_due_are_done_along_and_no_others():
    for name in ("Ada", "Bo", "Cai", "Dag"):
        greet.enqueue(name)
    shout.enqueue("Eva")
    greet.using(run_after=timezone.now() + timedelta(hours=1)).enqueue("Frej")
    DBTaskResult.objects.get(task_path=shout.module_path).claim("another worker")
    do_all()
    assert batches == [["Ada", "Bo", "Cai"], ["Dag"]]
    done = dict(states())
    assert {name for name, state in done.items() if state == "SUCCESSFUL"} == {"Ada", "Bo", "Cai", "Dag"}
    assert done["Eva"] == "RUNNING" and done["Frej"] == "READY"


def test_one_that_fails_fails_alone():
    for name in ("Ada", "Nobody", "Bo"):
        greet.enqueue(name)
    do_all()
    assert batches == [["Ada"], ["Bo"]]
    assert states() == [("Ada", "SUCCESSFUL"), ("Nobody", "FAILED"), ("Bo", "SUCCESSFUL")]


def test_where_tasks_are_done_at_once_there_is_nothing_to_do_along(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    greet.enqueue("Ada")
    assert batches == [["Ada"]]
