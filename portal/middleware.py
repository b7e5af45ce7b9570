"""What no library of ours does: a header, and an address that the database can take."""

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
