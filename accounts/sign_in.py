"""Where allauth and our people meet."""

from allauth.account.adapter import DefaultAccountAdapter


class ClosedAdapter(DefaultAccountAdapter):
    """Nobody signs up: people come from the staff register, or through a sign-in service."""

    def is_open_for_signup(self, request):
        return False


def display_name(person):
    return person.full_name
