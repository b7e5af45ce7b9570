from .announcements import Announcement
from .around import around
from .articles import Article, Signatory
from .asked import asked_of, away_for
from .blogs import Blog
from .comments import Comment, Verdict
from .confirmations import Confirmation, ReadingReminder
from .documents import Document, DocumentFile, VersionDocument, VersionPicture
from .feeds import Feed, Marks, beside, text_at
from .pens import Pen, SaveRun
from .pictures import Picture
from .remarks import Remark
from .reviews import ReviewStep
from .routes import Route, RouteStep
from .topics import Topic
from .versions import Version

__all__ = [
    "Announcement",
    "Article",
    "Blog",
    "Comment",
    "Confirmation",
    "Document",
    "DocumentFile",
    "Feed",
    "Marks",
    "Pen",
    "Picture",
    "ReadingReminder",
    "Remark",
    "ReviewStep",
    "Route",
    "RouteStep",
    "SaveRun",
    "Signatory",
    "Topic",
    "Verdict",
    "Version",
    "VersionDocument",
    "VersionPicture",
    "around",
    "asked_of",
    "away_for",
    "beside",
    "text_at",
]
