from .absences import Absence
from .assignments import Assignment, Side
from .audiences import Audience, AudienceRule, Group, OpenToQuerySet, assignments_meant_by
from .keys import PersonalKey, signer_for
from .logs import LogEntry
from .mails import Mail
from .mandates import Mandate
from .notifications import ALWAYS_IN_PORTAL, CHOOSABLE, GATHERED, UNSAID, Cadence, Notification, Wish
from .people import Person
from .prepared import Numbered, Prepared, insert_rows
from .reach import Reach, reach_of
from .roles import Role, RoleGrant
from .titles import TitledQuerySet
from .trees import walk_tree
from .units import Unit

__all__ = [
    "ALWAYS_IN_PORTAL",
    "CHOOSABLE",
    "GATHERED",
    "UNSAID",
    "Absence",
    "Assignment",
    "Audience",
    "AudienceRule",
    "Cadence",
    "Group",
    "LogEntry",
    "Mail",
    "Mandate",
    "Notification",
    "Numbered",
    "OpenToQuerySet",
    "Person",
    "PersonalKey",
    "Prepared",
    "Reach",
    "Role",
    "RoleGrant",
    "Side",
    "TitledQuerySet",
    "Unit",
    "Wish",
    "assignments_meant_by",
    "insert_rows",
    "reach_of",
    "signer_for",
    "walk_tree",
]
