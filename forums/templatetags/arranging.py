"""Where an organiser is among the pages of a forum, and which comes next."""

from typing import NamedTuple

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

register = template.Library()


class Page(NamedTuple):
    """A page on which a forum is arranged.

    Attributes:
        part: how its view names it.
        shown: whether a forum has it.
    """

    part: str
    name: object
    address: str
    shown: object = lambda forum: True


def _is_draft(forum):
    return forum.state == forum.State.DRAFT


def _is_out(forum):
    return not _is_draft(forum)


def _has_group_work(forum):
    return _is_out(forum) and hasattr(forum, "group_work")


# In the order in which they are used.
PHASES = (
    (
        _("Plan"),
        Page("facts", _("Facts"), "forums:edit"),
        Page("programme", _("Programme"), "forums:edit_programme"),
        Page("materials", _("Materials"), "forums:materials"),
        Page("group_work", _("Group work"), "forums:edit_group_work"),
        Page("tables", _("Tables"), "forums:edit_tables"),
        Page("topics", _("Topics"), "forums:about"),
    ),
    (
        _("Invite"),
        Page("invited", _("Invited"), "forums:invited"),
        Page("quotas", _("Quotas"), "forums:edit_quotas"),
        Page("reminders", _("Reminders"), "forums:edit_reminders"),
        Page("announce", _("Announce"), "forums:announce", _is_draft),
        Page("participants", _("Participants"), "forums:participants", _is_out),
    ),
    (
        _("The day"),
        Page("seat_plan", _("Seat plan"), "forums:seat_plan", _is_out),
        Page("badges", _("Badges"), "forums:badges", _is_out),
        Page("door", _("Check-in"), "forums:door", _is_out),
        Page("lead", _("Lead the group work"), "forums:lead", _has_group_work),
    ),
    (
        _("Afterwards"),
        Page("afterwards", _("How it went"), "forums:afterwards", _is_out),
    ),
)


@register.inclusion_tag("forums/parts/organiser_nav.html")
def organiser_nav(forum, part=""):
    """The four phases of a forum, the pages of the one that is open, and the page after `part`."""
    phases = []
    for name, *pages in PHASES:
        links = [
            {
                "part": page.part,
                "name": page.name,
                "url": reverse(page.address, args=[forum.slug]),
                "is_open": page.part == part,
            }
            for page in pages
            if page.shown(forum)
        ]
        is_open = any(link["is_open"] for link in links)
        phases.append({"name": name, "pages": links, "is_open": is_open})
    every = [page for phase in phases for page in phase["pages"]]
    open_at = next((number for number, page in enumerate(every) if page["is_open"]), len(every))
    return {
        "phases": phases,
        "pages": next((phase["pages"] for phase in phases if phase["is_open"]), []),
        "next": next(iter(every[open_at + 1 :]), None),
    }
