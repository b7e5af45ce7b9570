from .circulars import Circular
from .commitments import Commitment, CommitmentUpdate
from .forums import Forum, answers_of
from .groupwork import GroupWork, Question, Round, Table
from .invitations import Invitation
from .keywords import Concept, Term
from .notes import Mention, Note
from .programme import ProgrammeItem, seams_of
from .registrations import Registration
from .results import Result

__all__ = [
    "Circular",
    "Commitment",
    "CommitmentUpdate",
    "Concept",
    "Forum",
    "GroupWork",
    "Invitation",
    "Mention",
    "Note",
    "ProgrammeItem",
    "Question",
    "Registration",
    "Result",
    "Round",
    "Table",
    "Term",
    "answers_of",
    "seams_of",
]
