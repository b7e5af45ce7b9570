from .agenda import Agenda
from .search import SearchEntry

__all__ = ["Agenda", "SearchEntry"]
