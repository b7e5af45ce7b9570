from .articles import Article
from .pictures import Picture
from .reviews import ReviewStep
from .versions import Version

__all__ = ["Article", "Picture", "ReviewStep", "Version"]
