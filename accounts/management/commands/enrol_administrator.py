"""Letting the first administrator in."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from accounts.enrolling import enrol_administrator


class Command(BaseCommand):
    help = (
        "Makes somebody an administrator: the person, a post and the unit at the top where they are missing."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("given_name")
        parser.add_argument("family_name")
        parser.add_argument("--title", default="Systemförvaltare", help="of the post, if one is made")

    def handle(self, *args, email, given_name, family_name, title, **options):
        try:
            validate_email(email)
        except ValidationError as invalid:
            raise CommandError(f"{email} is not an e-mail address.") from invalid
        person = enrol_administrator(
            email=email,
            given_name=given_name,
            family_name=family_name,
            title=title,
            municipality=settings.MUNICIPALITY,
        )
        self.stdout.write(f"{person} ({person.email}) is an administrator.")
        if not person.has_usable_password():
            self.stdout.write("A password is chosen through “Har du glömt lösenordet?” on the sign-in page.")
