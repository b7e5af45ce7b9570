"""The frame around every page: the menu, one's own links, the municipality's name.

It differs between readers in a few words only: a name, a token, the way back. So it is rendered
once for each kind of reader, with marks where those words go, and kept for as long as the process
lives; a page gets it with its own words put in (decisions/0012).
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from types import SimpleNamespace

from django.conf import settings
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from news.permissions import may_see_desk

# The main menu: address name and words, in the order of the page.
PLACES = [
    ("portal:start", _("Start")),
    ("news:list", _("News")),
    ("news:blog", _("The blog")),
    ("forums:list", _("Forums")),
    ("accounts:people", _("People")),
    ("accounts:organisation", _("Organisation")),
]
DESK = ("news:desk", _("The desk"))

# Letters of the private use area (Unicode, 23.5): they stand in nothing that we show.
GIVEN_NAME, FULL_NAME, TOKEN, WAY_BACK, NONCE, NUMBER = MARKS = "\ue000\ue001\ue002\ue003\ue004\ue005"
AT_A_MARK = re.compile(f"([{''.join(MARKS)}])")


@cache
def address(name):
    """The path of the address with this name. The frame's addresses are the same for every reader,
    so they are looked up once for each process, not a dozen times for each page."""
    return reverse(name)


@dataclass(frozen=True)
class Place:
    """A line of the main menu; `current` is the value of `aria-current`, empty when elsewhere."""

    href: str
    words: str
    current: str


@dataclass(frozen=True)
class Frame:
    """The frame for one kind of reader, in one place of the portal.

    `here` names the place of the main menu that the page lies in (empty for none); `is_its_page`
    tells whether the page is that place's own.
    """

    is_signed_in: bool = False
    may_enter_desk: bool = False
    may_administer: bool = False
    here: str = ""
    is_its_page: bool = False

    @classmethod
    def around(cls, request):
        """The frame for the page that answers `request`. No query beyond the reader's reach."""
        if not is_signed_in(request):
            return cls()
        path = request.path
        here = next((name for name, _words in [*PLACES[1:], DESK] if path.startswith(address(name))), "")
        here = here or ("portal:start" if path == address("portal:start") else "")
        return cls(
            is_signed_in=True,
            may_enter_desk=may_see_desk(request.user),
            may_administer=request.user.reach.is_administrator,
            here=here,
            is_its_page=bool(here) and path == address(here),
        )

    def places(self):
        """The lines of the main menu."""
        for name, words in [*PLACES, DESK] if self.may_enter_desk else PLACES:
            current = ("page" if self.is_its_page else "true") if name == self.here else ""
            yield Place(address(name), words, current)

    def own_links(self):
        """(address, words) of what is the reader's own."""
        yield address("portal:my_page"), _("My page")
        yield address("accounts:notifications"), _("Notifications")
        yield address("account_change_password"), _("Password and sign-in")
        if self.may_administer:
            yield address("admin:index"), _("Administration")
            yield address("news:routes"), _("Review routes")
            yield address("portal:log"), _("The log")
            yield address("portal:components"), _("Components")

    @property
    def search(self):
        return address("portal:search")

    @property
    def organisation(self):
        return address("accounts:organisation")


def is_signed_in(request):
    """Whether a person signed in. A request that was refused at the door has no user yet."""
    return hasattr(request, "user") and request.user.is_authenticated


def header_of(request):
    """Return the header of the page that answers `request`, as its reader sees it."""
    words = {TOKEN: get_token(request), WAY_BACK: escape(request.get_full_path())}
    if is_signed_in(request):
        words[NUMBER] = str(request.user.pk)
        words |= {GIVEN_NAME: escape(request.user.given_name), FULL_NAME: escape(request.user.full_name)}
    pieces = _pieces("site_header", Frame.around(request), get_language())
    return mark_safe("".join(words.get(piece, piece) for piece in pieces))


def head_of(request):
    """Return what stands in the head of every page. Its scripts carry the nonce of this answer."""
    nonce = str(getattr(request, "csp_nonce", ""))
    pieces = _pieces("site_head", Frame(), get_language())
    return mark_safe("".join(nonce if piece == NONCE else piece for piece in pieces))


def footer_of(request):
    """Return the footer of the page that answers `request`."""
    frame = Frame(is_signed_in=is_signed_in(request))
    return mark_safe("".join(_pieces("site_footer", frame, get_language())))


# Two languages, with and without the desk and the back office, in eight places: well below the limit.
@lru_cache(maxsize=512)
def _pieces(component, frame, language):
    """A component of the frame, cut at its marks. `language` is the active one, part of the key."""
    user = SimpleNamespace(
        is_authenticated=frame.is_signed_in, pk=NUMBER, given_name=GIVEN_NAME, full_name=FULL_NAME
    )
    context = {
        "frame": frame,
        "user": user,
        "csrf_token": TOKEN,
        "csp_nonce": NONCE,
        "request": SimpleNamespace(get_full_path=WAY_BACK),
        "municipality": settings.MUNICIPALITY,
    }
    return tuple(AT_A_MARK.split(render_to_string(f"components/{component}.html", context)))
