from django.db import migrations


def give_concepts(apps, schema_editor):
    """Let each word that was added to a concept be a concept of its own which counts for it, as those that are
    added from now on are. What is counted stays the same."""
    Concept, Term = apps.get_model("forums", "Concept"), apps.get_model("forums", "Term")
    added = apps.get_model("accounts", "LogEntry").objects.filter(event="concept.word_added")
    for details, concept in added.order_by("pk").values_list("details", "about_id"):
        words = Term.objects.filter(concept=int(concept))
        term = words.filter(pk=details["term"]).first()
        if term and words.exclude(pk=term.pk).exists():
            term.concept = Concept.objects.create(label=term.text, merged_into=term.concept)
            term.save(update_fields=["concept"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("forums", "0023_kinds_begin_with_something"),
    ]

    operations = [
        # Going back, such words are merged concepts, which every release knows.
        migrations.RunPython(give_concepts, migrations.RunPython.noop),
    ]
