"""What readers say: comments and questions beneath a text, and whether it helped."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.refusals import Refusal
from news import discussing, judging
from news.forms.talk import AnswerForm, CommentForm, HideForm, VerdictForm
from news.models import Article, Comment, text_at
from news.permissions import may_moderate
from news.views.reading import show

PER_PAGE = 30


@require_POST
def comment(request, pk):
    """Say something beneath a text. What could not be said stands on its page, to be mended."""
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    form = CommentForm(request.POST)
    if form.is_valid():
        try:
            said = discussing.say(article, **form.cleaned_data, by=request.user)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Your comment stands beneath the text."))
            return redirect(_place(said))
    found = text_at(article.slug, article.kind, user=request.user)
    return show(request, *found, status=409, comment_form=form)


@require_POST
def talk(request, pk):
    """Open a text to comments and questions, or close it to new ones: its author may, who need not have
    anything to do at the desk."""
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    if not may_moderate(request.user, article):
        raise PermissionDenied
    verb, done = discussing.close_talk, _("This text takes no new comments.")
    if request.POST.get("to") == Article.Talk.OPEN:
        verb, done = discussing.open_talk, _("The text is open for comments and questions.")
    try:
        verb(article, by=request.user)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(article)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, pk):
    """Answer a comment."""
    answered = _found(request, pk)
    data = request.POST if request.method == "POST" else None
    form = AnswerForm(data)
    if data is not None and form.is_valid():
        try:
            said = discussing.say(answered.article, **form.cleaned_data, answers=answered, by=request.user)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Your answer stands beneath the text."))
            return redirect(_place(said))
    context = {"comment": answered, "form": form, "title": _("Answer")}
    return render(request, "news/comment.html", context, status=409 if form.errors else 200)


@require_safe
def my_comments(request):
    """What the reader has said beneath texts, to be taken back."""
    said = Comment.objects.said_by(request.user)
    page = Paginator(said, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "news/my_comments.html", {"page": page})


@require_POST
def take_back(request, pk):
    """Take back what one has said oneself: also where the text takes no comments any more, or is no longer
    there to be read. Where the text can be read, and it was not done from the list, it is shown again."""
    own = get_object_or_404(Comment.objects.select_related("article"), pk=pk, by=request.user)
    discussing.take_back(own, by=request.user)
    messages.success(request, _("You have taken it back. Its words are erased."))
    is_read = Article.objects.visible_to(request.user).filter(pk=own.article_id).exists()
    return redirect(own.article) if is_read and "listed" not in request.POST else redirect("news:my_comments")


@require_http_methods(["GET", "HEAD", "POST"])
def hide(request, pk):
    """Hide what must not stand beneath a text, or show it again."""
    hidden = _found(request, pk)
    if not may_moderate(request.user, hidden.article):
        raise PermissionDenied
    if request.method == "POST" and "show" in request.POST:
        discussing.show_again(hidden, by=request.user)
        return redirect(_place(hidden))
    data = request.POST if request.method == "POST" else None
    form = HideForm(data)
    if data is not None and form.is_valid():
        discussing.hide(hidden, **form.cleaned_data, by=request.user)
        messages.success(request, _("It is hidden. Its place says why."))
        return redirect(_place(hidden))
    context = {"comment": hidden, "form": form, "title": _("Hide the comment"), "is_hiding": True}
    return render(request, "news/comment.html", context, status=409 if form.errors else 200)


@require_POST
def judge(request, pk):
    """Say whether a text helped."""
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    form = VerdictForm(request.POST)
    if not form.is_valid():
        found = text_at(article.slug, article.kind, user=request.user)
        return show(request, *found, status=409, verdict_form=form)
    verdict = judging.judge(article, **form.cleaned_data, by=request.user)
    thanks = _("Thank you! The owner of the text gets your word.") if verdict.words else _("Thank you!")
    messages.success(request, thanks)
    return redirect(article)


@require_safe
def verdicts(request, pk):
    """What readers say of a text, for those who answer for it."""
    article = get_object_or_404(Article.objects.all_on_desk_of(request.user).with_unit_and_audience(), pk=pk)
    if not may_moderate(request.user, article):
        raise PermissionDenied
    helped, not_helped = article.verdicts.tally()
    context = {
        "article": article,
        "version": article.newest_version,
        "helped": helped,
        "not_helped": not_helped,
        "words": article.verdicts.with_words()[:200],
        "questions": article.comments.unanswered().select_related("by"),
    }
    return render(request, "news/verdicts.html", context)


def _found(request, pk):
    """A comment beneath a text that the reader may read; of one taken back nothing is left."""
    articles = Article.objects.visible_to(request.user).values("pk")
    found = Comment.objects.filter(article__in=articles).select_related("article", "by")
    comment = get_object_or_404(found, pk=pk)
    if comment.taken_back_at:
        raise Http404
    return comment


def _place(comment):
    return f"{comment.article.get_absolute_url()}#kommentar-{comment.pk}"
