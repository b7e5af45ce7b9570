"""Commenting on passages of a text in review, until they are mended."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.recording import record
from accounts.refusals import Refusal
from news.annotating import holds, holds_in, mended
from news.models import Remark, Version
from news.refusals import NotInReview


class NotInTheText(Refusal):
    message, field = _("These words do not stand in the text. Copy them as they are."), "quote"


@transaction.atomic
def remark(version, *, by, text, quote="", part="", occurrence=0):
    """Comment on the words `quote` of a version in review, or on all of it where it is empty.

    Args:
        part, occurrence: in which part of the text they were marked (`annotating.parts_of`), and how many
            times they stand in it before that; where they were copied by hand, or stand elsewhere, they are
            taken to be the first.

    The same comment by the same person (a double click) is made once.

    Raises:
        NotInReview: the version has its answer, or the article is in the trash.
        NotInTheText: `quote` does not stand in the title, the lead or the body.
    """
    version = Version.objects.locked(version.pk)
    if version.state != Version.State.SUBMITTED or version.article.trashed_at:
        raise NotInReview
    said = {"quote": " ".join(quote.split()), "text": text.strip()}
    if said["quote"] and not holds(version, said["quote"]):
        raise NotInTheText
    if said["quote"] and holds_in(version, part, said["quote"]):
        said |= {"part": part, "occurrence": occurrence}
    made, is_new = version.remarks.get_or_create(by=by, resolved_at=None, **said)
    if is_new:
        record("remark.made", about=version.article, by=by, version=version.number)
    return made


@transaction.atomic
def resolve(remark, *, by):
    """Say that a comment is seen to. Twice is as once."""
    seen_to = Remark.objects.open().filter(pk=remark.pk)
    if seen_to.update(resolved_at=timezone.now(), resolved_by=by):
        record("remark.resolved", about=remark.version.article, by=by, version=remark.version.number)


def settle_mended(version, *, by):
    """Resolve the comments on earlier versions whose passage no longer stands in `version`."""
    earlier = Remark.objects.open().filter(
        version__article=version.article, version__number__lt=version.number
    )
    for one in mended(earlier.select_related("version__article"), version):
        resolve(one, by=by)
