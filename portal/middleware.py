"""What no library of ours does: a header, an address that the database can take, and words for a dead end."""

from django.shortcuts import render

# A camera is used by check-in on our own pages; everything else is switched off.
PERMISSIONS_POLICY = (
    "accelerometer=(), camera=(self), display-capture=(), fullscreen=(self), geolocation=(), "
    "gyroscope=(), microphone=(), payment=(), usb=()"
)


def permissions_policy(get_response):
    """Set the Permissions-Policy header (W3C Permissions Policy, section 5) on every answer."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return middleware


def no_nul_in_query(get_response):
    """Read a NUL in what stands after the "?" as a space. Nobody types one, and PostgreSQL takes none in a
    text (its manual, 8.3). A form says so beside the field, but a search in an address has no such place."""

    def middleware(request):
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.META["QUERY_STRING"] = request.META["QUERY_STRING"].replace("%00", "%20")
        return get_response(request)

    return middleware


def page_of_what_is_no_page(get_response):
    """Say in words, with a way on, that nothing is to be read at an address that only takes a form. Somebody
    comes there by the browser's history, by loading a page with a refused form again, or by a link."""

    def middleware(request):
        response = get_response(request)
        if response.status_code != 405 or request.method != "GET" or not request.accepts("text/html"):
            return response
        page = render(request, "405.html", status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    return middleware
