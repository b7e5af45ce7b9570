"""Who may do what with forums."""

from accounts.models import Role, Side, Unit
from forums.models import Registration, Standing

# Planning


def may_plan(person):
    """Whether `person` may plan new forums, for some unit at least."""
    return person.reach.in_service and person.reach.has(Role.ORGANISER)


def may_organise(person, forum):
    """Whether `person` may plan, announce and run this forum."""
    return person.reach.in_service and person.reach.covers(Role.ORGANISER, forum.unit_id)


def may_shape_kinds(person):
    """Whether `person` may say what forums of each kind begin with: who arranges forums for everybody, and
    administrators."""
    reach = person.reach
    return reach.in_service and (None in reach.units_as(Role.ORGANISER) or reach.has(Role.ADMINISTRATOR))


def units_to_plan_for(person):
    """The units in whose name the person may arrange forums."""
    units = person.reach.units_as(Role.ORGANISER)
    return Unit.objects.all() if None in units else Unit.objects.filter(pk__in=units)


# Answering


def may_answer(person, forum, standing=None):
    """Whether `person` may answer: as one who is meant today (`Forum.people_meant`), or to move an
    answer that still holds. An invitation from before the person left the audience counts no more
    (decisions/0052). A guest answers by a link of their own.

    Args:
        standing: the person's Standing, where it is known already.
    """
    standing = standing or Standing.of(person, forum)
    if not person.reach.in_service:
        return standing.is_guest
    in_audience = forum.audience_id in person.reach.audiences
    meant = not standing.is_left_out if standing.named_as else in_audience
    return meant or standing.has_live_answer


def may_send_deputy(person, forum):
    """Whether `person` may name somebody to come instead, where the organiser allows it. A guest asks the
    organiser, who invites whoever comes instead (decisions/0311)."""
    return forum.allows_deputies and person.reach.in_service and may_answer(person, forum)


def may_read_needs(person, forum):
    """Whether `person` may see what people need to eat and to take part: the forum's organisers only."""
    return may_organise(person, forum)


# Group work


def may_lead(person, forum):
    """Whether `person` may run the group work: an organiser of the forum, or one of its two leaders
    who still holds a post on the side that they lead for."""
    work = getattr(forum, "group_work", None)
    leads = work is not None and (
        (person.pk == work.leader_elected_id and Side.ELECTED in person.reach.sides)
        or (person.pk == work.leader_official_id and Side.OFFICIAL in person.reach.sides)
    )
    return leads or may_organise(person, forum)


def seats_of(person):
    """The registrations, with their tables, from which `person` may write notes: a mandate that has
    ended speaks no more."""
    seated = Registration.objects.of(person).registered().filter(table__isnull=False)
    return seated.filter(side__in=person.reach.sides).select_related("table")


def seat_of(person, forum):
    """The one of these at `forum`, or None."""
    return seats_of(person).filter(forum=forum).first()


def has_no_table_yet(person, forum):
    """Whether `person` takes part with a voice of their own and sits nowhere: they may choose a table."""
    answers = Registration.objects.of(person).registered().filter(forum=forum, table=None)
    return answers.filter(side__in=person.reach.sides).exists()


def may_read_notes(person, forum):
    """Whether `person` may read what the tables wrote, word for word, and the names in a named group
    work: those who take part or lead, and who arrange, write or approve for the forum's unit. The form
    for notes promises its writers just that."""
    if not person.reach.in_service:
        return False
    desk = any(person.reach.covers(role, forum.unit_id) for role in (Role.COMMUNICATOR, Role.APPROVER))
    return desk or may_lead(person, forum) or forum.is_attended_by(person)


def may_watch_wall(person, forum):
    """Whether `person`, who may find the forum, may watch its wall without taking part: its words and
    numbers, never a note. Its organiser says so before the group work starts."""
    work = getattr(forum, "group_work", None)
    return person.reach.in_service and work is not None and work.wall_for_all


def may_merge_concepts(person):
    """Whether `person` may say that two concepts are one: a communicator, of any unit."""
    return person.reach.in_service and person.reach.has(Role.COMMUNICATOR)


def may_keep_insults(person):
    """Whether `person` may change the list of words that hold notes back: who arranges forums or writes of
    them, of any unit, and administrators."""
    roles = (Role.ORGANISER, Role.COMMUNICATOR, Role.ADMINISTRATOR)
    return person.reach.in_service and any(person.reach.has(role) for role in roles)


# What came of it


def may_draft_summary(person, forum):
    """Whether `person` may turn the result into an article: a communicator of the forum's unit."""
    return person.reach.in_service and person.reach.covers(Role.COMMUNICATOR, forum.unit_id)


def may_choose_notes(person, forum):
    """Whether `person` may mark notes for the summary: who leads, and who writes it."""
    return may_lead(person, forum) or may_draft_summary(person, forum)


def may_commit(person, forum):
    """Whether `person` may write down commitments: its organisers and communicators."""
    return may_organise(person, forum) or may_draft_summary(person, forum)


def may_update_commitment(person, commitment):
    """Whether `person` may tell how it goes: only who made the promise."""
    return person.reach.in_service and commitment.owner_id == person.pk


def may_ask_about(person, commitment):
    """Whether `person` may ask about it: who was there, arranges, writes or approves (`may_read_notes`)."""
    return may_read_notes(person, commitment.forum)
