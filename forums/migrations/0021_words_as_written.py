from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forums", "0020_a_wall_for_all")]

    operations = [
        migrations.AddField(
            "mention",
            "written",
            models.CharField(blank=True, db_default="", default="", editable=False, max_length=80),
        ),
    ]
