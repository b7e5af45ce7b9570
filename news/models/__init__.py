from .articles import Article
from .feeds import Feed, mark_at
from .pictures import Picture
from .reviews import ReviewStep
from .versions import Version

__all__ = ["Article", "Feed", "Picture", "ReviewStep", "Version", "mark_at"]
