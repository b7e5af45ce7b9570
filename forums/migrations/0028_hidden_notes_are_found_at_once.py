"""Results keep which of their words no shown note says any longer; what is hidden, and what is on offer, is
found by an index."""

from django.db import migrations, models


def fill(apps, schema_editor):
    """Look through each result's notes once, for the last time; where they are gone, the Thinning knows."""
    Mention, Result, Thinning = (apps.get_model("forums", name) for name in ("Mention", "Result", "Thinning"))
    for result in Result.objects.all():
        here = Mention.objects.filter(note__question__group_work=result.group_work_id)
        hidden = set(here.filter(note__hidden_at__isnull=False).values_list("term", flat=True))
        shown = here.filter(note__hidden_at=None, term__in=hidden).values_list("term", flat=True)
        thinned = Thinning.objects.filter(group_work=result.group_work_id).values_list("unsaid", flat=True)
        unsaid = (hidden - set(shown.distinct())).union(*thinned)
        if unsaid:
            Result.objects.filter(pk=result.pk).update(unsaid=sorted(unsaid))


class Migration(migrations.Migration):

    dependencies = [
        ("forums", "0027_verdicts_lie_in_no_order"),
    ]

    operations = [
        migrations.AddField(
            model_name="result",
            name="unsaid",
            field=models.JSONField(default=list),
        ),
        migrations.AddIndex(
            model_name="note",
            index=models.Index(
                condition=models.Q(("hidden_at__isnull", False)), fields=["hidden_at"], name="notes_out_of_sight"
            ),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(condition=models.Q(("state", "offered")), fields=["forum"], name="seats_on_offer"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
