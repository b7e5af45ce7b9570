"""Where allauth and our people meet."""

from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.utils.translation import gettext_lazy as _

from accounts.mailing import queue_mail
from accounts.models import Numbered, Person

_READER = Numbered(lambda number: Person.objects.filter(pk=number))


class PersonBackend(AuthenticationBackend):
    """allauth's own, but every page's reader is fetched by a question that is compiled once."""

    def get_user(self, user_id):
        person = next(iter(_READER.ask(user_id)), None)
        return person if person and self.user_can_authenticate(person) else None


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

    def send_password_reset_mail(self, user, email, context):
        """Queue the way to a new password, in the person's own language. It works once, and for
        PASSWORD_RESET_TIMEOUT seconds; asked for anew, it is sent anew."""
        url = context["password_reset_url"]
        queue_mail("password_reset", to=user, key=f"password_reset:{uuid4()}", context={"reset_url": url})


def display_name(person):
    return person.full_name
