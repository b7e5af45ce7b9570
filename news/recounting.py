"""Telling the log in words."""

from django.db.models import Q
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models import LogEntry
from news.models import Article, Document
from news.recalling import names_of

# What each event of texts, people and units is called; who did it and when stand beside it.
EVENTS = {
    "article.started": _("began the text"),
    "article.imported": _("imported the text"),
    "version.opened": _("began a new version"),
    "version.saved": _("saved the draft"),
    "version.submitted": _("sent it to review"),
    "version.signed_off": _("said yes"),
    "version.passed_on": _("asked the approvers instead of somebody who can’t answer"),
    "signatory.replaced": _("chose somebody else to sign it off"),
    "version.returned": _("returned it"),
    "version.approved": _("approved it"),
    "version.rescheduled": _("changed its times"),
    "version.taken_back": _("took it back from review"),
    "version.restored": _("began a draft with an earlier text"),
    "remark.made": _("commented on a passage"),
    "remark.resolved": _("saw to a comment"),
    "article.withdrawn": _("withdrew it"),
    "article.trashed": _("put it in the trash"),
    "article.restored": _("restored it from the trash"),
    "article.removed": _("removed it for good"),
    "article.retargeted": _("changed audience, secrecy or owner"),
    "article.surrounded": _("changed its topics, author, further reading or comments"),
    "article.judged": _("said whether it helped"),
    "comment.made": _("commented beneath the text"),
    "comment.taken_back": _("took a comment back"),
    "comment.hidden": _("hid a comment"),
    "comment.shown": _("showed a hidden comment again"),
    "blog.opened": _("opened a blog"),
    "blog.changed": _("changed a blog"),
    "article.must_be_read": _("asked its readers to confirm it"),
    "article.need_not_be_read": _("stopped asking its readers to confirm it"),
    "article.reminded": _("reminded those who had not confirmed it"),
    "article.still_right": _("said that it is still right"),
    "route.laid_out": _("changed the review route"),
    "topic.planted": _("added a topic"),
    "topic.changed": _("changed a topic"),
    "absence.announced": _("told of an absence"),
    "absence.ended": _("took an absence back"),
    "picture.added": _("added a picture"),
    "role.granted": _("granted a role"),
    "role.revoked": _("revoked a role"),
    "assignment.given": _("gave a post"),
    "assignment.ended": _("ended a post"),
    "person.enrolled": _("enrolled a person"),
    "assignment.changed": _("changed a post"),
    "audience.defined": _("defined an audience"),
    "audience.composed": _("put an audience together for a forum"),
    "audience.changed": _("changed an audience"),
    "audience.removed": _("removed an audience"),
    "guest.enrolled": _("enrolled a guest"),
    "person.changed": _("changed what is known of a person"),
    "unit.added": _("added a unit"),
    "unit.changed": _("changed a unit"),
    "unit.removed": _("removed a unit"),
    "document.added": _("added a document"),
    "document.described": _("changed what is said of a document"),
    "document.replaced": _("gave a document a new file"),
    "document.removed": _("removed a document"),
    "picture.described": _("changed the words of a picture"),
    "picture.removed": _("removed a picture"),
    "picture.redrawn": _("drew a picture anew"),
    "pen.taken": _("took over the writing"),
}


# What a text says of itself beside its words, as the entries of a change name it (`news.recalling`).
FIELDS = {
    "author": _("Author"),
    "owner": _("Owner"),
    "blog": _("Blog"),
    "audience": _("Audience"),
    "restricted": _("Only the audience may read it"),
    "embargoed": _("Secret until it is published"),
    "signatory": _("Sign-off by"),
    "topics": _("Topics"),
    "related": _("Read more"),
    "talk": _("Comments and questions from readers"),
}


def log_of(article):
    """The log entries about an article, newest first, and of the new files that documents in its texts were
    given: readers get them too. Two queries, one of them now."""
    documents = Document.objects.filter(versions__article=article).values_list("pk", flat=True).distinct()
    given = Q(
        event="document.replaced",
        about_type=Document._meta.label_lower,
        about_id__in=[str(pk) for pk in documents],
    )
    own = Q(about_type=article._meta.label_lower, about_id=str(article.pk))
    return LogEntry.objects.filter(own | given).select_related("by")


def tell_changes(entries):
    """Give each of the entries (a list) `changes`: what it changed around a text, as a list of (what, before,
    after) in words, of an entry that does not say so an empty one; and `shown_name`, the title of a document
    that was given a new file. A query for each kind of thing named.
    """
    said = [entry.details.get(side, {}) for entry in entries for side in ("before", "after")]
    names = names_of(said)
    given = [entry.about_id for entry in entries if entry.event == "document.replaced"]
    titles = {str(one.pk): one.title for one in Document.objects.filter(pk__in=given)} if given else {}
    for entry in entries:
        entry.shown_name = titles.get(entry.about_id)
        before, after = (entry.details.get(side, {}) for side in ("before", "after"))
        entry.changes = [
            (FIELDS[name], _in_words(name, before[name], names), _in_words(name, after[name], names))
            for name in before
            if name in FIELDS and name in after
        ]
    return entries


def _in_words(name, value, names):
    if name == "talk":
        return Article.Talk(value).label
    if name == "related":
        return ngettext("%(number)s text", "%(number)s texts", len(value)) % {"number": len(value)}
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    keys = value if isinstance(value, list) else [value]
    told = [names.get((name, key), gettext("removed since")) for key in keys if key is not None]
    return ", ".join(told) or gettext("nothing")


def recount(entries, *, events=EVENTS):
    """Give each log entry `words`, what was done, and `number`, the version it was about (or None).
    Returns them as a list; what has no words among `events` is called by its event."""
    told = list(entries)
    for entry in told:
        entry.words = events.get(entry.event, entry.event)
        entry.number = entry.details.get("version")
    return told
