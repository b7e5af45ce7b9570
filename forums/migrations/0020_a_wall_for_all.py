from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forums", "0019_who_sat_down_by_a_code")]

    operations = [
        migrations.AddField(
            "groupwork",
            "wall_for_all",
            models.BooleanField(default=False, verbose_name="the big screen is open to all"),
        ),
    ]
