"""Fill an empty database with the demo municipality."""

from time import monotonic

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Person
from portal.demo.loading import AlreadyPeopled, load
from portal.demo.scale import scale_up


class Command(BaseCommand):
    help = "Fill an empty database with Almviks kommun, an invented municipality."

    def add_arguments(self, parser):
        parser.add_argument(
            "--scale",
            choices=["small", "full"],
            default="small",
            help="full: 7,500 people, 3,000 articles, 20 forums and 100,000 notes, for measuring",
        )

    def handle(self, *args, scale, **options):
        started = monotonic()
        try:
            load()
        except AlreadyPeopled:
            raise CommandError(
                "The database already holds people, so the demo was not loaded. Start from an empty one."
            ) from None
        if scale == "full":
            scale_up()
        took = monotonic() - started
        self.stdout.write(f"Loaded Almviks kommun, {Person.objects.count()} people, in {took:.0f} s.")
