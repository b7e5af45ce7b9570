"""The library of documents: what there is, where it is used, and what may be done with it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.refusals import Refusal
from news import documenting
from news.forms.documents import DescribeDocumentForm, DocumentFileForm, NewDocumentForm
from news.models import Article, Document
from news.permissions import may_change_document, may_use_library, may_write
from news.views.uploads import document_as_json

PER_PAGE = 24


@require_safe
def documents(request):
    """The documents that the person may use, by `?q=`; as JSON for the editor's chooser.

    JSON: {"results": [...], "more": bool}, each as `document_as_json` says it.
    """
    if not may_use_library(request.user):
        raise PermissionDenied
    query = request.GET.get("q", "").strip()[:200]
    found = Document.objects.visible_to(request.user).matching(query).with_newest_file()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        response = JsonResponse({"results": [document_as_json(one) for one in page], "more": page.has_next()})
    else:
        context = {
            "title": _("Documents"),
            "page": page,
            "query": query,
            "may_write": may_write(request.user),
        }
        response = render(request, "news/documents.html", context)
    patch_vary_headers(response, ["Accept"])
    return response


@require_http_methods(["GET", "POST"])
def new_document(request):
    if not may_use_library(request.user):
        raise PermissionDenied
    form = NewDocumentForm(*([request.POST, request.FILES] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid():
        document = documenting.add_document(**form.cleaned_data, by=request.user)
        messages.success(request, _("The document is in the library."))
        return redirect("news:edit_document", pk=document.pk)
    return render(request, "news/new_document.html", {"form": form})


@require_http_methods(["GET", "POST"])
def edit_document(request, pk):
    """One document: what it is called, its files, and the texts that refer to it."""
    document = _on_shelf(request, pk)
    form = DescribeDocumentForm(request.POST if request.method == "POST" else None, instance=document)
    if request.method == "POST":
        _demand_change(request, document)
        if form.is_valid():
            documenting.describe(document, by=request.user, **form.cleaned_data)
            messages.success(request, _("The document is saved."))
            return redirect("news:edit_document", pk=pk)
    return _document_page(request, document, form=form)


@require_POST
def replace_document(request, pk):
    """Let the address lead to a new file."""
    document = _on_shelf(request, pk)
    _demand_change(request, document)
    form = DocumentFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _document_page(request, document, file_form=form)
    documenting.replace_file(document, form.cleaned_data["file"], by=request.user)
    messages.success(request, _("The new file is in place, at the same address."))
    return redirect("news:edit_document", pk=pk)


@require_POST
def remove_document(request, pk):
    """Remove what no text refers to."""
    if documenting.was_removed(pk, by=request.user):
        return redirect("news:documents")
    document = _on_shelf(request, pk)
    _demand_change(request, document)
    try:
        documenting.remove(document, by=request.user)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("news:edit_document", pk=pk)
    messages.success(request, _("The document is removed."))
    return redirect("news:documents")


def _on_shelf(request, pk):
    if not may_use_library(request.user):
        raise PermissionDenied
    return get_object_or_404(Document.objects.visible_to(request.user), pk=pk)


def _demand_change(request, document):
    if not may_change_document(request.user, document):
        raise PermissionDenied


def _document_page(request, document, *, form=None, file_form=None):
    used = document.versions.exists()
    on_desk = Article.objects.on_desk_of(request.user).filter(versions__documents=document).distinct()
    context = {
        "document": document,
        "form": form or DescribeDocumentForm(instance=document),
        "file_form": file_form or DocumentFileForm(),
        "files": document.files.select_related("uploaded_by"),
        "articles": on_desk.with_newest_title(),
        "is_used": used,
        "may_change": may_change_document(request.user, document),
    }
    return render(request, "news/document.html", context)
