from .agenda import Agenda, promised_by, steps_for, to_confirm_by, to_summarise_by
from .search import SearchEntry

__all__ = ["Agenda", "SearchEntry", "promised_by", "steps_for", "to_confirm_by", "to_summarise_by"]
