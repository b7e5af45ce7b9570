"""The tree of topics, and choosing from it."""

import uuid

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from news.forms.reviews import PlainForm
from news.models import Topic


def choices_in_tree(topics):
    """(id, name) of each of `topics` (a QuerySet), in the order of the tree, indented by its depth."""
    return [(topic.pk, "\u2003" * topic.depth + topic.name) for topic in topics.in_tree()]


class TopicsField(forms.MultipleChoiceField):
    """Some of the topics that can be chosen today, and of `chosen` ones kept; cleans to a list of Topic."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, chosen=(), **kwargs):
        super().__init__(label=_("Topics"), required=False, **kwargs)
        self.topics = {topic.pk: topic for topic in Topic.objects.in_tree()}
        kept = {topic.pk for topic in chosen}
        self.choices = [
            (pk, "\u2003" * topic.depth + topic.name)
            for pk, topic in self.topics.items()
            if not topic.retired or pk in kept
        ]
        self.initial = sorted(kept)

    def clean(self, value):
        """The topics themselves, as a list."""
        return [self.topics[int(pk)] for pk in super().clean(value)]


class TopicForm(PlainForm):
    """One topic: what it is called and means, and where in the tree it hangs."""

    name = forms.CharField(label=_("Name"), max_length=80)
    kind = forms.ChoiceField(
        label=_("What it is"), choices=[(kind, capfirst(kind.label)) for kind in Topic.Kind]
    )
    parent = forms.ModelChoiceField(Topic.objects.none(), label=_("Below"), required=False, empty_label="–")
    about = forms.CharField(
        label=_("What it means"),
        help_text=_("A sentence or two, shown at the top of the topic's page."),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    position = forms.IntegerField(
        label=_("Order among its neighbours"), min_value=0, max_value=999, initial=0
    )
    retired = forms.BooleanField(
        label=_("No longer chosen"),
        help_text=_("It is not offered any more. What stands under it can still be found."),
        required=False,
    )

    FIELDS = ("name", "kind", "parent", "about", "position", "retired")

    def __init__(self, *args, topic, **kwargs):
        initial = {name: getattr(topic, name) for name in self.FIELDS} | kwargs.pop("initial", {})
        super().__init__(*args, initial=initial, **kwargs)
        hangers = Topic.objects.exclude(pk=topic.pk)
        self.fields["parent"].queryset = hangers
        self.fields["parent"].choices = [("", "–"), *choices_in_tree(hangers)]


class NewTopicForm(TopicForm):
    # Made with the empty form: the same form sent twice adds one topic.
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, topic=Topic(), **kwargs)
        del self.fields["retired"]
