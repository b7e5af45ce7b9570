"""manage.py import_pages FILE...: saved pages (html, txt) and Word documents (docx) become drafts."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Audience, Group, Person, Role, Unit
from news.importing import BadPage, Outcome, import_file, opened
from news.importing.reporting import recognised, shortened
from news.models import Article


class Command(BaseCommand):
    help = "Turn saved pages (html, txt) and Word documents (docx) into drafts; tell what was recognised."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--unit", help="slug of the unit they belong to; the municipality if not given")
        parser.add_argument(
            "--audience", help="name of the audience; everyone in the municipality if not given"
        )
        parser.add_argument(
            "--by", help="e-mail of the communicator who owns the drafts; the first one if not given"
        )
        parser.add_argument("--kind", choices=Article.Kind.values, default=Article.Kind.NEWS)
        parser.add_argument(
            "--also-changed",
            action="store_true",
            help="import a page as a new draft also where its title was imported before with other words",
        )

    def handle(self, *, files, unit, audience, by, kind, also_changed, **_options):
        unit = self._unit(unit)
        whose = {
            "unit": unit,
            "audience": self._audience(audience, unit),
            "by": self._communicator(by, unit),
            "kind": kind,
            "also_changed": also_changed,
        }
        failed = [path for path in files if not self._import(path, whose)]
        if failed:
            raise CommandError(
                ngettext(
                    "%(count)s file was not imported.", "%(count)s files were not imported.", len(failed)
                )
                % {"count": len(failed)}
            )

    def _import(self, path, whose):
        """Import one file and tell of it; whether it is in the portal afterwards."""
        try:
            with opened(path) as file:
                report = import_file(file, source=path.name, **whose)
        except BadPage as refusal:
            self.stderr.write(self.style.ERROR(f"{path.name}: {refusal}"))
            return False
        for line in told(report):
            self.stdout.write(line)
        self.stdout.write("")
        return True

    def _unit(self, slug):
        unit = Unit.objects.filter(slug=slug).first() if slug else Unit.objects.filter(parent=None).first()
        if unit is None:
            raise CommandError(_("There is no such unit. Name one with --unit."))
        return unit

    def _audience(self, name, unit):
        if name:
            audience = Audience.objects.filter(name=name).first()
        else:
            everyone = Audience.objects.ready_made().filter(
                rules__group=Group.EVERYONE, rules__unit__in=Unit.objects.around(unit.pk)
            )
            audience = everyone.order_by("rules__unit__parent_id", "pk").first()
        if audience is None:
            raise CommandError(_("There is no such audience. Name one with --audience."))
        return audience

    def _communicator(self, email, unit):
        communicators = Person.objects.holding(Role.COMMUNICATOR, unit.pk)
        person = (
            communicators.filter(email__iexact=email) if email else communicators.order_by("pk")
        ).first()
        if person is None:
            raise CommandError(
                _("Nobody with that address is a communicator for the unit. Name one with --by.")
            )
        return person


def told(report):
    """Yield the lines that tell what was recognised in a page and what became of it."""
    page = report.page
    address = reverse("news:edit", args=[report.article.pk])
    outcomes = {
        Outcome.NEW: _("%(source)s: new draft, %(address)s"),
        Outcome.SAME: _("%(source)s: imported before, nothing done, %(address)s"),
        Outcome.CHANGED: _("%(source)s: imported before with other words, nothing done, %(address)s"),
    }
    yield outcomes[report.outcome] % {"source": report.source, "address": address}
    for label, value in recognised(page):
        yield f"  {label}: {value}"
    for line in page.left_out:
        yield "  " + _("left out (%(reason)s): %(line)s") % {
            "reason": line.reason,
            "line": shortened(line.text),
        }
