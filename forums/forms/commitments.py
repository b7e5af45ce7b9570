"""Making commitments and telling how they go."""

from collections import defaultdict

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.fields import UnitField
from accounts.models import Unit
from forums.counting import label_of
from forums.forms.people import PersonField
from forums.models import Commitment, Mention, Note
from news.forms.topics import TopicsField
from news.models import Topic


class CommitmentForm(forms.ModelForm):
    """A promise: who, for which unit, what, by when, and which themes of the result it answers."""

    owner = PersonField(label=_("Who makes it?"), help_text=_("Name or e-mail address."))
    unit = UnitField(label=_("On behalf of"), queryset=Unit.objects.all(), empty_label=_("Choose a unit"))
    themes = forms.MultipleChoiceField(
        label=_("Which themes does it answer?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Commitment
        fields = ["text", "owner", "unit", "due_on"]
        labels = {"text": _("What is promised?"), "due_on": _("To be done by")}
        help_texts = {"text": _("A sentence that everybody understands, up to 300 characters.")}
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3}),
            "due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    field_order = ["text", "owner", "unit", "due_on", "themes"]

    def __init__(self, *args, forum, themes=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.concepts = {str(theme["id"]): theme for theme in themes}
        self.forum = forum
        self.fields["themes"].choices = [
            (pk, label_of(theme, get_language())) for pk, theme in self.concepts.items()
        ]
        self.fields["due_on"].widget.attrs["min"] = timezone.localdate(forum.starts_at).isoformat()
        if not themes:
            del self.fields["themes"]
        if Topic.objects.in_use().exists():
            self.fields["topics"] = TopicsField(chosen=forum.topics.all())

    @property
    def notes(self):
        """The notes behind the chosen themes."""
        terms = [term for pk in self.cleaned_data.get("themes", []) for term in self.concepts[pk]["terms"]]
        return Note.objects.shown().of_forum(self.forum).filter(mentions__term__in=terms).distinct()


class AmendForm(CommitmentForm):
    """What was written down, to be changed or handed over to another owner."""

    def __init__(self, *args, instance, themes, **kwargs):
        self.answered = set(instance.notes.values_list("pk", flat=True))
        self.behind = _notes_behind(themes, instance.forum)
        # A theme without notes can be answered no more: they are hidden, or thinned out.
        themes = [theme for theme in themes if self.behind[theme["id"]]]
        super().__init__(*args, instance=instance, forum=instance.forum, themes=themes, **kwargs)
        self.initial["themes"] = [pk for pk in self.concepts if self.behind[int(pk)] <= self.answered]
        self.fields.pop("topics", None)  # chosen on a page of their own
        # One who has left is found by no name: another has to be written.
        self.initial["owner"] = instance.owner

    @property
    def notes(self):
        """The ids of the notes behind the chosen themes, and of those that it answers and that stand behind
        none of the themes."""
        chosen = [self.behind[int(pk)] for pk in self.cleaned_data.get("themes", [])]
        return self.answered.difference(*self.behind.values()).union(*chosen)


def _notes_behind(themes, forum):
    """{id of a theme: the ids of the shown notes behind it}. One query."""
    said, behind = defaultdict(set), {}
    mentions = Mention.objects.filter(note__in=Note.objects.shown().of_forum(forum))
    for term, note in mentions.values_list("term", "note"):
        said[term].add(note)
    for theme in themes:
        behind[theme["id"]] = set().union(*(said[term] for term in theme["terms"]))
    return behind


class AskForm(forms.Form):
    """A question or a thought about a commitment."""

    text = forms.CharField(
        label=_("Ask, or say what you think"),
        help_text=_("The one who made the commitment is told."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class UpdateForm(forms.Form):
    """A word about how it goes."""

    text = forms.CharField(
        label=_("How is it going?"),
        help_text=_("Write as you would tell a colleague: what has happened, what comes next."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    state = forms.ChoiceField(
        label=_("Where does it stand?"), choices=Commitment.State, widget=forms.RadioSelect
    )
