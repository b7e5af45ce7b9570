"""Where allauth and our people meet."""

from allauth.account.adapter import DefaultAccountAdapter
from django.utils.translation import gettext_lazy as _


class ClosedAdapter(DefaultAccountAdapter):
    """Nobody signs up: people come from the staff register, or through a sign-in service."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "The e-mail address or the password is not right. Check both, and try again."
        ),
        "too_many_login_attempts": _("That was many tries in a row. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request):
        return False


def display_name(person):
    return person.full_name
