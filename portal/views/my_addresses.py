"""Addresses of one's own, for one's calendar and for one's feeds: made, changed for another, turned off."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.keying import change_key, key_of, take_key_back
from accounts.models import PersonalKey
from news.models import Topic
from news.syndicating import addresses_of
from portal.forms import KeyForm

Purpose = PersonalKey.Purpose

# What each button does, and what is said then.
DEEDS = {
    Purpose.CALENDAR: {
        "make": (key_of, gettext_lazy("Your calendar has an address. Copy it to your calendar program.")),
        "change": (
            change_key,
            gettext_lazy("Your calendar has another address. The one before opens nothing."),
        ),
        "turn_off": (take_key_back, gettext_lazy("Your calendar is turned off. Its address opens nothing.")),
    },
    Purpose.FEED: {
        "make": (key_of, gettext_lazy("Your feeds have addresses. Copy them to your feed reader.")),
        "change": (change_key, gettext_lazy("Your feeds have other addresses. Those before open nothing.")),
        "turn_off": (take_key_back, gettext_lazy("Your feeds are turned off. Their addresses open nothing.")),
    },
}


@require_POST
def my_calendar(request):
    """Do what the pressed button says with the address of the reader's calendar."""
    _press(request, Purpose.CALENDAR)
    return redirect("portal:my_page")


@require_http_methods(["GET", "HEAD", "POST"])
def my_feeds(request):
    """Show the addresses of the reader's feeds, by kind and by topic; POST makes, changes or ends them."""
    if request.method == "POST":
        _press(request, Purpose.FEED)
        return redirect("portal:my_feeds")
    key = request.user.keys.filter(purpose=Purpose.FEED).first()
    context = {"key": key, "site_url": settings.SITE_URL}
    if key:
        context["kinds"], context["topics"] = addresses_of(key, Topic.objects.in_use().in_tree())
    return render(request, "portal/my_feeds.html", context)


def _press(request, purpose):
    """Do what the pressed button says, unless it was said of an address that is no longer the one."""
    key = request.user.keys.filter(purpose=purpose).first()
    form = KeyForm(request.POST)
    if form.is_valid() and form.cleaned_data["number"] == (key and key.number):
        deed, said = DEEDS[purpose][form.cleaned_data["do"]]
        deed(request.user, purpose)
        messages.success(request, said)
