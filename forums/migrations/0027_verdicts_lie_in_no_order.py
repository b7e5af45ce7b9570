"""Verdicts from before decisions/0510 lie in the order in which they came, where no later one has mixed them."""

from random import SystemRandom
from uuid import uuid4

from django.db import migrations


def mix(apps, schema_editor):
    """Write the verdicts of each forum anew, in random order and with new keys, in this one transaction."""
    Verdict = apps.get_model("forums", "Verdict")
    verdicts = list(Verdict.objects.order_by())
    SystemRandom().shuffle(verdicts)
    Verdict.objects.all().delete()
    for verdict in verdicts:
        verdict.pk = uuid4()
    Verdict.objects.bulk_create(verdicts, batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ("forums", "0026_what_only_hidden_notes_said"),
    ]

    operations = [
        migrations.RunPython(mix, migrations.RunPython.noop, elidable=True),
    ]
