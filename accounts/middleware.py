"""The language of a page is the one that its reader chose."""

from django.conf import settings
from django.utils import translation


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
