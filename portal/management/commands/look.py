"""`manage.py look`: tell the web workers what is new to those who follow a group work."""

import asyncio

from django.core.management import BaseCommand

from portal.accompanying import end_with_input
from portal.looking import Lookout


class Command(BaseCommand):
    help = "Tell web workers what is new, at a Unix socket, until standard input ends (`serve` holds it)."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("socket", help="where the web workers connect")

    def handle(self, *, socket, **options):
        end_with_input()
        asyncio.run(Lookout().serve(socket))
