"""Writing the search index anew."""

from django.core.management.base import BaseCommand

from portal.indexing import reindex


class Command(BaseCommand):
    help = "Writes every search entry anew, for instance after loading data by other ways than the verbs."

    def handle(self, *args, **options):
        self.stdout.write(f"{reindex()} search entries written.")
