"""What every page's frame shows: the menu, one's own links, the municipality's name."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, reach_of

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


class Frame:
    """The frame around one page, as its reader may see it. Costs no query beyond the reader's reach."""

    def __init__(self, request):
        self.request = request

    @property
    def reach(self):
        return reach_of(self.request.user)

    @property
    def may_enter_desk(self):
        return self.reach.has(Role.COMMUNICATOR) or self.reach.has(Role.APPROVER)

    @property
    def may_organise(self):
        return self.reach.has(Role.ORGANISER)

    @property
    def may_administer(self):
        return self.reach.is_administrator

    def places(self):
        """The main menu, with the place marked that the page lies in."""
        start = address("portal:start")
        for name, words in [*PLACES, DESK] if self.may_enter_desk else PLACES:
            href, path = address(name), self.request.path
            inside = href != start and path.startswith(href)
            yield Place(href, words, "page" if path == href else "true" if inside else "")

    @property
    def search(self):
        return address("portal:search")

    @property
    def organisation(self):
        return address("accounts:organisation")

    def own_links(self):
        """(address, words) of what is the reader's own."""
        yield address("portal:my_page"), _("My page")
        yield address("accounts:notifications"), _("Notifications")
        yield address("account_change_password"), _("Password and sign-in")
        if self.may_administer:
            yield address("admin:index"), _("Administration")
            yield address("portal:components"), _("Components")


def portal(request):
    """Add the municipality's name, the `frame` and the nonce of the answer's content security policy."""
    return {
        "municipality": settings.MUNICIPALITY,
        "frame": Frame(request),
        "demo": settings.DEMO,
        "csp_nonce": getattr(request, "csp_nonce", ""),
    }
