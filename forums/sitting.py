"""Sitting: who sat at the tables of a group work, as far as the door and the tables know (decisions/0342).

Whoever is registered and never came has said nothing, so they stand behind no figure. The check-in may have
missed somebody, though. So they are left out only where nothing tells that they were there.
"""

from django.db.models import Count, Exists, OuterRef, Q

from forums.models import Note, Registration


def people_at_tables(work_id):
    """The registrations of those who sat at the tables of a group work."""
    registered = Registration.objects.registered()
    there = _there(work_id)
    alike = registered.filter(there, table=OuterRef("table_id"), side=OuterRef("side"))
    wrote = Note.objects.filter(table=OuterRef("table_id"), side=OuterRef("side"))
    # A side that wrote was there: where nothing tells of any of them, the door has missed them.
    missed = Exists(wrote) & ~Exists(alike)
    return registered.filter(there | missed, table__forum__group_work=work_id)


def seats_of(work_id):
    """Rows of (table id, side, people) of a group work as a QuerySet, without order."""
    people = people_at_tables(work_id).order_by()
    return people.values_list("table_id", "side").annotate(people=Count("pk"))


def seats_in_sql(work_id):
    """The same as a query and its values, to stand in a larger one."""
    return seats_of(work_id).query.sql_with_params()


def _there(work_id):
    """The condition that somebody attended, or came to their table past the door: they sit online or with
    their unit, sat down there by its code, put dots, or signed a note."""
    came = Registration.objects.in_the_room().arrived().filter(forum__group_work=work_id)
    attended = Registration.took_part(Exists(came))
    elsewhere = Q(table__is_online=True) | Q(table__unit__isnull=False) | Q(has_joined=True)
    signed = Note.objects.filter(table=OuterRef("table_id"), author=OuterRef("person_id"))
    return attended | elsewhere | ~Q(dots_claim="") | Exists(signed)
