"""What holds for every page: the language that its reader chose, and that its reader is in service."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import render, resolve_url
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin
from django.utils.http import url_has_allowed_host_and_scheme

# Where one signs in and out and looks after one's own account: open as long as the account is.
OWN_ACCOUNT = "konto/"


def chosen_language(get_response):
    """Activate the signed-in person's language; before sign-in the cookie's, else Swedish.

    The browser's Accept-Language is not asked: it is the machine's, and Swedish comes first.
    """

    def middleware(request):
        language = request.user.language if request.user.is_authenticated else None
        language = language or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if language not in dict(settings.LANGUAGES):
            language = settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
            if hasattr(response, "render") and not response.is_rendered:
                response.render()
            response.headers.setdefault("Content-Language", language)
            return response

    return middleware


class SignInMiddleware(LoginRequiredMiddleware):
    """Ask for sign-in, and lead on to a page afterwards.

    Whoever sent a form when their session had ended comes back to the page on which it stands: many
    addresses that take a form are no page, and would answer 405.
    """

    def handle_no_permission(self, request, view_func):
        if request.method in ("GET", "HEAD"):
            return super().handle_no_permission(request, view_func)
        login_url = resolve_url(self.get_login_url(view_func))
        return redirect_to_login(_page_of(request), login_url, self.get_redirect_field_name(view_func))


def _page_of(request):
    """The path of the page on which a form that was sent stands, as far as the browser says."""
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
        return request.get_full_path()
    return urlsplit(page)._replace(scheme="", netloc="", fragment="").geturl()


class InServiceMiddleware(MiddlewareMixin):
    """Show whoever is signed in without an assignment of today a page that says so, at every address.

    Closed by default, like `LoginRequiredMiddleware` before it: what is open before sign-in is open
    here too, and beside it only one's own account.
    """

    def process_view(self, request, view, args, kwargs):
        is_open = not getattr(view, "login_required", True)
        is_open = is_open or request.resolver_match.route.startswith(OWN_ACCOUNT)
        if is_open or not request.user.is_authenticated or request.user.reach.in_service:
            return None
        return render(request, "accounts/not_in_service.html", status=403)
