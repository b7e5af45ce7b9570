"""What every page's frame shows."""

from django.conf import settings

from accounts.models import Role, reach_of


class Frame:
    """What the signed-in person may open from the frame: booleans, asked only when a page shows them."""

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


def portal(request):
    """Add the municipality's name, the `frame` and the nonce of the answer's content security policy.

    Costs no query beyond the person's own reach.
    """
    return {
        "municipality": settings.MUNICIPALITY,
        "frame": Frame(request),
        "demo": settings.DEMO,
        "csp_nonce": getattr(request, "csp_nonce", ""),
    }
