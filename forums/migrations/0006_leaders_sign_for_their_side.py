"""Whoever signs a summary off as a leader of its group work does so for one side."""

from django.db import migrations


def say_for_which_side(apps, schema_editor):
    Forum = apps.get_model("forums.Forum")
    Signatory = apps.get_model("news.Signatory")
    ReviewStep = apps.get_model("news.ReviewStep")
    for forum in Forum.objects.exclude(summary=None).select_related("group_work"):
        work = getattr(forum, "group_work", None)
        if work is None:
            continue
        for person_id, side in ((work.leader_elected_id, "elected"), (work.leader_official_id, "official")):
            Signatory.objects.filter(article=forum.summary_id, person=person_id).update(side=side)
            steps = ReviewStep.objects.filter(version__article=forum.summary_id, decision="pending")
            steps.filter(reviewer=person_id).update(side=side)


class Migration(migrations.Migration):

    dependencies = [
        ("forums", "0005_pinned_seats"),
        ("news", "0004_reviewing"),
    ]

    operations = [
        migrations.RunPython(say_for_which_side, migrations.RunPython.noop),
    ]
