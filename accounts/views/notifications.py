"""What the portal has told somebody."""

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.notifying import mark_read

NOTIFICATIONS_PER_PAGE = 30


@require_http_methods(["GET", "HEAD", "POST"])
def notifications(request):
    """List what the reader has been told, newest first; POST marks `pk`, or else all, as read."""
    if request.method == "POST":
        pk = request.POST.get("pk", "")
        mark_read(request.user, pks=[int(pk)] if pk.isdecimal() else None)
        return redirect("accounts:notifications")
    page = Paginator(request.user.notifications.all(), NOTIFICATIONS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    unread = request.user.notifications.unread().count()
    return render(request, "accounts/notifications.html", {"page": page, "unread": unread})
