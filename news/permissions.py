"""Who may do what on the desk. What may be seen at all is `visible_to` and `on_desk_of`."""

from accounts.models import Role, Unit


def may_write(person):
    """Start articles: communicators."""
    return person.reach.has(Role.COMMUNICATOR)


def units_to_write_for(person):
    """The units in whose name the person may start an article."""
    covered = person.reach.units_as(Role.COMMUNICATOR)
    return Unit.objects.all() if None in covered else Unit.objects.filter(pk__in=covered)


def may_edit(person, article):
    """Open and save drafts, submit them: the unit's communicators, and the article's owner."""
    reach = person.reach
    owns = reach.in_service and article.owner_id == person.pk
    return owns or reach.covers(Role.COMMUNICATOR, article.unit_id)


def may_withdraw(person, article):
    """Take back what is published, trash and restore: who may edit, and the unit's approvers."""
    return may_edit(person, article) or person.reach.covers(Role.APPROVER, article.unit_id)


def may_review(person, step):
    """Answer a review step: the person it asks, or whoever holds its role for the unit."""
    if step.reviewer_id:
        return person.reach.in_service and step.reviewer_id == person.pk
    return person.reach.covers(step.role, step.version.article.unit_id)


def may_see_desk(person):
    """Have the desk among the main links: those who write or approve. Others come to it by a mail."""
    return person.reach.has(Role.COMMUNICATOR) or person.reach.has(Role.APPROVER)
