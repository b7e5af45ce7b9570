"""Whom a text is sent to for a yes, stage by stage, and who is asked where somebody can answer no more."""

from datetime import timedelta
from itertools import groupby
from operator import attrgetter

from django.db import transaction
from django.utils import timezone

from accounts.models import Role
from accounts.recording import record
from news.models import ReviewStep, Route, Signatory, Version
from news.telling import ask_for_review, tell_passed_on


def steps_to_take(version):
    """The steps that a version sent to review now has to take, unsaved and in their order; and the people
    whom they would ask by name but who cannot answer: the unit's approvers are asked instead, once in
    each stage, so that no single approver is waited for twice side by side."""
    steps = [*_sign_offs(version), *_steps_of_route(version)]
    asks_approvers = {step.stage for step in steps if step.role == Role.APPROVER}
    taken, lost = [], []
    for step in steps:
        if step.has_lost_its_reviewer:
            lost.append(step.reviewer)
            if step.stage in asks_approvers:
                continue
            asks_approvers.add(step.stage)
            step.ask_approvers()
        taken.append(step)
    return taken, lost


def begin_stage(version):
    """Ask those whose turn it is. Their days count from now on; a day wished for that has passed, nobody
    can keep."""
    today = timezone.localdate()
    for step in version.steps.in_turn().filter(asked_on=None):
        if step.has_lost_its_reviewer and not _ask_approvers_instead(step):
            continue
        step.asked_on = today
        if step.due_on is None or step.due_on < today:
            step.due_on = today + timedelta(days=step.days)
        step.save(update_fields=["asked_on", "due_on"])
    ask_for_review(version)


@transaction.atomic
def pass_on(step):
    """Ask the unit's approvers instead, where the one whom a step asks by name has left service, or the
    side that they were to sign for, since. Returns whether it was so; twice is as once."""
    version = Version.objects.locked(step.version_id)
    step = version.steps.in_turn().filter(pk=step.pk).first()
    if not step or not step.has_lost_its_reviewer:
        return False
    _ask_approvers_instead(step)
    begin_stage(version)
    return True


def _ask_approvers_instead(step):
    """Let a step ask the unit's approvers, or remove it where one beside it asks them already. Returns
    whether the step is there still."""
    version, reviewer = step.version, step.reviewer
    record(
        "version.passed_on",
        about=version.article,
        by=None,
        version=version.number,
        step=step.pk,
        person=reviewer.pk,
    )
    tell_passed_on(version, reviewer=reviewer)
    if version.steps.pending().filter(stage=step.stage, role=Role.APPROVER).exists():
        step.delete()
        return False
    step.ask_approvers()
    step.asked_on = step.due_on = None
    step.save(update_fields=["reviewer", "role", "side", "asked_on", "due_on"])
    return True


def _sign_offs(version):
    signatories = Signatory.objects.filter(article=version.article).select_related("person").order_by("pk")
    days = Route.objects.of(version.article.kind).sign_off_days
    return [sign_off_of(one, version, days=days) for one in signatories]


def sign_off_of(signatory, version, *, days=0):
    """The step, unsaved, that asks a signatory about a version."""
    return ReviewStep(version=version, stage=1, reviewer=signatory.person, side=signatory.side, days=days)


def _steps_of_route(version):
    asks = Route.objects.of(version.article.kind).asks()
    for stage, side_by_side in groupby(asks, key=attrgetter("stage")):
        steps = list(side_by_side)
        days = max(step.days for step in steps)
        for step in steps:
            yield ReviewStep(
                version=version, stage=stage + 1, reviewer=step.reviewer, role=step.role, days=days
            )
