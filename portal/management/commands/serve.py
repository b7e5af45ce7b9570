"""`manage.py serve`: the whole portal in one command."""

import socket
import sys

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import DatabaseError

from accounts.models import Person
from portal.checking import unapplied_migrations
from portal.preparing import DEMO_ACCOUNTS, DEMO_PASSWORD, collect_static, with_demo_password
from portal.serving import serve


class Command(BaseCommand):
    help = "Serve the portal and do its tasks until Ctrl-C. The demo makes its own data first."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--workers", type=int, default=2, help="web processes, of one thread each (default: 2)"
        )

    def handle(self, *, host, port, workers, **options):
        self.check_port(host, port)
        try:
            self.prepare()
        except DatabaseError as error:
            raise CommandError(f"The database: {' '.join(str(error).split())}") from error
        except KeyboardInterrupt:
            sys.exit(130)
        serve(host=host, port=port, workers=workers, on_ready=lambda: self.tell(host, port))

    def check_port(self, host, port):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except (OSError, OverflowError) as error:
                reason = getattr(error, "strerror", None) or error
                raise CommandError(f"Port {port} cannot be used ({reason}). Choose another.") from error

    def prepare(self):
        """Bring the demo up to date; of production, only see that it is fit to be served."""
        if settings.DEMO:
            self.prepare_demo()
        elif waiting := unapplied_migrations():
            raise CommandError(f"{waiting} migrations wait to be applied: run manage.py migrate first.")
        elif person := with_demo_password():
            raise CommandError(
                f"{person.email} still has the demo password: change it, or close the account."
            )
        if collect_static():
            self.stdout.write("Collected the static files.")

    def prepare_demo(self):
        if unapplied_migrations():
            self.stdout.write("Preparing the database ...")
            call_command("migrate", interactive=False, verbosity=0)
        if not Person.objects.exists():
            self.stdout.write("Loading the demo municipality, which takes a minute ...")
            call_command("load_demo", stdout=self.stdout)

    def tell(self, host, port):
        shown = f"[{host}]" if ":" in host else host
        self.stdout.write(f"\nSamspel is served at http://{shown}:{port}/  (stop with Ctrl-C)\n")
        if settings.DEMO:
            self.stdout.write(f"Sign in with one of these, password {DEMO_PASSWORD}:\n\n")
            for email, role in DEMO_ACCOUNTS.items():
                self.stdout.write(f"  {email:<30} {role}")
            self.stdout.write("")
        self.stdout.flush()
