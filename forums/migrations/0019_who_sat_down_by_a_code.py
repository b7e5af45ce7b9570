from django.db import migrations, models


def those_who_have(apps, schema_editor):
    """Until now it stood in the log alone."""
    entries = apps.get_model("accounts", "LogEntry").objects.filter(event="registration.joined")
    joined = {int(about) for about in entries.values_list("about_id", flat=True)}
    registrations = apps.get_model("forums", "Registration").objects
    for pk in registrations.filter(is_pinned=True).values_list("pk", flat=True):
        if pk in joined:
            registrations.filter(pk=pk).update(has_joined=True)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_the_log_is_append_only"),
        ("forums", "0018_asking_and_shared_kinds"),
    ]

    operations = [
        migrations.AddField("registration", "has_joined", models.BooleanField(default=False, editable=False)),
        migrations.RunPython(those_who_have, migrations.RunPython.noop),
    ]
