"""Articles with a long history: many of them, with many versions each, as after ten years of use."""

import random
from datetime import timedelta

from django.utils import timezone

from accounts.models import LogEntry
from news.models import Article, Blog, Document, DocumentFile, Picture, ReviewStep, Topic, Version
from portal.demo.scale import add_articles, add_reviews

BATCH = 2_000
# So many pictures and documents lie in the libraries; their rows only, since no page here opens a file.
IN_LIBRARIES = 1_000
# Of each hundred articles so many have a draft, are in review, are scheduled, or are published no longer.
DRAFTS, REVIEWS, SCHEDULED, SILENT = 3, 2, 2, 5
EVENTS = ("version.opened", "version.saved", "version.submitted", "version.approved")


def deepen(*, articles, versions):
    """Fill the database, which holds the small demo, until it has so many articles with at least so many
    versions each, and the log of it."""
    chance = random.Random(2026)  # the same every time
    add_articles(articles - Article.objects.count(), chance)
    approver = ReviewStep.objects.exclude(decided_by=None).first().decided_by
    for one in list(Article.objects.all()):
        _add_history(one, versions, approver)
    _leave_some_in_the_works(chance)
    _sort_under_topics(chance)
    Article.objects.filter(kind=Article.Kind.BLOG, blog=None).update(blog=Blog.objects.first())
    _fill_libraries(IN_LIBRARIES, by=approver)
    today = timezone.localdate()
    for place, pk in enumerate(Article.objects.values_list("pk", flat=True)):
        review_on = today + timedelta(days=place % 400 - 60)
        Article.objects.filter(pk=pk).update(review_on=review_on)


def _add_history(article, versions, approver):
    """Put older versions before those that an article has, which keep their words and times."""
    kept = list(article.versions.order_by("-number"))
    missing = versions - len(kept)
    if missing <= 0:
        return
    for version in kept:  # the newest first, so that no number is taken twice
        Version.objects.filter(pk=version.pk).update(number=version.number + missing)
    first = kept[-1]
    begun = (first.live_from or first.created_at) - timedelta(days=30 * missing)
    older = [_older(first, number, begun, missing) for number in range(1, missing + 1)]
    add_reviews(Version.objects.bulk_create(older), approver)
    LogEntry.objects.bulk_create(
        LogEntry(
            by=approver,
            event=event,
            about_type="news.article",
            about_id=str(article.pk),
            about_name=article.slug,
            details={"version": number},
        )
        for number in range(1, missing + 1)
        for event in EVENTS
    )


def _older(first, number, begun, missing):
    at = begun + timedelta(days=30 * (number - 1))
    after = at + timedelta(days=30) if number < missing else first.live_from or first.created_at
    return Version(
        article_id=first.article_id,
        number=number,
        state=Version.State.APPROVED,
        title=first.title,
        lead=first.lead,
        body=f"{first.body}<p>Så lät det i version {number}.</p>",
        written_by_id=first.written_by_id,
        submitted_at=at,
        approved_at=at,
        live_from=at,
        superseded_at=after,
        published_at=begun,
        updated_at=at,
    )


def _leave_some_in_the_works(chance):
    """Let some of the newest versions be drafts, in review, scheduled or withdrawn."""
    now = timezone.now()
    newest = list(Version.objects.newest().approved().order_by("pk").values_list("pk", "article__unit_id"))
    chance.shuffle(newest)
    share = len(newest) // 100
    take = iter([pk for pk, _unit in newest])
    drafts, reviews, scheduled, silent = (
        [next(take) for _ in range(share * percent)] for percent in (DRAFTS, REVIEWS, SCHEDULED, SILENT)
    )
    _reopen(drafts, state=Version.State.DRAFT, submitted_at=None)
    _reopen(reviews, state=Version.State.SUBMITTED)
    ReviewStep.objects.filter(version__in=[*drafts, *reviews]).update(
        decision=ReviewStep.Decision.PENDING, decided_by=None, decided_at=None
    )
    Version.objects.filter(pk__in=scheduled).update(live_from=now + timedelta(days=9), live_until=None)
    Version.objects.filter(pk__in=silent).update(live_until=now - timedelta(days=2))
    for version in Version.objects.filter(pk__in=scheduled).select_related("article"):
        Version.objects.supersede(version.article)


def _sort_under_topics(chance):
    """Put a third of the articles under the first topic, and a few under each of the others."""
    first, *others = Topic.objects.order_by("pk")
    under = Article.topics.through
    about = [(pk, chance.choice(others).pk) for pk in Article.objects.values_list("pk", flat=True)]
    about += [(pk, first.pk) for pk, _other in about[::3]]
    rows = [under(article_id=article, topic_id=topic) for article, topic in about]
    under.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def _fill_libraries(number, *, by):
    """Put pictures and documents in the libraries, the pictures copied from one that a text shows."""
    shown = Picture.objects.exclude(versions=None).first()
    Picture.objects.bulk_create(
        (
            Picture(
                file=shown.file.name,
                width=shown.width,
                height=shown.height,
                name=f"Bild {serial}",
                alt="Barn som leker",
                found_by=f"bild {serial} barn som leker",
                in_library=True,
                has_avif=shown.has_avif,
                uploaded_by=by,
            )
            for serial in range(number)
        ),
        batch_size=BATCH,
    )
    documents = Document.objects.bulk_create(
        (
            Document(title=f"Plan {serial}", found_by=f"plan {serial} plan.pdf", uploaded_by=by)
            for serial in range(number)
        ),
        batch_size=BATCH,
    )
    DocumentFile.objects.bulk_create(
        (
            DocumentFile(
                document=document,
                number=1,
                file="none.pdf",
                name="plan.pdf",
                extension="pdf",
                size=1,
                uploaded_by=by,
            )
            for document in documents
        ),
        batch_size=BATCH,
    )


def _reopen(pks, **fields):
    """Take the yes of some versions back: the version before each goes on being read."""
    for version in Version.objects.filter(pk__in=pks).select_related("article"):
        Version.objects.filter(pk=version.pk).update(
            **fields, approved_at=None, live_from=None, live_until=None, superseded_at=None
        )
        Version.objects.supersede(version.article)
