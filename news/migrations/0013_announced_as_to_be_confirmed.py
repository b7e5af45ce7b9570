from django.db import migrations, models


def note_what_was_asked(apps, schema_editor):
    """Whoever was told of what must be read was told that it asks: they are not told of that again."""
    announcements = apps.get_model("news", "Announcement").objects
    announcements.filter(article__must_read=True).update(asks=True)


class Migration(migrations.Migration):

    dependencies = [
        ('news', '0012_when_asked_and_where_marked'),
    ]

    operations = [
        migrations.AddField(
            model_name='announcement',
            name='asks',
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(note_what_was_asked, migrations.RunPython.noop),
    ]
