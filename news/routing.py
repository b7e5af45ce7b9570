"""Laying out the review route of a kind of text."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from accounts.recording import record
from accounts.refusals import Refusal
from news.models import Article, Route, RouteStep


class AsksNobody(Refusal):
    message = _("A route has to ask somebody: nothing is published without the yes of another person.")


class SummaryNeedsApprover(Refusal):
    message = _("A forum summary ends with an approver, after the leaders of its group work.")


class RouteChanged(Refusal):
    message = _("Somebody else has changed this route since you opened it. Look at it again.")


@transaction.atomic
def lay_out(kind, *, steps, sign_off_days, months_until_review, revision, by):
    """Say who is asked about texts of a kind from now on; what is in review goes on as it began.

    Args:
        steps: dicts with `stage`, `days` and either `role` or `reviewer`.
        months_until_review: after which such a text is looked through again; None for never.
        revision: the count of changes that `by` had before them.

    Raises:
        AsksNobody, SummaryNeedsApprover, RouteChanged: nothing was changed.
    """
    if not steps:
        raise AsksNobody
    last = max(step["stage"] for step in steps)
    ends_with = {step.get("role") for step in steps if step["stage"] == last}
    if kind == Article.Kind.SUMMARY and Role.APPROVER not in ends_with:
        raise SummaryNeedsApprover
    route, _is_new = Route.objects.select_for_update().get_or_create(kind=kind)
    said = {"sign_off_days": sign_off_days, "months_until_review": months_until_review}
    if _says(route, steps, said):
        return route
    if route.revision != revision:
        raise RouteChanged
    for name, value in said.items():
        setattr(route, name, value)
    route.revision += 1
    route.save()
    route.steps.all().delete()
    RouteStep.objects.bulk_create(RouteStep(route=route, **step) for step in steps)
    record("route.laid_out", about=route, by=by, kind=str(kind), steps=len(steps))
    return route


def _says(route, steps, said):
    """Whether the stored route says just this already."""
    if route.revision == 0 or any(getattr(route, name) != value for name, value in said.items()):
        return False
    kept = [(step.stage, step.role, step.reviewer_id, step.days) for step in route.steps.all()]
    wanted = [
        (step["stage"], step.get("role", ""), getattr(step.get("reviewer"), "pk", None), step["days"])
        for step in sorted(steps, key=lambda step: step["stage"])
    ]
    return kept == wanted
