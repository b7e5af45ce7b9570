"""Headers that no library of ours sets."""

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
