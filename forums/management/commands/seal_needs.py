"""`manage.py seal_needs`: after a new key, so that the old one can be thrown away."""

from django.core.management import BaseCommand, CommandError

from forums.catering import seal_needs_anew


class Command(BaseCommand):
    help = "Seal what people have told of their needs with the first of NEEDS_KEYS. Safe to run twice."

    def handle(self, **options):
        done, lost = seal_needs_anew()
        self.stdout.write(f"{done} needs were sealed anew.")
        if lost:
            raise CommandError(f"{lost} can be opened with none of NEEDS_KEYS, and stay as they are.")
