from .assignments import Assignment, Side
from .audiences import Audience, AudienceRule, Group, OpenToQuerySet
from .logs import LogEntry
from .mails import Mail
from .notifications import Notification
from .people import Person
from .prepared import Prepared
from .reach import Reach, reach_of
from .roles import Role, RoleGrant
from .units import Unit

__all__ = [
    "Assignment",
    "Audience",
    "AudienceRule",
    "Group",
    "LogEntry",
    "Mail",
    "Notification",
    "OpenToQuerySet",
    "Person",
    "Prepared",
    "Reach",
    "Role",
    "RoleGrant",
    "Side",
    "Unit",
    "reach_of",
]
