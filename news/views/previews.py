"""A version as readers would see it: as whom one likes, at a desk or on a phone."""

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from news.forms.previews import PreviewForm
from news.models import Article
from news.permissions import may_edit
from news.previewing import seen_by
from news.views.reading import as_read, as_shown


@require_safe
@csp_update({"frame-src": [SELF]})
def preview(request, pk, number):
    """Any version of an article on the desk; `?som=chef&enhet=3&bredd=telefon` as somebody else sees it."""
    article, version = _find(request, pk, number)
    form = PreviewForm(request.GET, unit=article.unit)
    reader = form.reader
    context = {
        "is_preview": True,
        "may_restore": may_edit(request.user, article) and version != article.newest_version,
        "form": form,
        "seen": seen_by(version, reader) if reader else None,
    }
    return render(request, "news/preview.html", as_read(request, version) | context)


@require_safe
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def framed(request, pk, number):
    """The same within a frame as wide as a phone, on the page above and nowhere else."""
    _article, version = _find(request, pk, number)
    return render(request, "news/framed.html", as_shown(version) | {"title": version.title})


def _find(request, pk, number):
    article = get_object_or_404(Article.objects.on_desk_of(request.user), pk=pk)
    return article, get_object_or_404(article.versions.for_reading(), number=number)
