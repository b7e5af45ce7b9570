"""What the portal has told somebody."""

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.forms import MarkReadForm
from accounts.notifying import mark_read

NOTIFICATIONS_PER_PAGE = 30


@require_http_methods(["GET", "HEAD", "POST"])
def notifications(request):
    """List what the reader has been told, newest first; POST marks one of them, or all, as read."""
    if request.method == "POST":
        form = MarkReadForm(request.POST, person=request.user)
        if form.is_valid():
            mark_read(request.user, notification=form.cleaned_data["notification"])
        return redirect("accounts:notifications")
    page = Paginator(request.user.notifications.shown(), NOTIFICATIONS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    unread = request.user.notifications.unread().count()
    return render(request, "accounts/notifications.html", {"page": page, "unread": unread})
