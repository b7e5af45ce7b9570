from datetime import time

from django.db import migrations

# What a new forum of each kind begins with in a new home, until somebody there says otherwise. No audience and
# no place: those are each municipality's own.
DEFAULTS = {
    "forum": {
        "seats": 60,
        "asks_diet": True,
        "asks_access": True,
        "allows_deputies": True,
        "description": "Chefer och förtroendevalda möts kring ett tema. Ni sitter vid blandade bord, och det ni skriver i grupparbetet sammanfattas efteråt.",
    },
    "large": {
        "seats": 200,
        "asks_diet": True,
        "asks_access": True,
        "description": "Alla chefer och förtroendevalda möts en hel dag. Ni sitter vid blandade bord, och det ni skriver i grupparbetet sammanfattas efteråt.",
    },
    "meeting": {
        "seats": 40,
        "title": "Chefsmöte",
        "description": "Förvaltningens chefer går igenom läget, dagens fråga och vem som gör vad.",
    },
    "visit": {
        "seats": 25,
        "title": "Studiebesök",
        "asks_diet": True,
        "asks_access": True,
        "description": "Vi tar emot gäster, visar verksamheten och äter lunch tillsammans.",
    },
}
PROGRAMMES = {
    "forum": [
        (time(8, 30), time(9), "break", "Kaffe"),
        (time(9), time(9, 20), "talk", "Välkomna"),
        (time(9, 20), time(10), "talk", "Dagens tema"),
        (time(10), time(10, 15), "break", "Paus"),
        (time(10, 15), time(11, 30), "group_work", "Grupparbete"),
        (time(11, 30), time(12), "talk", "Vad vi hörde och vad vi lovar"),
    ],
    "large": [
        (time(8, 30), time(9), "break", "Kaffe"),
        (time(9), time(10), "talk", "Dagens tema"),
        (time(10), time(10, 30), "break", "Paus"),
        (time(10, 30), time(12), "group_work", "Grupparbete"),
        (time(12), time(13), "break", "Lunch"),
        (time(13), time(15), "talk", "Vad vi hörde och vad vi lovar"),
    ],
    "meeting": [
        (time(13), time(13, 15), "talk", "Läget just nu"),
        (time(13, 15), time(14, 15), "talk", "Dagens fråga"),
        (time(14, 15), time(14, 30), "talk", "Beslut och vem som gör vad"),
    ],
    "visit": [
        (time(9), time(9, 30), "break", "Kaffe och presentation"),
        (time(9, 30), time(11, 30), "talk", "Rundvandring"),
        (time(11, 30), time(12, 30), "break", "Lunch"),
    ],
}
EMPTY = ("title", "description", "place", "seats", "audience_id", "restricted", "allows_deputies", "asks_diet", "asks_access")


def begin_with_something(apps, schema_editor):
    """Fill the kinds that nobody has touched: what somebody has saved, if only a single answer, is theirs."""
    kinds = apps.get_model("forums", "ForumKind").objects.filter(revision=0, items=None)
    for kind in kinds.filter(pk__in=DEFAULTS):
        if any(getattr(kind, name) for name in EMPTY):
            continue
        for name, value in DEFAULTS[kind.pk].items():
            setattr(kind, name, value)
        kind.save()
        for starts, ends, what, title in PROGRAMMES[kind.pk]:
            kind.items.create(starts=starts, ends=ends, kind=what, title=title)


class Migration(migrations.Migration):

    dependencies = [("forums", "0022_a_new_link_is_a_circular")]

    operations = [migrations.RunPython(begin_with_something, migrations.RunPython.noop)]
