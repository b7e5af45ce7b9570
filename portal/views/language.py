"""Choosing Swedish or English, before sign-in too."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.choosing import choose_language
from portal.forms import LanguageForm


@login_not_required
@require_POST
def choose(request):
    """Keep the choice on the person and in a cookie, and go back to where the reader was."""
    form = LanguageForm(request.POST)
    response = HttpResponseRedirect(_way_back(request))
    if form.is_valid():
        language = form.cleaned_data["language"]
        if request.user.is_authenticated:
            choose_language(request.user, language=language)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=60 * 60 * 24 * 365,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            samesite="Lax",
        )
    return response


def _way_back(request):
    """The path in `next` where it is one of ours, else the start page."""
    way = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        way, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return way if is_ours else resolve_url("portal:start")
