from .answerable import answer_at, forum_to_answer
from .circulars import Circular
from .commitments import Commitment, CommitmentUpdate
from .dots import Dot, ballot_of, claim_of
from .finding import answers_of
from .forums import Forum
from .groupwork import GroupWork, Question, Round, Table
from .insults import Insult
from .invitations import Invitation
from .keywords import Concept, KeptApart, Term
from .kinds import ForumKind, KindItem
from .materials import Material, lay_beside
from .named import NamedPerson
from .needs import Access, Diet, Needs
from .notes import Mention, Note
from .programme import ProgrammeItem, empty_ends, seams_of
from .quotas import Quota
from .recounts import Recount
from .registrations import Registration
from .reminders import Reminder
from .results import Result
from .standing import Standing
from .thinnings import Thinning
from .turns import Turn
from .verdicts import Verdict

__all__ = [
    "Access",
    "Circular",
    "Commitment",
    "CommitmentUpdate",
    "Concept",
    "Diet",
    "Dot",
    "Forum",
    "ForumKind",
    "GroupWork",
    "Insult",
    "Invitation",
    "KeptApart",
    "KindItem",
    "Material",
    "Mention",
    "NamedPerson",
    "Needs",
    "Note",
    "ProgrammeItem",
    "Question",
    "Quota",
    "Recount",
    "Registration",
    "Reminder",
    "Result",
    "Round",
    "Standing",
    "Table",
    "Term",
    "Thinning",
    "Turn",
    "Verdict",
    "answer_at",
    "answers_of",
    "ballot_of",
    "claim_of",
    "empty_ends",
    "forum_to_answer",
    "lay_beside",
    "seams_of",
]
